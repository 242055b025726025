import { Group, Text } from "@mantine/core";
import type { Ability, PolicyTerms, PolicyView, Quorum } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { Icon } from "../../components/icons.tsx";
import { Panel } from "../../components/Panel.tsx";
import type { Directory } from "../../engine/directory.ts";
import { useDemo } from "../../state/demo.tsx";
import { durationWords, inSeconds } from "../../words/duration.ts";
import { inWords } from "../../words/lists.ts";
import { targetsWords } from "../../words/target.ts";
import { DeletePolicyDialog } from "./DeletePolicyDialog.tsx";

/** A policy, as far as the visitor may see it. */
export function PolicyCard({ policy, manage }: { policy: PolicyView; manage: Ability }) {
  const navigate = useNavigate();
  const [deleting, dialog] = useDisclosure();
  // The reason stands once, at the head of the page.
  const able = { allowed: manage.allowed };
  return (
    <Panel
      title={policy.name}
      hint={`Version ${policy.version}`}
      aside={
        <Group gap="xs">
          <AbilityButton
            ability={able}
            size="xs"
            variant="default"
            onClick={() => void navigate({ to: "/policies/$policyId", params: { policyId: policy.id } })}
            leftSection={<Icon name="pencil" size={14} />}
            aria-label={`Edit ${policy.name}`}
          >
            Edit
          </AbilityButton>
          <AbilityButton ability={able} size="xs" variant="light" color="red" onClick={dialog.open} leftSection={<Icon name="bin" size={14} />} aria-label={`Delete ${policy.name}`}>
            Delete
          </AbilityButton>
        </Group>
      }
    >
      <dl className="facts">
        <dt>Governs</dt>
        <dd>
          {targetsWords(policy.targets)}{" "}
          <Text span size="sm" c="dimmed">
            {policy.targets.paths.map((path) => (
              <span key={path} className="code">{`${path} `}</span>
            ))}
          </Text>
        </dd>
        <dt>Actions</dt>
        <dd>{policy.actions === "all" ? "all" : inWords(policy.actions)}</dd>
        <dt>Longest access</dt>
        <dd>{policy.maxDuration === undefined ? "permanent" : durationWords(policy.maxDuration)}</dd>
        <dt>A reason is</dt>
        <dd>{policy.justification}</dd>
        {policy.terms && <Terms terms={policy.terms} />}
      </dl>
      {!policy.terms && (
        <Text size="sm" c="dimmed" mt="sm">
          Who must agree is shown where you ask for access; all of it is for administrators.
        </Text>
      )}
      {deleting && <DeletePolicyDialog policy={policy} onClose={dialog.close} />}
    </Panel>
  );
}

function Terms({ terms }: { terms: PolicyTerms }) {
  const { demo } = useDemo();
  const bypassers = terms.breakGlass?.bypassers ?? [];
  const cap = inSeconds(terms.breakGlass?.maxDuration);
  return (
    <>
      {terms.steps.map((step, index) => (
        // Steps are told apart by their place alone.
        // oxlint-disable-next-line react/no-array-index-key
        <StepTerms key={index} number={index + 1} words={step.quorums.map((quorum) => quorumTerms(quorum, demo.directory)).join(", and ")} />
      ))}
      <dt>Break-glass</dt>
      <dd>
        {bypassers.length === 0
          ? "open to nobody"
          : `${inWords(bypassers.map((it) => demo.directory.principalName(it)))}${cap === undefined ? "" : `, at most ${durationWords(cap)}`}`}
      </dd>
    </>
  );
}

function StepTerms({ number, words }: { number: number; words: string }) {
  return (
    <>
      <dt>{`Step ${number}`}</dt>
      <dd>{words}</dd>
    </>
  );
}

function quorumTerms({ required, approvers }: Quorum, directory: Directory): string {
  const names = approvers.map((it) => (it.type === "manager" ? "the requester’s manager" : directory.principalName(it)));
  if (required === "all") return `everybody of ${inWords(names)}`;
  return `${required} of ${inWords(names, "or")}`;
}
