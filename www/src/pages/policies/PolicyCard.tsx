import { Group } from "@mantine/core";
import type { PolicyView } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import type { Ability } from "../../state/ability.ts";
import { Panel } from "../../components/Panel.tsx";
import { RowButton } from "../../components/RowButton.tsx";
import { durationWords } from "../../words/duration.ts";
import { inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/policies.tsx";
import { targetsWords } from "../../words/target.ts";
import { DeletePolicyDialog } from "./DeletePolicyDialog.tsx";
import classes from "./PolicyCard.module.css";
import { PolicySteps } from "./PolicySteps.tsx";

/** A policy, as far as the visitor may see it. */
export function PolicyCard({ policy, manage }: { policy: PolicyView; manage: Ability }) {
  const navigate = useNavigate();
  const [deleting, dialog] = useDisclosure();
  return (
    <Panel
      title={policy.name}
      hint={words.version(policy.version)}
      aside={
        manage.allowed && (
          <Group gap="xs">
            <RowButton icon="pencil" onClick={() => void navigate({ to: "/policies/$policyId", params: { policyId: policy.id } })} aria-label={words.editLabel(policy.name)}>
              {words.edit}
            </RowButton>
            <RowButton icon="bin" onClick={dialog.open} aria-label={words.deleteLabel(policy.name)}>
              {words.deletePolicy}
            </RowButton>
          </Group>
        )
      }
    >
      <div className={classes.columns}>
        <dl className="facts">
          <dt>{words.governs}</dt>
          <dd>{targetsWords(policy.targets)}</dd>
          <dt>{policy.targets.paths.length === 1 ? words.path : words.paths}</dt>
          <dd className="code">{policy.targets.paths.join(", ")}</dd>
          <dt>{words.actions}</dt>
          <dd>{policy.actions === "all" ? words.all : inWords(policy.actions)}</dd>
          <dt>{words.longestAccess}</dt>
          <dd>{policy.maxDurationSeconds === undefined ? words.permanent : durationWords(policy.maxDurationSeconds)}</dd>
          <dt>{words.aReasonIs}</dt>
          <dd>{policy.justification}</dd>
        </dl>
        <PolicySteps terms={policy.terms} />
      </div>
      <DeletePolicyDialog policy={policy} opened={deleting} onClose={dialog.close} />
    </Panel>
  );
}
