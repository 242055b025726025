import { Stack, Text } from "@mantine/core";
import type { LiveGrants, PendingRequests, PolicyTerms, PolicyView } from "access-engine";
import { useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { useCommand } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import { useKept } from "../state/kept.ts";
import { usePolicy } from "../state/policies.ts";
import { LiveGrantsChoice, PendingRequestsChoice } from "./policies/ConsequenceChoices.tsx";
import { fieldsOfTerms, newPolicy } from "./policies/fields.ts";
import { PolicyEditor } from "./policies/PolicyEditor.tsx";
import { changesOf } from "./policies/terms.ts";
import { folderSearch } from "./policies/tree/folders.ts";

export function NewPolicyPage() {
  const { me } = useDemo();
  const place = useSearch({ from: "/policies/new" });
  return <NewPolicy key={JSON.stringify([me.id, place])} place={place} />;
}

function NewPolicy({ place }: { place: { environment?: string; path?: string } }) {
  const [start] = useState(() => newPolicy(place));
  const kept = useKept(["new policy", place.environment, place.path].join(" ").trim(), () => start);
  const { run, busy, error } = useCommand("createPolicy");
  const create = async (terms: PolicyTerms) => {
    const receipt = await run(terms, {
      done: () => `The policy “${terms.name}” is in force.`,
      goTo: () => ({ to: "/policies", search: folderSearch(terms.targets) }),
    });
    if (receipt) kept.forget();
  };
  return (
    <PolicyEditor
      title="Make a policy"
      lead="It decides new requests from now on; pending ones keep the policy they were made under."
      kept={kept}
      start={start}
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
  const policy = usePolicy(policyId);
  if (policy?.terms) return <EditPolicy key={`${me.id} ${policy.id} ${policy.version}`} policy={policy} terms={policy.terms} />;
  return (
    <Stack gap="md" align="flex-start">
      <PageHead
        title={policy === undefined ? "There is no such policy" : policy.name}
        lead={policy === undefined ? "It was deleted, or the address is wrong." : "Only administrators see a whole policy. Change who you are at the top to see it."}
      />
      <LinkButton to="/policies">All policies</LinkButton>
    </Stack>
  );
}

function EditPolicy({ policy, terms: before }: { policy: PolicyView; terms: PolicyTerms }) {
  const { id: policyId, version, name } = policy;
  const { field } = useSearch({ from: "/policies/$policyId" });
  const [start] = useState(() => fieldsOfTerms(before));
  const kept = useKept(`policy ${policyId} ${version}`, () => start);
  const [pendingRequests, setPendingRequests] = useState<PendingRequests>("keep");
  const [liveGrants, setLiveGrants] = useState<LiveGrants>("keep");
  const [unchanged, setUnchanged] = useState(false);
  const { run, busy, error } = useCommand("updatePolicy");
  const change = (terms: PolicyTerms) => ({ policyId, version, ...changesOf(terms), pendingRequests, liveGrants });
  const update = async (terms: PolicyTerms, changes: boolean) => {
    setUnchanged(!changes);
    if (!changes) return;
    const receipt = await run(change(terms), {
      done: ({ events }) =>
        events.some((it) => it.type === "policyUpdated")
          ? `The policy “${terms.name}” has a new version.`
          : `The policy “${terms.name}” is unchanged; existing access and requests are handled as you chose.`,
      goTo: () => ({ to: "/policies", search: folderSearch(terms.targets) }),
    });
    if (receipt) kept.forget();
  };
  return (
    <PolicyEditor
      title={name}
      lead={`Version ${version}; saving makes the next one.`}
      kept={kept}
      start={start}
      before={before}
      command={(terms) => ({ updatePolicy: change(terms) })}
      label={`Save the policy as version ${version + 1}`}
      busy={busy}
      onSave={update}
      field={field}
      more={
        <Panel title="Existing access and requests">
          <Stack gap="md">
            <PendingRequestsChoice value={pendingRequests} onChange={setPendingRequests} />
            <LiveGrantsChoice value={liveGrants} onChange={setLiveGrants} />
          </Stack>
        </Panel>
      }
    >
      {unchanged && (
        <Text size="sm" role="alert">
          Nothing has changed yet, so there is nothing to save.
        </Text>
      )}
      {error && <RefusalAlert error={error} />}
    </PolicyEditor>
  );
}
