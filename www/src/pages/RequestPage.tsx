import { Group, Stack } from "@mantine/core";
import type { Explanation } from "access-engine";
import { useParams } from "@tanstack/react-router";
import { Icon } from "../components/icons.tsx";
import { CopyLink } from "../components/CopyLink.tsx";
import { Link } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { RequestBadge } from "../components/StatusBadge.tsx";
import { useAnswer } from "../state/ask.ts";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/pages/request.tsx";
import { requestWords } from "../words/request.ts";
import { Detail } from "./request/Detail.tsx";
import { Outcome } from "./request/Outcome.tsx";

export function RequestPage() {
  const { requestId } = useParams({ from: "/requests/$requestId" });
  const { me } = useDemo();
  const { value, error } = useAnswer(["explain", requestId], (engine, actor, now) => engine.explain(actor, requestId, now));
  if (error) return <Unseen error={error} />;
  // Whoever one was: forms that are half filled in belong to that person.
  return <Explained key={`${requestId} ${me.id}`} explanation={value} />;
}

function Explained({ explanation }: { explanation: Explanation }) {
  const { request } = explanation;
  return (
    <Stack gap="lg">
      <PageHead
        above={<Back />}
        title={requestWords(request)}
        lead={<Outcome explanation={explanation} />}
        aside={
          <Group gap="xs">
            <CopyLink />
            <RequestBadge request={request} />
          </Group>
        }
      />
      <Detail explanation={explanation} />
    </Stack>
  );
}

function Unseen({ error }: { error: Parameters<typeof RefusalAlert>[0]["error"] }) {
  const { demo, me } = useDemo();
  return (
    <Stack gap="md">
      <PageHead
        above={<Back />}
        title={words.nothingToSeeHere}
        lead={words.mayNotSeeIt(demo.directory.name(me.id))}
      />
      <RefusalAlert error={error} title={words.theEngineSays} />
    </Stack>
  );
}

function Back() {
  return (
    <Link to="/requests" size="sm">
      <Group gap={4} component="span" wrap="nowrap">
        <Icon name="back" size={15} />
        {words.allRequests}
      </Group>
    </Link>
  );
}
