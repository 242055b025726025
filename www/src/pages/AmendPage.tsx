import { Group, Stack } from "@mantine/core";
import type { Explanation } from "access-engine";
import { useParams } from "@tanstack/react-router";
import { AbilityButton } from "../components/AbilityButton.tsx";
import { Columns } from "../components/Columns.tsx";
import { Form } from "../components/Form.tsx";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { useAnswer } from "../state/ask.ts";
import { useCommand } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/pages/draft.ts";
import { DraftForm } from "./draft/DraftForm.tsx";
import { fieldsOf } from "./draft/fields.ts";
import { PreviewPanel } from "./draft/PreviewPanel.tsx";
import { useDraft } from "./draft/useDraft.ts";
import { toRequest } from "./request/toRequest.ts";

export function AmendPage() {
  const { requestId } = useParams({ from: "/requests/$requestId/amend" });
  const { me } = useDemo();
  const { value, error } = useAnswer(["explain", requestId], (engine, actor, now) => engine.explain(actor, requestId, now));
  if (error === undefined) return <Amend key={`${me.id} ${requestId} ${value.request.contentHash}`} explanation={value} />;
  return (
    <Stack gap="md" align="flex-start">
      <PageHead title={words.thisRequestCannotBeAmended} />
      <RefusalAlert error={error} title={words.theEngineSays} />
      <LinkButton to="/requests">{words.allRequests}</LinkButton>
    </Stack>
  );
}

function Amend({ explanation: { request, you } }: { explanation: Explanation }) {
  const { id: requestId, contentHash } = request;
  const { fields, change, draft, preview, faults, ability, attempt, forget } = useDraft(
    `amend ${requestId} ${contentHash}`,
    () => fieldsOf(request),
    requestId,
  );
  const { run, busy, error } = useCommand("amendRequest");
  const may = you?.amend ?? { allowed: false };
  const send = async () => {
    const receipt = await run({ requestId, draft }, {
      done: ({ events }) => (events.length === 0 ? words.nothingChanged : words.amended),
      goTo: () => toRequest({ requestId }),
    });
    if (receipt) forget();
  };
  return (
    <Stack gap="lg">
      <PageHead
        title={words.amendTheRequest}
        lead={words.amendHint}
      />
      <Columns
        main={
          <Panel title={words.whatToAskForInstead}>
            <Form onSubmit={() => attempt(send)}>
              <Stack gap="lg">
                <DraftForm fields={fields} change={change} faults={faults} justificationRequired={preview.value?.justification === "required"} most={preview.value?.maxDurationSeconds} />
                {error && <RefusalAlert error={error} />}
                <Group gap="sm" align="flex-start" justify="space-between">
                  <AbilityButton ability={may.allowed ? ability : may} loading={busy}>
                    {words.amendTheRequest}
                  </AbilityButton>
                  <LinkButton to="/requests/$requestId" params={{ requestId }} variant="default" onClick={forget}>
                    {words.keepAsItIs}
                  </LinkButton>
                </Group>
              </Stack>
            </Form>
          </Panel>
        }
        sticky
        side={<PreviewPanel preview={preview} />}
      />
    </Stack>
  );
}
