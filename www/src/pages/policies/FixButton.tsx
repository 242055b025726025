import type { Finding } from "access-engine";
import { LinkButton } from "../../components/links.tsx";
import { useAnswer } from "../../state/ask.ts";
import { placeOf } from "../../words/findings.ts";
import * as words from "../../words/pages/policies.tsx";

const LOOK = { size: "xs", variant: "default" } as const;

/** Leads to where a finding is put right: a field of the policy, the permission, the request, or the people. */
export function FixButton({ finding, what }: { finding: Finding; what: string }) {
  const { grantId, permissionId, policies = [] } = finding;
  const grant = useAnswer(["grant", grantId], (engine, actor, now) => (grantId === undefined ? undefined : engine.grants(actor, { id: grantId }, now).items[0])).value;
  const requestId = finding.requestId ?? grant?.requestId;
  const policy = finding.policy ?? policies[0];
  if (requestId !== undefined) {
    return (
      <LinkButton {...LOOK} to="/requests/$requestId" params={{ requestId }}>
        {words.seeTheRequest}
      </LinkButton>
    );
  }
  if (permissionId !== undefined) {
    return (
      <LinkButton {...LOOK} to="/permissions/$permissionId" params={{ permissionId }} aria-label={words.changeItLabel(what)}>
        {words.changeIt}
      </LinkButton>
    );
  }
  if (policy !== undefined) {
    return (
      <LinkButton {...LOOK} to="/policies/$policyId" params={{ policyId: policy.id }} search={{ field: placeOf(finding) }} aria-label={words.changeNamedLabel(policy.name, what)}>
        {words.changeIt}
      </LinkButton>
    );
  }
  return (
    <LinkButton {...LOOK} to="/people">
      {words.seeThePeople}
    </LinkButton>
  );
}
