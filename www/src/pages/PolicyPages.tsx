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
import * as words from "../words/pages/policies.tsx";
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
      done: () => words.policyInForce(terms.name),
      goTo: () => ({ to: "/policies", search: folderSearch(terms.targets) }),
    });
    if (receipt) kept.forget();
  };
  return (
    <PolicyEditor
      title={words.makeAPolicy}
      lead={words.newPolicyLead}
      kept={kept}
      start={start}
      command={(createPolicy) => ({ createPolicy })}
      label={words.makeThePolicy}
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
        title={policy === undefined ? words.thereIsNoSuchPolicy : policy.name}
        lead={policy === undefined ? words.deletedOrWrong : words.onlyForAdministrators}
      />
      <LinkButton to="/policies">{words.allPolicies}</LinkButton>
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
          ? words.policyChanged(terms.name)
          : words.policyUnchanged(terms.name),
      goTo: () => ({ to: "/policies", search: folderSearch(terms.targets) }),
    });
    if (receipt) kept.forget();
  };
  return (
    <PolicyEditor
      title={name}
      lead={words.savingMakesTheNext(version)}
      kept={kept}
      start={start}
      before={before}
      command={(terms) => ({ updatePolicy: change(terms) })}
      label={words.saveAsVersion(version + 1)}
      busy={busy}
      onSave={update}
      field={field}
      more={
        <Panel title={words.existingAccessAndRequests}>
          <Stack gap="md">
            <PendingRequestsChoice value={pendingRequests} onChange={setPendingRequests} />
            <LiveGrantsChoice value={liveGrants} onChange={setLiveGrants} />
          </Stack>
        </Panel>
      }
    >
      {unchanged && (
        <Text size="sm" role="alert">
          {words.nothingToSave}
        </Text>
      )}
      {error && <RefusalAlert error={error} />}
    </PolicyEditor>
  );
}
