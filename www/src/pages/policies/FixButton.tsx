import type { Finding } from "access-engine";
import { LinkButton } from "../../components/links.tsx";
import { useAnswer } from "../../state/ask.ts";
import { placeOf } from "../../words/findings.ts";

const LOOK = { size: "xs", variant: "default" } as const;

/** Leads to where a finding is put right: a field of the policy, the permission, the request, or the people. */
export function FixButton({ finding, words }: { finding: Finding; words: string }) {
  const { grantId, permissionId, policies = [] } = finding;
  const grant = useAnswer(["grant", grantId], (engine, actor, now) => (grantId === undefined ? undefined : engine.grants(actor, { id: grantId }, now).items[0])).value;
  const requestId = finding.requestId ?? grant?.requestId;
  const policy = finding.policy ?? policies[0];
  if (requestId !== undefined) {
    return (
      <LinkButton {...LOOK} to="/requests/$requestId" params={{ requestId }}>
        See the request
      </LinkButton>
    );
  }
  if (permissionId !== undefined) {
    return (
      <LinkButton {...LOOK} to="/permissions/$permissionId" params={{ permissionId }} aria-label={`Change it: ${words}`}>
        Change it
      </LinkButton>
    );
  }
  if (policy !== undefined) {
    return (
      <LinkButton {...LOOK} to="/policies/$policyId" params={{ policyId: policy.id }} search={{ field: placeOf(finding) }} aria-label={`Change it: ${policy.name}, ${words}`}>
        Change it
      </LinkButton>
    );
  }
  return (
    <LinkButton {...LOOK} to="/people">
      See the people
    </LinkButton>
  );
}
