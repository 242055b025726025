import { Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { AbilityButton } from "../components/AbilityButton.tsx";
import { BreakGlassForm } from "../components/BreakGlassForm.tsx";
import { Columns } from "../components/Columns.tsx";
import { Icon } from "../components/icons.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { abilityOf, useAnswer } from "../state/ask.ts";
import { useCommand } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import { durationWords } from "../words/duration.ts";
import { DraftForm } from "./draft/DraftForm.tsx";
import { type DraftFields, draftOf, startingFields } from "./draft/fields.ts";
import { PreviewPanel } from "./draft/PreviewPanel.tsx";
import { toRequest } from "./request/toRequest.ts";

export function NewRequestPage() {
  const search = useSearch({ from: "/requests/new" });
  // A new address is a new form.
  return <NewRequest key={JSON.stringify(search)} start={startingFields(search)} />;
}

function NewRequest({ start }: { start: DraftFields }) {
  const { demo, me } = useDemo();
  const [fields, setFields] = useState(start);
  const [breaking, glass] = useDisclosure();
  const ask = useCommand();
  const breakGlass = useCommand();
  const draft = draftOf(fields);
  const preview = useAnswer((engine, actor, now) => engine.preview(actor, draft, now));
  const request = abilityOf(preview, ({ request: ability }) => ability);
  const bypass = abilityOf(preview, ({ breakGlass: ability }) => ability);

  const send = () =>
    void ask.run({
      send: (engine, actor) => engine.requestAccess(actor, draft),
      done: () => "Asked for. The approvers of the first step have been told.",
      goTo: toRequest,
    });
  const goAhead = (justification: string) => {
    // It gives access at once, whatever start the form has.
    const { startsAt: _, ...atOnce } = draft;
    void breakGlass.run({
      send: (engine, actor) => engine.breakGlass(actor, { draft: atOnce, justification }),
      done: ({ shortenedTo }) =>
        `The glass is broken: you have access now${shortenedTo === undefined ? "" : `, shortened to ${durationWords(shortenedTo)}`}.`,
      goTo: toRequest,
    });
  };

  return (
    <Stack gap="lg">
      <PageHead title="Ask for access" lead={`You ask as ${demo.directory.name(me.id)}, ${me.role}.`} />
      <Columns
        main={
          <Panel title="Your request">
            <Stack gap="lg">
              <DraftForm
                fields={fields}
                change={(change) => setFields((before) => ({ ...before, ...change }))}
                justificationRequired={preview.value?.justification === "required"}
              />
              {ask.error && <RefusalAlert error={ask.error} />}
              <AbilityButton ability={request} onClick={send} loading={ask.busy}>
                Ask for access
              </AbilityButton>
              {breaking && bypass.allowed ? (
                <BreakGlassForm busy={breakGlass.busy} error={breakGlass.error} onBreak={goAhead} onClose={glass.close} />
              ) : (
                <AbilityButton
                  ability={bypass}
                  onClick={glass.open}
                  color="ember"
                  variant="light"
                  leftSection={<Icon name="glass" size={16} />}
                >
                  Break the glass
                </AbilityButton>
              )}
            </Stack>
          </Panel>
        }
        sticky
        side={<PreviewPanel preview={preview} />}
      />
    </Stack>
  );
}
