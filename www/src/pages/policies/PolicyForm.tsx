import { Stack, Switch } from "@mantine/core";
import { JsonField } from "../../components/JsonField.tsx";
import { LengthField } from "../../components/LengthField.tsx";
import { Panel } from "../../components/Panel.tsx";
import { PrincipalSelect } from "../../components/PrincipalSelect.tsx";
import * as words from "../../words/pages/policies.tsx";
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
      <TargetFields title={words.whatItGoverns} fields={fields} marks={marks} change={change} />
      <Panel title={words.whoMustAgree} hint={words.stepsHint}>
        <Stack gap="md">
          <StepsField steps={fields.steps} onChange={(steps) => change({ steps })} marks={marks} />
          <Switch
            label={words.differentPeople}
            checked={fields.distinctApprovers}
            onChange={(event) => change({ distinctApprovers: event.currentTarget.checked })}
          />
          <Switch
            label={words.ownRequests}
            checked={fields.selfApproval}
            onChange={(event) => change({ selfApproval: event.currentTarget.checked })}
          />
        </Stack>
      </Panel>
      <Panel title={words.howLong}>
        <Stack gap="md">
          <div>
            <LengthField label={words.longestAccess} value={fields.maxLength} onChange={(maxLength) => change({ maxLength })} disabled={!fields.limited} error={marks("maxDuration").error} />
            <Switch mt="xs" label={words.permanentMayBeAsked} checked={!fields.limited} onChange={(event) => change({ limited: !event.currentTarget.checked })} />
          </div>
          <LengthField label={words.staysOpenFor} value={fields.requestLength} onChange={(requestLength) => change({ requestLength })} error={marks("requestTtl").error} />
        </Stack>
      </Panel>
      <Panel title={words.whoMayAskAndRevoke}>
        <Stack gap="md">
          <div data-place="condition">
            <JsonField
              label={words.onlyIf}
              placeholder={'{ "subject.groups": "developers" }'}
              value={fields.condition}
              onChange={(event) => change({ condition: event.currentTarget.value })}
              {...marks("condition", words.onlyIfHint)}
            />
          </div>
          <Switch label={words.requestersMustSayWhy} checked={fields.justificationRequired} onChange={(event) => change({ justificationRequired: event.currentTarget.checked })} />
          <Switch label={words.approversMayRevoke} checked={fields.approverMayRevoke} onChange={(event) => change({ approverMayRevoke: event.currentTarget.checked })} />
        </Stack>
      </Panel>
      <Panel title={words.breakGlass} hint={words.breakGlassHint}>
        <Stack gap="md">
          <div data-place="breakGlass.bypassers">
            <PrincipalSelect label={words.mayBreakTheGlass} value={fields.bypassers} onChange={(bypassers) => change({ bypassers })} {...marks("breakGlass.bypassers", words.nobodyNamedHint)} />
          </div>
          <LengthField label={words.longestByBreakGlass} value={fields.bypassLength} onChange={(bypassLength) => change({ bypassLength })} disabled={fields.bypassers.length === 0} error={marks("breakGlass.maxDuration").error} />
        </Stack>
      </Panel>
    </>
  );
}
