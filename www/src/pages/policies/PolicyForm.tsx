import { Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { LengthField } from "../../components/LengthField.tsx";
import { Panel } from "../../components/Panel.tsx";
import { PrincipalSelect } from "../../components/PrincipalSelect.tsx";
import { ACTIONS, ENVIRONMENTS } from "../../engine/company.ts";
import type { PolicyFields } from "./fields.ts";
import { StepsField } from "./StepsField.tsx";

interface Props {
  fields: PolicyFields;
  change: (change: Partial<PolicyFields>) => void;
}

/** All that an administrator says about a policy. */
export function PolicyForm({ fields, change }: Props) {
  return (
    <>
      <Panel title="What it governs">
        <Stack gap="md">
          <TextInput label="Name" withAsterisk value={fields.name} onChange={(event) => change({ name: event.currentTarget.value })} />
          <TagsInput
            label="Environments"
            description="Type a name and press Enter; * is any. None: what belongs to no environment."
            data={[...ENVIRONMENTS, "*"]}
            value={fields.environments}
            onChange={(environments) => change({ environments })}
          />
          <TagsInput
            label="Paths"
            withAsterisk
            description="/payments/** is the folder and everything below; * matches inside one segment. Press Enter after each."
            data={["/**"]}
            value={fields.paths}
            onChange={(paths) => change({ paths })}
          />
          <Switch label="All actions" checked={fields.allActions} onChange={(event) => change({ allActions: event.currentTarget.checked })} />
          {!fields.allActions && (
            <TagsInput label="Actions" data={[...ACTIONS]} value={fields.actions} onChange={(actions) => change({ actions })} />
          )}
        </Stack>
      </Panel>
      <Panel title="Who must agree" hint="Steps run in order; a step is done when all of its quorums are met.">
        <Stack gap="md">
          <StepsField steps={fields.steps} onChange={(steps) => change({ steps })} />
          <Switch
            label="Different people in different steps"
            checked={fields.distinctApprovers}
            onChange={(event) => change({ distinctApprovers: event.currentTarget.checked })}
          />
          <Switch
            label="Requesters may approve their own requests, beside somebody else"
            checked={fields.selfApproval}
            onChange={(event) => change({ selfApproval: event.currentTarget.checked })}
          />
        </Stack>
      </Panel>
      <Panel title="How long">
        <Stack gap="md">
          <div>
            <LengthField label="Longest access" value={fields.maxLength} onChange={(maxLength) => change({ maxLength })} disabled={!fields.limited} />
            <Switch mt="xs" label="Permanent access may be asked for" checked={!fields.limited} onChange={(event) => change({ limited: !event.currentTarget.checked })} />
          </div>
          <LengthField label="A request stays open for" value={fields.requestLength} onChange={(requestLength) => change({ requestLength })} />
          <Switch label="Requesters must say why" checked={fields.justificationRequired} onChange={(event) => change({ justificationRequired: event.currentTarget.checked })} />
          <Switch label="Approvers may revoke the access" checked={fields.approverMayRevoke} onChange={(event) => change({ approverMayRevoke: event.currentTarget.checked })} />
        </Stack>
      </Panel>
      <Panel title="Break-glass" hint="Who may go ahead without approval in an emergency.">
        <Stack gap="md">
          <PrincipalSelect label="May break the glass" description="Nobody named: nobody may." value={fields.bypassers} onChange={(bypassers) => change({ bypassers })} />
          <LengthField label="Longest access by break-glass" value={fields.bypassLength} onChange={(bypassLength) => change({ bypassLength })} disabled={fields.bypassers.length === 0} />
        </Stack>
      </Panel>
    </>
  );
}
