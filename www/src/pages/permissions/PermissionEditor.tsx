import { Group, Stack } from "@mantine/core";
import type { AccessError, PermissionTerms } from "access-engine";
import { useState } from "react";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { Form } from "../../components/Form.tsx";
import { LinkButton } from "../../components/links.tsx";
import { PageHead } from "../../components/PageHead.tsx";
import { Panel } from "../../components/Panel.tsx";
import { PrincipalSelect } from "../../components/PrincipalSelect.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useManagePermissions } from "../../state/permissions.ts";
import * as words from "../../words/pages/permissions.tsx";
import { type Fault, faultOf } from "../../words/refusals.ts";
import { environmentFaults } from "../policies/judge.ts";
import { marksOf } from "../policies/marks.tsx";
import { TargetFields } from "../policies/TargetFields.tsx";
import { ConditionField } from "./ConditionField.tsx";
import { fieldsOf, type PermissionFields, termsOf } from "./fields.ts";

interface Props {
  title: string;
  lead: string;
  start: PermissionTerms;
  label: string;
  busy: boolean;
  error: AccessError | undefined;
  onEdit: () => void;
  onSave: (terms: PermissionTerms) => unknown;
}

/** A permission while it is written; what the engine refuses stands at its field. */
export function PermissionEditor({ title, lead, start, label, busy, error, onEdit, onSave }: Props) {
  const [fields, setFields] = useState(() => fieldsOf(start));
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const fault = error && faultOf(error);
  const marks = marksOf(fault === undefined ? faults : [...faults, fault], []);
  const change = (changed: Partial<PermissionFields>) => {
    setFields({ ...fields, ...changed });
    setFaults([]);
    onEdit();
  };
  const save = () => {
    const found = environmentFaults(fields);
    setFaults(found);
    return found.length > 0 ? undefined : onSave(termsOf(fields, start.targets.type));
  };
  return (
    <Form onSubmit={save}>
      <Stack gap="lg">
        <PageHead title={title} lead={lead} />
        <TargetFields title={words.whatItAllows} fields={fields} marks={marks} change={change} />
        <Panel title={words.whoMay}>
          <PrincipalSelect label={words.holders} value={fields.holders} onChange={(holders) => change({ holders })} {...marks("holders")} />
        </Panel>
        <Panel title={words.onWhatCondition}>
          <ConditionField fields={fields.condition} marks={marks} change={(condition) => change({ condition })} />
        </Panel>
        {error && fault === undefined && <RefusalAlert error={error} />}
        <Group justify="space-between" align="flex-start">
          <AbilityButton ability={useManagePermissions()} loading={busy}>
            {label}
          </AbilityButton>
          <LinkButton to="/permissions" variant="default">
            {words.discard}
          </LinkButton>
        </Group>
      </Stack>
    </Form>
  );
}
