import { Stack, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { LengthField } from "../../components/LengthField.tsx";
import { PrincipalSelect } from "../../components/PrincipalSelect.tsx";
import * as words from "../../words/pages/policies.tsx";
import type { StepFields } from "./fields.ts";
import type { Marks } from "./marks.tsx";
import classes from "./StepsField.module.css";

/** What a step need not say: what it is called, and what happens while it waits. */
export function StepExtras({ step, marks, onChange }: { step: StepFields; marks: Marks; onChange: (step: StepFields) => void }) {
  const called = marks("escalate.approvers");
  const change = (changed: Partial<StepFields>) => onChange({ ...step, ...changed });
  const [open] = useState(step.name !== "" || step.reminds || step.escalates);
  return (
    <details className={classes.extras} open={open}>
      <summary>{words.extras}</summary>
      <Stack gap="md" mt="sm">
        <TextInput label={words.whatTheStepIsCalled} value={step.name} onChange={(event) => change({ name: event.currentTarget.value })} {...marks("name")} />
        <Switch label={words.remindApprovers} checked={step.reminds} onChange={(event) => change({ reminds: event.currentTarget.checked })} />
        {step.reminds && <LengthField label={words.remindEvery} value={step.remindLength} onChange={(remindLength) => change({ remindLength })} error={marks("remindEvery").error} />}
        <Switch label={words.callOthers} checked={step.escalates} onChange={(event) => change({ escalates: event.currentTarget.checked })} />
        {step.escalates && (
          <>
            <LengthField label={words.callAfter} value={step.escalateLength} onChange={(escalateLength) => change({ escalateLength })} error={marks("escalate.after").error} />
            <PrincipalSelect
              label={words.whoMayApproveThen}
              withManager
              value={step.escalateTo}
              onChange={(escalateTo) => change({ escalateTo })}
              description={called.description}
              error={called.error ?? (step.escalateTo.length === 0 ? marks("approvers").error : undefined)}
            />
          </>
        )}
      </Stack>
    </details>
  );
}
