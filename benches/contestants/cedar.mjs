// https://docs.cedarpolicy.com/policies/syntax-policy.html: a permit for each grant and permission, with what is closed
// inside of a grant in its `unless`; `preparsePolicySet` and `statefulIsAuthorized` of the package's types, so that no
// policy is parsed at a question, with a set for each subject.
//
// `like` knows no border between segments, so a resource has its segments as attributes. Grants that have ended are
// taken out of the set, which is not timed.
import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import { bySubject } from "../closed.mjs";
import { segmentsOf } from "../patterns.mjs";

export function open(workload) {
  const subjects = bySubject(workload);
  for (const [subject, { grants, permissions }] of subjects) {
    const staticPolicies = [...permissions, ...grants].map((it) => permit(subject, it)).join("\n");
    const { type, errors } = preparsePolicySet(subject, { staticPolicies });
    if (type !== "success") throw new Error(`cedar: ${JSON.stringify(errors)}`);
  }
  return {
    isAllowed(subject, action, environment, path) {
      if (!subjects.has(subject)) return false;
      const resource = { type: "Secret", id: path };
      const answer = statefulIsAuthorized({
        principal: { type: "User", id: subject },
        action: { type: "Action", id: action },
        resource,
        context: {},
        preparsedPolicySetId: subject,
        entities: [{ uid: resource, attrs: attributes(environment, path), parents: [] }],
      });
      return answer.type === "success" && answer.response.decision === "allow";
    },
  };
}

function attributes(environment, path) {
  const segments = path.slice(1).split("/");
  const attrs = { environment, depth: segments.length };
  for (let place = 0; place < segments.length; place += 1) attrs[`s${place}`] = segments[place];
  return attrs;
}

function permit(subject, { environment, path, actions, closed = [] }) {
  const unless = closed.map((part) => `unless { ${among(part.actions)} && ${isPathOf(part.path)} }`);
  return `permit(principal == User::"${subject}", action in [${actions.map(uid)}], resource is Secret)
    when { resource.environment == "${environment}" && ${isPathOf(path)} } ${unless.join(" ")};`;
}

const uid = (action) => `Action::"${action}"`;
const among = (actions) => `[${actions.map(uid)}].contains(action)`;

function isPathOf(pattern) {
  const segments = segmentsOf(pattern);
  const fixed = segments.filter((segment) => segment !== "**").length;
  const literal = segments.flatMap((segment, place) =>
    segment.includes("*") ? [] : [`resource.s${place} == "${segment}"`],
  );
  return [`resource.depth ${fixed < segments.length ? ">=" : "=="} ${fixed}`, ...literal].join(" && ");
}
