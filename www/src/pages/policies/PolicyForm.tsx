import { Checkbox, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { errorAt } from "../../components/errors.tsx";
import { LengthField } from "../../components/LengthField.tsx";
import { Panel } from "../../components/Panel.tsx";
import { PrincipalSelect } from "../../components/PrincipalSelect.tsx";
import { ACTIONS, ENVIRONMENTS } from "../../engine/company.ts";
import type { Fault } from "../../words/refusals.ts";
import type { PolicyFields } from "./fields.ts";
import { StepsField } from "./StepsField.tsx";

interface Props {
  fields: PolicyFields;
  /** What is wrong, for the fields to say. */
  faults: readonly Fault[];
  change: (change: Partial<PolicyFields>) => void;
}

/** All that an administrator says about a policy. */
export function PolicyForm({ fields, faults, change }: Props) {
  const error = (place: string) => errorAt(faults, place);
  return (
    <>
      <Panel title="What it governs">
        <Stack gap="md">
          <TextInput label="Name" withAsterisk value={fields.name} onChange={(event) => change({ name: event.currentTarget.value })} error={error("name")} />
          <div>
            <TagsInput
              label="Environments"
              description="Type a name and press Enter; * is any."
              data={[...ENVIRONMENTS, "*"]}
              value={fields.noEnvironment ? [] : fields.environments}
              onChange={(environments) => change({ environments })}
              disabled={fields.noEnvironment}
              error={error("targets.environments")}
            />
            <Checkbox
              mt="xs"
              label="What belongs to no environment"
              checked={fields.noEnvironment}
              onChange={(event) => change({ noEnvironment: event.currentTarget.checked })}
            />
          </div>
          <TagsInput
            label="Paths"
            withAsterisk
            description="/payments/** is the folder and everything below; * matches inside one segment. Press Enter after each."
            data={["/**"]}
            value={fields.paths}
            onChange={(paths) => change({ paths })}
            error={error("targets.paths")}
          />
          <Switch label="All actions" checked={fields.allActions} onChange={(event) => change({ allActions: event.currentTarget.checked })} />
          {!fields.allActions && (
            <TagsInput label="Actions" data={[...ACTIONS]} value={fields.actions} onChange={(actions) => change({ actions })} error={error("actions")} />
          )}
        </Stack>
      </Panel>
      <Panel title="Who must agree" hint="Steps run in order; a step is done when all of its quorums are met.">
        <Stack gap="md">
          <StepsField steps={fields.steps} onChange={(steps) => change({ steps })} faults={faults} />
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
            <LengthField label="Longest access" value={fields.maxLength} onChange={(maxLength) => change({ maxLength })} disabled={!fields.limited} error={error("maxDuration")} />
            <Switch mt="xs" label="Permanent access may be asked for" checked={!fields.limited} onChange={(event) => change({ limited: !event.currentTarget.checked })} />
          </div>
          <LengthField label="A request stays open for" value={fields.requestLength} onChange={(requestLength) => change({ requestLength })} error={error("requestTtl")} />
          <Switch label="Requesters must say why" checked={fields.justificationRequired} onChange={(event) => change({ justificationRequired: event.currentTarget.checked })} />
          <Switch label="Approvers may revoke the access" checked={fields.approverMayRevoke} onChange={(event) => change({ approverMayRevoke: event.currentTarget.checked })} />
        </Stack>
      </Panel>
      <Panel title="Break-glass" hint="Who may go ahead without approval in an emergency.">
        <Stack gap="md">
          <PrincipalSelect label="May break the glass" description="Nobody named: nobody may." value={fields.bypassers} onChange={(bypassers) => change({ bypassers })} error={error("breakGlass.bypassers")} />
          <LengthField label="Longest access by break-glass" value={fields.bypassLength} onChange={(bypassLength) => change({ bypassLength })} disabled={fields.bypassers.length === 0} error={error("breakGlass.maxDuration")} />
        </Stack>
      </Panel>
    </>
  );
}
