import { Group, Stack, Text, Title } from "@mantine/core";
import { Empty } from "../../components/Empty.tsx";
import { Icon } from "../../components/icons.tsx";
import { Link } from "../../components/links.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { RequestBadge } from "../../components/StatusBadge.tsx";
import { useAnswer } from "../../state/ask.ts";
import * as words from "../../words/pages/inbox.ts";
import { Detail } from "../request/Detail.tsx";
import { Outcome } from "../request/Outcome.tsx";
import { requestWords } from "../../words/request.ts";

/** The request that is open in the inbox. */
export function Reading({ requestId, onBack }: { requestId: string | undefined; onBack: () => void }) {
  return requestId === undefined ? <Empty title={words.noRequestIsOpen}>{words.chooseOne}</Empty> : <Opened key={requestId} requestId={requestId} onBack={onBack} />;
}

function Opened({ requestId, onBack }: { requestId: string; onBack: () => void }) {
  const { value, error } = useAnswer(["explain", requestId], (engine, actor, now) => engine.explain(actor, requestId, now));
  if (error !== undefined) return <RefusalAlert error={error} title={words.theEngineSays} />;
  const { request } = value;
  return (
    <Stack gap="md">
      <Group hiddenFrom="md">
        <Link to="/inbox" search={{}} onClick={onBack} size="sm">
          <Group gap={4} component="span" wrap="nowrap">
            <Icon name="back" size={15} />
            {words.backToTheList}
          </Group>
        </Link>
      </Group>
      <header>
        <Group justify="space-between" align="flex-start" gap="xs">
          <Title order={2} flex="1 1 22rem" miw={0} fz="h1">
            {requestWords(request)}
          </Title>
          <Group gap="xs">
            <RequestBadge request={request} />
          </Group>
        </Group>
        <Text c="dimmed" component="div" mt={4}>
          <Outcome explanation={value} />
        </Text>
        <Link to="/requests/$requestId" params={{ requestId }} size="sm">
          {words.openOnItsOwn}
        </Link>
      </header>
      <Detail explanation={value} narrow />
    </Stack>
  );
}
