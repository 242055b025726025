import { Group, Stack, Text } from "@mantine/core";
import type { Command, LiveGrants, PendingRequests, PolicyTerms, PolicyView } from "access-engine";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { AbilityButton } from "../components/AbilityButton.tsx";
import { Form } from "../components/Form.tsx";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { StartAfresh } from "../components/StartAfresh.tsx";
import { answer } from "../state/ask.ts";
import { useCommand } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import { useKept } from "../state/kept.ts";
import { useEveryPolicy, useManage } from "../state/policies.ts";
import { LiveGrantsChoice, PendingRequestsChoice } from "./policies/ConsequenceChoices.tsx";
import { changesOf, fieldsOfTerms, newPolicy, type PolicyFields, termsOf } from "./policies/fields.ts";
import { judge } from "./policies/judge.ts";
import { PolicyForm } from "./policies/PolicyForm.tsx";

export function NewPolicyPage() {
  const { me } = useDemo();
  return <NewPolicy key={me.id} />;
}

function NewPolicy() {
  const kept = useKept("new policy", newPolicy);
  const { run, busy, error } = useCommand("createPolicy");
  const terms = termsOf(kept.value, undefined);
  const create = async () => {
    const receipt = await run(terms, {
      done: () => `The policy “${terms.name}” is in force.`,
      goTo: () => ({ to: "/policies" }),
    });
    if (receipt) kept.forget();
  };
  return (
    <PolicyEditor
      title="Make a policy"
      lead="It decides for new requests from now on; what is pending keeps the policy it was made under."
      kept={kept}
      terms={terms}
      command={(createPolicy) => ({ createPolicy })}
      label="Make the policy"
      busy={busy}
      onSave={create}
    >
      {error && <RefusalAlert error={error} />}
    </PolicyEditor>
  );
}

export function PolicyPage() {
  const { policyId } = useParams({ from: "/policies/$policyId" });
  const { me } = useDemo();
  const policy = useEveryPolicy().value?.find(({ id }) => id === policyId);
  if (policy?.terms) return <EditPolicy key={`${me.id} ${policy.id} ${policy.version}`} policy={policy} terms={policy.terms} />;
  return (
    <Stack gap="md" align="flex-start">
      <PageHead
        title={policy === undefined ? "There is no such policy" : policy.name}
        lead={policy === undefined ? "It was deleted, or the address is wrong." : "All of a policy is for administrators. Change who you are at the top to see it."}
      />
      <LinkButton to="/policies">All policies</LinkButton>
    </Stack>
  );
}

function EditPolicy({ policy, terms: before }: { policy: PolicyView; terms: PolicyTerms }) {
  const { id: policyId, version, name } = policy;
  const { type } = before.targets;
  const kept = useKept(`policy ${policyId} ${version}`, () => fieldsOfTerms(before));
  const [pendingRequests, setPendingRequests] = useState<PendingRequests>("keep");
  const [liveGrants, setLiveGrants] = useState<LiveGrants>("keep");
  const [unchanged, setUnchanged] = useState(false);
  const { run, busy, error } = useCommand("updatePolicy");
  const terms = termsOf(kept.value, type);
  const isSame = JSON.stringify(terms) === JSON.stringify(termsOf(fieldsOfTerms(before), type));
  const update = async () => {
    const nothing = isSame && pendingRequests === "keep" && liveGrants === "keep";
    setUnchanged(nothing);
    if (nothing) return;
    const receipt = await run({ policyId, version, ...(isSame ? {} : changesOf(terms)), pendingRequests, liveGrants }, {
      done: ({ events }) =>
        events.some((it) => it.type === "policyUpdated")
          ? `The policy “${terms.name}” has a new version.`
          : `The policy “${terms.name}” is as it was; what it decided is done with as you said.`,
      goTo: () => ({ to: "/policies" }),
    });
    if (receipt) kept.forget();
  };
  return (
    <PolicyEditor
      title={name}
      lead={`Version ${version}; saving makes the next one.`}
      kept={kept}
      terms={terms}
      command={(tried) => ({ updatePolicy: { policyId, version, ...changesOf(tried) } })}
      label="Save the policy"
      busy={busy}
      onSave={update}
    >
      <Panel title="What becomes of what it decided">
        <Stack gap="md">
          <PendingRequestsChoice value={pendingRequests} onChange={setPendingRequests} />
          <LiveGrantsChoice value={liveGrants} onChange={setLiveGrants} />
        </Stack>
      </Panel>
      {unchanged && isSame && (
        <Text size="sm" role="alert">
          Nothing is changed yet, so there is nothing to save.
        </Text>
      )}
      {error && <RefusalAlert error={error} />}
    </PolicyEditor>
  );
}

interface EditorProps {
  title: string;
  lead: string;
  kept: ReturnType<typeof useKept<PolicyFields>>;
  /** The fields as the engine is told them. */
  terms: PolicyTerms;
  /** The command that would be sent with such terms. */
  command: (terms: PolicyTerms) => Command;
  label: string;
  busy: boolean;
  onSave: () => unknown;
  children: ReactNode;
}

/** The form of a policy; its fields say all that is wrong with them once it was sent. */
function PolicyEditor({ title, lead, kept, terms, command, label, busy, onSave, children }: EditorProps) {
  const { engine, actor, at } = useDemo();
  const manage = useManage();
  const [attempted, setAttempted] = useState(false);
  const refusalOf = (tried: Command) => {
    const { value, error } = answer(() => engine.simulate(actor, [{ actor, command: tried }], { at }));
    return error ?? value?.outcomes[0]?.refusal;
  };
  const find = () => judge(kept.value, terms, { command, refusalOf });
  const faults = attempted ? find() : [];
  const save = () => {
    setAttempted(true);
    return find().length === 0 ? onSave() : undefined;
  };
  return (
    <Form onSubmit={save}>
      <Stack gap="lg" maw={760}>
        <PageHead title={title} lead={lead} />
        <PolicyForm fields={kept.value} faults={faults} change={kept.change} />
        {children}
        <Group gap="sm" align="flex-start" justify="space-between">
          <AbilityButton ability={manage} loading={busy} data-story="policy">
            {label}
          </AbilityButton>
          <Group gap="sm">
            {kept.written && <StartAfresh forget={kept.forget} />}
            <LinkButton to="/policies" variant="default" onClick={kept.forget}>
              Leave it
            </LinkButton>
          </Group>
        </Group>
      </Stack>
    </Form>
  );
}
