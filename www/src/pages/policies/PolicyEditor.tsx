import { Group, Stack } from "@mantine/core";
import type { Command, PolicyTerms } from "access-engine";
import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { Columns } from "../../components/Columns.tsx";
import { Form } from "../../components/Form.tsx";
import { LinkButton } from "../../components/links.tsx";
import { PageHead } from "../../components/PageHead.tsx";
import { Panel } from "../../components/Panel.tsx";
import { StartAfresh } from "../../components/StartAfresh.tsx";
import { useDemo } from "../../state/demo.tsx";
import type { useKept } from "../../state/kept.ts";
import { useManage } from "../../state/policies.ts";
import { useSettled } from "../../state/settled.ts";
import { tried } from "../../state/trial.ts";
import * as words from "../../words/pages/policies.tsx";
import { ChangesPanel } from "./ChangesPanel.tsx";
import { saveWords } from "./changes.ts";
import type { PolicyFields } from "./fields.ts";
import { isTouched, judge } from "./judge.ts";
import { marksOf } from "./marks.tsx";
import { notesOf } from "./notes.ts";
import { PolicyForm } from "./PolicyForm.tsx";
import { PolicySteps } from "./PolicySteps.tsx";
import { termsOf } from "./terms.ts";
import { useForesight } from "./useForesight.ts";

interface Props {
  title: string;
  lead: string;
  kept: ReturnType<typeof useKept<PolicyFields>>;
  /** The fields as they are before anything is written. */
  start: PolicyFields;
  /** The terms in force, of a policy that there is. */
  before?: PolicyTerms;
  /** The command that would be sent with such terms. */
  command: (terms: PolicyTerms) => Command;
  /** What the button says that saves, consequences aside. */
  label: string;
  busy: boolean;
  /** Sends the command, which would change something or not. */
  onSave: (terms: PolicyTerms, changes: boolean) => unknown;
  /** The field to begin at. */
  field?: string | undefined;
  /** What else is to be said before it is saved. */
  more?: ReactNode;
  children: ReactNode;
}

/** A policy while it is written: its fields, which say what is wrong with them, beside its picture and what saving would change. */
export function PolicyEditor({ title, lead, kept, start, before, command, label, busy, onSave, field, more, children }: Props) {
  const { demo, engine, actor, at } = useDemo();
  const router = useRouter();
  const manage = useManage();
  const [attempted, setAttempted] = useState(false);
  const type = before?.targets.type;
  const [fields, settle] = useSettled(kept.value);
  const ask = (it: Command) => tried(engine, actor, at, it);
  const find = (written: PolicyFields) => judge(written, termsOf(written, type), { command, refusalOf: (it) => ask(it).refusal });
  const terms = termsOf(fields, type);
  const told = command(terms);
  // oxlint-disable-next-line react/exhaustive-deps -- what is asked depends on nothing else
  const { faults, trial } = useMemo(() => ({ faults: find(fields), trial: ask(told) }), [engine, actor, at, JSON.stringify(told)]);
  const foresight = useForesight(trial.refusal === undefined && faults.length === 0, told, before === undefined ? [terms] : [before, terms]);
  const shown = attempted ? faults : faults.filter(({ place }) => isTouched(place, kept.value, start));
  const notes = notesOf(foresight?.findings ?? [], fields, (id) => demo.directory.principalName({ group: id }));
  const save = () => {
    settle();
    setAttempted(true);
    if (find(kept.value).length > 0) return undefined;
    const written = termsOf(kept.value, type);
    return onSave(written, ask(command(written)).simulation?.outcomes[0]?.events.length !== 0);
  };
  useEffect(() => {
    if (field === undefined) return undefined;
    // Behind the router, which puts the focus where a page begins.
    return router.subscribe("onResolved", () => document.querySelector<HTMLElement>(`[data-place="${CSS.escape(field)}"] :is(input, textarea)`)?.focus());
  }, [router, field]);
  return (
    <Form onSubmit={save}>
      <Stack gap="lg">
        <PageHead title={title} lead={lead} />
        <Columns
          sticky
          main={
            <>
              <PolicyForm fields={kept.value} marks={marksOf(shown, notes)} change={kept.change} />
              {more}
            </>
          }
          side={
            <>
              <Panel title={words.theWayToAccess}>
                <PolicySteps terms={termsOf(kept.value, type)} />
              </Panel>
              <ChangesPanel trial={trial} foresight={foresight} faulty={faults.length > 0} />
              {children}
              <Group gap="sm" align="flex-start" justify="space-between">
                <AbilityButton ability={manage} loading={busy} data-story="policy">
                  {saveWords(label, trial.simulation, foresight)}
                </AbilityButton>
                <Group gap="sm">
                  {kept.written && <StartAfresh forget={kept.forget} />}
                  <LinkButton to="/policies" variant="default" onClick={kept.forget}>
                    {words.discard}
                  </LinkButton>
                </Group>
              </Group>
            </>
          }
        />
      </Stack>
    </Form>
  );
}
