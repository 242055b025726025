// https://casl.js.org/v6/en/guide/define-rules: an ability for each subject, as for each user there;
// https://casl.js.org/v6/en/guide/conditions-in-depth: `$regex` for paths;
// https://casl.js.org/v6/en/guide/subject-type-detection: all resources are of one type, told at once.
//
// What is closed inside of a grant is an inverted rule behind it, since the last rule that matches decides; permissions
// come last, for nothing is closed inside of them. CASL knows no time: whoever uses it makes the ability anew when a
// grant ends, which is not timed.
import { createMongoAbility } from "@casl/ability";
import { bySubject } from "../closed.mjs";
import { regexOf } from "../patterns.mjs";

export function open(workload) {
  const abilities = new Map([...bySubject(workload)].map(([subject, rights]) => [subject, abilityOf(rights)]));
  return {
    isAllowed: (subject, action, environment, path) =>
      abilities.get(subject)?.can(action, { environment, path }) ?? false,
  };
}

function abilityOf({ grants, permissions }) {
  return createMongoAbility([...grants.flatMap(rulesOf), ...permissions.map(rule)], {
    detectSubjectType: () => "Secret",
  });
}

function rulesOf(grant) {
  return [rule(grant), ...grant.closed.map((part) => ({ ...rule({ ...grant, ...part }), inverted: true }))];
}

function rule({ environment, path, actions }) {
  return { action: actions, subject: "Secret", conditions: { environment, path: { $regex: regexOf(path) } } };
}
