// The rules once more, slow and plain: what every answer is checked against.
import { compareSpecificity } from "./specificity.mjs";

/**
 * Whether the subject may do this: a permission says so, or a grant opens it.
 *
 * @param {import("./workload/workload.mjs").Workload} workload
 */
export function isAllowed({ now, policies, grants, permissions }, { subject, action, environment, path }) {
  const resource = { environment, path };
  return (
    permissions.some((it) => it.holders.includes(subject) && isFor(it, action, resource)) ||
    grants.some((it) => it.subject === subject && it.endsAt > now && opens(it, policies, action, resource))
  );
}

/** A grant opens what its own policy governed when it was asked for, and would govern among those live now. */
function opens(grant, policies, action, resource) {
  if (!isFor(grant, action, resource)) return false;
  const own = policies.find(({ name }) => name === grant.policy);
  const others = policies.filter((policy) => policy !== own);
  const prevailsOver = (rivals) =>
    rivals.every((rival) => !isFor(rival, action, resource) || compareSpecificity(own, rival) > 0);
  return prevailsOver(others.filter(({ whenAsked }) => whenAsked)) && prevailsOver(others.filter(({ live }) => live));
}

function isFor({ environment, path, actions }, action, resource) {
  return (
    (actions === "all" || actions.includes(action)) &&
    (environment === "*" || environment === resource.environment) &&
    matches(segmentsOf(path), segmentsOf(resource.path))
  );
}

const segmentsOf = (path) => path.split("/").filter(Boolean);

function matches([first, ...rest], segments) {
  if (first === undefined) return segments.length === 0;
  if (first === "**" && matches(rest, segments)) return true;
  if (segments.length === 0) return false;
  const [next, ...others] = segments;
  return first === "**" ? matches([first, ...rest], others) : [next, "*"].includes(first) && matches(rest, others);
}
