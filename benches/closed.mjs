import { overlap, segmentsOf } from "./patterns.mjs";
import { compareSpecificity } from "./specificity.mjs";

/**
 * What is closed inside of each grant, since other policies govern it: for contestants that know no policies. Whoever
 * writes access by hand keeps it with the grant and makes it anew when a policy changes; that is not timed.
 *
 * A policy of the workload has one pattern, so what is above it anywhere in a grant is above it everywhere in it.
 *
 * @param {import("./workload/workload.mjs").Workload} workload
 * @returns {import("./workload/workload.mjs").Grant & { closed: { path: string, actions: string[] }[] }[]}
 */
export function withClosedParts({ grants, policies }) {
  const byName = new Map(policies.map((policy) => [policy.name, policy]));
  const rivals = new Map();
  for (const policy of policies) {
    const rival = { policy, segments: segmentsOf(policy.path) };
    rivals.set(policy.environment, [...(rivals.get(policy.environment) ?? []), rival]);
  }
  return grants.map((grant) => {
    const own = byName.get(grant.policy);
    const segments = segmentsOf(grant.path);
    const closed = [...(rivals.get("*") ?? []), ...(rivals.get(grant.environment) ?? [])]
      .filter((rival) => overlap(rival.segments, segments) && compareSpecificity(rival.policy, own) > 0)
      .map(({ policy: { path, actions } }) => ({
        path,
        actions: grant.actions.filter((action) => actions === "all" || actions.includes(action)),
      }));
    return { ...grant, closed: closed.filter(({ actions }) => actions.length > 0) };
  });
}

/**
 * The grants, with what is closed inside of them, and the permissions of each subject.
 *
 * @param {import("./workload/workload.mjs").Workload} workload
 */
export function bySubject(workload) {
  const subjects = new Map(workload.subjects.map((subject) => [subject, { grants: [], permissions: [] }]));
  for (const grant of withClosedParts(workload)) subjects.get(grant.subject).grants.push(grant);
  for (const permission of workload.permissions) {
    for (const holder of permission.holders) subjects.get(holder).permissions.push(permission);
  }
  return subjects;
}
