import { Group, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useSearch } from "@tanstack/react-router";
import { AbilityButton } from "../components/AbilityButton.tsx";
import { BreakGlassForm } from "../components/BreakGlassForm.tsx";
import { Columns } from "../components/Columns.tsx";
import { Form } from "../components/Form.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { StartAfresh } from "../components/StartAfresh.tsx";
import { abilityOf } from "../state/ask.ts";
import { useCommand } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/pages/draft.ts";
import { BreakGlassOffer } from "./draft/BreakGlassOffer.tsx";
import { DraftForm } from "./draft/DraftForm.tsx";
import { type DraftFields, startingFields } from "./draft/fields.ts";
import { MoreTargets } from "./draft/MoreTargets.tsx";
import { PreviewPanel } from "./draft/PreviewPanel.tsx";
import { useDraft } from "./draft/useDraft.ts";
import { faultOf } from "../words/refusals.ts";
import { askedAllWords, askedWords, brokenWords } from "./request/done.ts";
import { toRequest } from "./request/toRequest.ts";

export function NewRequestPage() {
  const search = useSearch({ from: "/requests/new" });
  const { me } = useDemo();
  const form = `new request ${JSON.stringify(search)}`;
  const isPrefilled = search.path !== undefined;
  // A new address is a new form, and so is another person.
  return <NewRequest key={`${me.id} ${form}`} form={form} isPrefilled={isPrefilled} start={() => startingFields(search)} />;
}

function NewRequest({ form, isPrefilled, start }: { form: string; isPrefilled: boolean; start: () => DraftFields }) {
  const { demo, me } = useDemo();
  const { fields, change, draft, preview, others, attempted, faults, ability, attempt, written, forget } = useDraft(form, start);
  const [breaking, glass] = useDisclosure();
  const ask = useCommand("requestAccess");
  const askAll = useCommand("requestBundle");
  const breakGlass = useCommand("breakGlass");
  const isBundle = others.length > 0;
  const refused = isBundle ? askAll.error : ask.error;
  // What is wrong with a field is said there.
  const bypass = preview.error && faultOf(preview.error) ? { allowed: false } : abilityOf(preview, (it) => it.breakGlass);

  const send = async () => {
    const receipt = isBundle
      ? await askAll.run({ items: [draft, ...others.map((it) => it.draft)] }, { done: () => askedAllWords(others.length + 1), goTo: toRequest })
      : await ask.run(draft, { done: askedWords, goTo: toRequest });
    if (receipt) forget();
  };
  const goAhead = async (justification: string) => {
    const receipt = await breakGlass.run({ draft, justification }, {
      done: brokenWords,
      goTo: toRequest,
    });
    if (receipt) forget();
  };

  const more = draft.renews === undefined && (
    <MoreTargets fields={fields} onChange={(also) => change({ also })} refusals={attempted ? others.map(({ refusal }) => refusal) : []} />
  );

  return (
    <Stack gap="lg">
      <PageHead
        title={draft.renews === undefined ? words.askForAccess : words.extendAccess}
        lead={words.youAskAs(demo.directory.name(me.id), me.role, draft.renews === undefined ? "" : words.beginsWhenTheOldEnds)}
      />
      <Columns
        main={
          <Panel title={words.yourRequest}>
            <Stack gap="lg">
              <Form onSubmit={() => attempt(send)}>
                <Stack gap="lg">
                  <DraftForm fields={fields} change={change} faults={faults} justificationRequired={preview.value?.justification === "required"} most={preview.value?.maxDurationSeconds} more={more} />
                  {refused && <RefusalAlert error={refused} />}
                  <Group justify="space-between" align="flex-start">
                    <AbilityButton ability={ability} loading={ask.busy || askAll.busy} data-story="request">
                      {draft.renews === undefined ? words.askForAccess : words.askToExtend}
                    </AbilityButton>
                    {written && <StartAfresh forget={forget} />}
                  </Group>
                </Stack>
              </Form>
              {!isBundle && (breaking && bypass.allowed ? (
                <BreakGlassForm most={preview.value?.breakGlassMaxDurationSeconds} busy={breakGlass.busy} error={breakGlass.error} onEdit={breakGlass.forgive} onBreak={goAhead} onClose={glass.close} />
              ) : (
                <BreakGlassOffer ability={bypass} most={preview.value?.breakGlassMaxDurationSeconds} onOpen={glass.open} />
              ))}
            </Stack>
          </Panel>
        }
        sticky
        side={<PreviewPanel preview={preview} first={draft.target} others={others} blank={!isPrefilled && !written} />}
      />
    </Stack>
  );
}
