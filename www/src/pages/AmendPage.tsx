import { Group, Stack } from "@mantine/core";
import type { Explanation } from "access-engine";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { AbilityButton } from "../components/AbilityButton.tsx";
import { Columns } from "../components/Columns.tsx";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { useAnswer } from "../state/ask.ts";
import { useCommand } from "../state/command.tsx";
import { DraftForm } from "./draft/DraftForm.tsx";
import { draftOf, fieldsOf } from "./draft/fields.ts";
import { PreviewPanel } from "./draft/PreviewPanel.tsx";
import { toRequest } from "./request/toRequest.ts";

export function AmendPage() {
  const { requestId } = useParams({ from: "/requests/$requestId/amend" });
  const { value, error } = useAnswer((engine, actor, now) => engine.explain(actor, requestId, now));
  if (error === undefined) return <Amend key={requestId} explanation={value} />;
  return (
    <Stack gap="md" align="flex-start">
      <PageHead title="This request cannot be amended here" />
      <RefusalAlert error={error} title="The engine says" />
      <LinkButton to="/requests">All requests</LinkButton>
    </Stack>
  );
}

function Amend({ explanation: { request, you } }: { explanation: Explanation }) {
  const [fields, setFields] = useState(() => fieldsOf(request));
  const { run, busy, error } = useCommand();
  const draft = draftOf(fields);
  const preview = useAnswer((engine, actor, now) => engine.preview(actor, draft, now));
  const send = () =>
    void run({
      send: (engine, actor) => engine.amendRequest(actor, { requestId: request.id, draft }),
      done: () => "Amended: it begins again at the first step.",
      goTo: () => toRequest({ requestId: request.id }),
    });
  return (
    <Stack gap="lg">
      <PageHead
        title="Amend the request"
        lead="It keeps its id and its place; it is decided like a new one, and earlier reviews no longer count."
      />
      <Columns
        main={
          <Panel title="What to ask for instead">
            <Stack gap="lg">
              <DraftForm
                fields={fields}
                change={(change) => setFields((before) => ({ ...before, ...change }))}
                justificationRequired={preview.value?.justification === "required"}
              />
              {error && <RefusalAlert error={error} />}
              <Group gap="sm" align="flex-start">
                <AbilityButton ability={you?.amend ?? { allowed: false }} onClick={send} loading={busy}>
                  Amend the request
                </AbilityButton>
                <LinkButton to="/requests/$requestId" params={{ requestId: request.id }} variant="default">
                  Leave it as it is
                </LinkButton>
              </Group>
            </Stack>
          </Panel>
        }
        sticky
        side={<PreviewPanel preview={preview} amends={request.id} />}
      />
    </Stack>
  );
}
