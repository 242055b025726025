// https://casbin.org/docs/performance: sharding, so an enforcer for each subject with its own rules only;
// https://casbin.org/docs/function: a function of one's own for paths;
// https://casbin.org/docs/priority-model: the first rule that matches decides, so that a permission stands before what
// is closed, and that before its grant.
//
// Grants that have ended are taken out of the rules, which is not timed.
import { newEnforcer, newModelFromString } from "casbin";
import { bySubject } from "../closed.mjs";
import { regexOf } from "../patterns.mjs";

const MODEL = `
[request_definition]
r = act, env, path

[policy_definition]
p = act, env, path, eft

[policy_effect]
e = priority(p.eft) || deny

[matchers]
m = r.act == p.act && r.env == p.env && isPathOf(r.path, p.path)
`;

export async function open(workload) {
  const regexes = new Map();
  const isPathOf = (path, pattern) => {
    let regex = regexes.get(pattern);
    if (regex === undefined) regexes.set(pattern, (regex = regexOf(pattern)));
    return regex.test(path);
  };
  const enforcerOf = async ({ grants, permissions }) => {
    const enforcer = await newEnforcer(newModelFromString(MODEL));
    await enforcer.addFunction("isPathOf", isPathOf);
    await enforcer.addPolicies([...permissions.flatMap((it) => rules(it, "allow")), ...grants.flatMap(rulesOf)]);
    return enforcer;
  };
  const enforcers = new Map(
    await Promise.all([...bySubject(workload)].map(async ([subject, rights]) => [subject, await enforcerOf(rights)])),
  );
  return {
    isAllowed: (subject, action, environment, path) =>
      enforcers.get(subject)?.enforceSync(action, environment, path) ?? false,
  };
}

function rulesOf(grant) {
  return [...grant.closed.flatMap((part) => rules({ ...grant, ...part }, "deny")), ...rules(grant, "allow")];
}

function rules({ environment, path, actions }, effect) {
  return actions.map((action) => [action, environment, path, effect]);
}
