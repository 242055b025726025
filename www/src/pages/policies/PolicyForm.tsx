import { Stack, Switch } from "@mantine/core";
import { JsonField } from "../../components/JsonField.tsx";
import { LengthField } from "../../components/LengthField.tsx";
import { Panel } from "../../components/Panel.tsx";
import { PrincipalSelect } from "../../components/PrincipalSelect.tsx";
import type { PolicyFields } from "./fields.ts";
import type { Marks } from "./marks.tsx";
import { StepsField } from "./StepsField.tsx";
import { TargetFields } from "./TargetFields.tsx";

interface Props {
  fields: PolicyFields;
  /** What is wrong, for the fields to say. */
  marks: Marks;
  change: (change: Partial<PolicyFields>) => void;
}

/** All that an administrator says about a policy. */
export function PolicyForm({ fields, marks, change }: Props) {
  return (
    <>
      <TargetFields title="What it governs" fields={fields} marks={marks} change={change} />
      <Panel title="Who must agree" hint="Steps run in order; a step is done when all of its quorums are met.">
        <Stack gap="md">
          <StepsField steps={fields.steps} onChange={(steps) => change({ steps })} marks={marks} />
          <Switch
            label="Different people in different steps"
            checked={fields.distinctApprovers}
            onChange={(event) => change({ distinctApprovers: event.currentTarget.checked })}
          />
          <Switch
            label="Requesters may approve their own requests, together with somebody else"
            checked={fields.selfApproval}
            onChange={(event) => change({ selfApproval: event.currentTarget.checked })}
          />
        </Stack>
      </Panel>
      <Panel title="How long">
        <Stack gap="md">
          <div>
            <LengthField label="Longest access" value={fields.maxLength} onChange={(maxLength) => change({ maxLength })} disabled={!fields.limited} error={marks("maxDuration").error} />
            <Switch mt="xs" label="Permanent access may be asked for" checked={!fields.limited} onChange={(event) => change({ limited: !event.currentTarget.checked })} />
          </div>
          <LengthField label="A request stays open for" value={fields.requestLength} onChange={(requestLength) => change({ requestLength })} error={marks("requestTtl").error} />
        </Stack>
      </Panel>
      <Panel title="Who may ask and revoke">
        <Stack gap="md">
          <div data-place="condition">
            <JsonField
              label="Only those who meet this condition may ask"
              placeholder={'{ "subject.groups": "developers" }'}
              value={fields.condition}
              onChange={(event) => change({ condition: event.currentTarget.value })}
              {...marks("condition", "In JSON, about attributes of the subject. Leave empty to let everybody ask.")}
            />
          </div>
          <Switch label="Requesters must say why" checked={fields.justificationRequired} onChange={(event) => change({ justificationRequired: event.currentTarget.checked })} />
          <Switch label="Approvers may revoke the access" checked={fields.approverMayRevoke} onChange={(event) => change({ approverMayRevoke: event.currentTarget.checked })} />
        </Stack>
      </Panel>
      <Panel title="Break-glass" hint="Who may go ahead without approval in an emergency.">
        <Stack gap="md">
          <div data-place="breakGlass.bypassers">
            <PrincipalSelect label="May break the glass" value={fields.bypassers} onChange={(bypassers) => change({ bypassers })} {...marks("breakGlass.bypassers", "If you name nobody, nobody may.")} />
          </div>
          <LengthField label="Longest access by break-glass" value={fields.bypassLength} onChange={(bypassLength) => change({ bypassLength })} disabled={fields.bypassers.length === 0} error={marks("breakGlass.maxDuration").error} />
        </Stack>
      </Panel>
    </>
  );
}
