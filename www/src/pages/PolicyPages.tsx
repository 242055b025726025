import { Group, Stack } from "@mantine/core";
import type { Ability, LiveGrants, PendingRequests, PolicyView } from "access-engine";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { AbilityButton } from "../components/AbilityButton.tsx";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { useAnswer } from "../state/ask.ts";
import { useCommand } from "../state/command.tsx";
import { LiveGrantsChoice, PendingRequestsChoice } from "./policies/ConsequenceChoices.tsx";
import { changesOf, fieldsOfTerms, newPolicy, type PolicyFields, termsOf } from "./policies/fields.ts";
import { PolicyForm } from "./policies/PolicyForm.tsx";

export function NewPolicyPage() {
  const manage = useAnswer((engine, actor, now) => engine.policies(actor, { limit: 1 }, now).manage).value;
  const [fields, setFields] = useState(newPolicy);
  const { run, busy, error, forgive } = useCommand();
  const create = () =>
    void run({
      send: (engine, actor) => engine.createPolicy(actor, termsOf(fields, undefined)),
      done: () => `The policy “${fields.name}” is in force.`,
      goTo: () => ({ to: "/policies" }),
    });
  return (
    <Form title="Make a policy" lead="It decides for new requests from now on; what is pending keeps the policy it was made under." fields={fields} setFields={setFields} forgive={forgive}>
      {error && <RefusalAlert error={error} />}
      <Save label="Make the policy" manage={manage} busy={busy} onClick={create} />
    </Form>
  );
}

export function PolicyPage() {
  const { policyId } = useParams({ from: "/policies/$policyId" });
  const { value } = useAnswer((engine, actor, now) => engine.policies(actor, { id: policyId }, now));
  const policy = value?.items[0];
  if (policy?.terms) return <EditPolicy key={`${policy.id} ${policy.version}`} policy={policy} terms={policy.terms} manage={value?.manage} />;
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

function EditPolicy({ policy, terms, manage }: { policy: PolicyView; terms: NonNullable<PolicyView["terms"]>; manage: Ability | undefined }) {
  const [fields, setFields] = useState(() => fieldsOfTerms(terms));
  const [pendingRequests, setPendingRequests] = useState<PendingRequests>("keep");
  const [liveGrants, setLiveGrants] = useState<LiveGrants>("keep");
  const { run, busy, error, forgive } = useCommand();
  const update = () =>
    void run({
      send: (engine, actor) =>
        engine.updatePolicy(actor, { policyId: policy.id, ...changesOf(termsOf(fields, terms.targets.type)), pendingRequests, liveGrants }),
      done: () => `The policy “${fields.name}” has a new version.`,
      goTo: () => ({ to: "/policies" }),
    });
  return (
    <Form title={policy.name} lead={`Version ${policy.version}; saving makes the next one.`} fields={fields} setFields={setFields} forgive={forgive}>
      <Panel title="What becomes of what it decided">
        <Stack gap="md">
          <PendingRequestsChoice value={pendingRequests} onChange={setPendingRequests} />
          <LiveGrantsChoice value={liveGrants} onChange={setLiveGrants} />
        </Stack>
      </Panel>
      {error && <RefusalAlert error={error} />}
      <Save label="Save the policy" manage={manage} busy={busy} onClick={update} />
    </Form>
  );
}

interface FormProps {
  title: string;
  lead: string;
  fields: PolicyFields;
  setFields: (change: (before: PolicyFields) => PolicyFields) => void;
  /** What the engine said against the fields is about those of before. */
  forgive: () => void;
  children: ReactNode;
}

function Form({ title, lead, fields, setFields, forgive, children }: FormProps) {
  const change = (changed: Partial<PolicyFields>) => {
    forgive();
    setFields((before) => ({ ...before, ...changed }));
  };
  return (
    <Stack gap="lg" maw={760}>
      <PageHead title={title} lead={lead} />
      <PolicyForm fields={fields} change={change} />
      {children}
    </Stack>
  );
}

function Save({ label, manage, busy, onClick }: { label: string; manage: Ability | undefined; busy: boolean; onClick: () => void }) {
  return (
    <Group gap="sm" align="flex-start">
      <AbilityButton ability={manage ?? { allowed: false }} loading={busy} onClick={onClick}>
        {label}
      </AbilityButton>
      <LinkButton to="/policies" variant="default">
        Leave it
      </LinkButton>
    </Group>
  );
}
