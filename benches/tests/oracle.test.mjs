// The oracle against a second opinion that goes the other way round: it lists all resources there are, lets regular
// expressions say which pattern is about them, and sorts the policies by one text each.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isAllowed } from "../oracle.mjs";
import { compareSpecificity } from "../specificity.mjs";
import { seeded } from "../workload/random.mjs";

const CASES = 500;
const NOW = 1000;
const ENVIRONMENTS = ["dev", "live"];
const ACTIONS = ["read", "write"];
const SUBJECTS = ["ann", "bob"];
const LETTERS = ["a", "b"];

const longer = (paths) => paths.flatMap((path) => LETTERS.map((letter) => `${path}/${letter}`));
const [ones, twos, threes] = [longer([""]), longer(longer([""])), longer(longer(longer([""])))];
const EVERYTHING = ENVIRONMENTS.flatMap((environment) =>
  ["/", ...ones, ...twos, ...threes].flatMap((path) => ACTIONS.map((action) => ({ environment, path, action }))),
);

test("the oracle says of every resource what the second opinion says", () => {
  const seen = { permitted: 0, open: 0, closed: 0, denied: 0 };
  for (let seed = 0; seed < CASES; seed += 1) {
    const workload = randomCase(seeded(seed));
    for (const subject of SUBJECTS) {
      for (const resource of EVERYTHING) {
        const expected = judged(workload, subject, resource);
        seen[expected] += 1;
        const answer = isAllowed(workload, { subject, ...resource });
        const where = `seed ${seed}, ${subject}, ${JSON.stringify(resource)}`;
        assert.equal(answer, ["permitted", "open"].includes(expected), where);
      }
    }
  }
  for (const [outcome, count] of Object.entries(seen)) assert.ok(count > 1000, `${outcome}: ${count}`);
});

test("each rule of precedence is above the next", () => {
  for (const [above, below] of [
    ["dev /** all", "* /a read"],
    ["dev /a all", "dev /* read"],
    ["dev /a* all", "dev /** read"],
    ["dev /a/** all", "dev /*/b read"],
    ["dev /a/*/c all", "dev /a/** read"],
    ["dev /a all", "dev /a/** read"],
    ["dev /a/** all", "dev /a/**/x* read"],
    ["dev /a* read", "dev /abc* all"],
    ["dev /bc* read", "dev /a* read"],
    ["dev /*a read", "dev /a* read"],
  ]) {
    const [one, other] = [above, below].map((text) => {
      const [environment, path, actions] = text.split(" ");
      return { environment, path, actions: actions === "all" ? actions : [actions] };
    });
    assert.ok(compareSpecificity(one, other) > 0, `${above} is above ${below}`);
    assert.ok(compareSpecificity(other, one) < 0, `${below} is below ${above}`);
  }
});

/** The second opinion. */
function judged({ policies, grants, permissions }, subject, resource) {
  if (permissions.some((it) => it.holders.includes(subject) && isAbout(it, resource))) return "permitted";
  const live = grants.filter((it) => it.subject === subject && it.endsAt > NOW && isAbout(it, resource));
  const opens = ({ policy: own }) =>
    ["whenAsked", "live"].every((time) => {
      const inForce = policies.filter((policy) => policy[time] || policy.name === own);
      return ranked(inForce).find((policy) => isAbout(policy, resource)).name === own;
    });
  if (live.some(opens)) return "open";
  return live.length > 0 ? "closed" : "denied";
}

/** The most specific first. */
function ranked(policies) {
  return policies.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

function key({ environment, path, actions }) {
  const segments = path.split("/").filter(Boolean);
  const ranks = segments.map((segment) => ({ "*": "b", "**": "c" })[segment] ?? "a");
  const letters = ranks.filter((rank) => rank === "a").length;
  const isAny = environment === "*" ? "b" : "a";
  const isForAll = actions === "all" ? "b" : "a";
  return [isAny, ranks.join("").padEnd(5, "a"), isForAll, 9 - letters, path, environment].join(" ");
}

function isAbout({ environment, path, actions }, resource) {
  const segments = path.split("/").filter(Boolean);
  const parts = segments.map((segment) => ({ "*": "/[ab]", "**": "(/[ab])*" })[segment] ?? `/${segment}`);
  return (
    ["*", resource.environment].includes(environment) &&
    (actions === "all" || actions.includes(resource.action)) &&
    new RegExp(`^${parts.join("")}/?$`).test(resource.path)
  );
}

function randomCase(chance) {
  const drawn = Array.from({ length: 6 }, () => randomPolicy(chance));
  // Two for the very same would be refused.
  const distinct = [...new Map(drawn.map((policy) => [`${policy.environment} ${policy.path}`, policy])).values()];
  const policies = distinct.map((policy, number) => Object.assign(policy, { name: `Policy ${number}` }));
  const asked = Array.from({ length: 4 }, () => ({
    ...about(chance),
    subject: chance.pick(SUBJECTS),
    endsAt: NOW + chance.below(6) - 1,
  }));
  const grants = asked.flatMap((grant) => {
    const all = EVERYTHING.filter((resource) => isAbout(grant, resource));
    const covers = (policy) => policy.whenAsked && all.every((resource) => isAbout(policy, resource));
    const policy = ranked(policies).find(covers);
    return policy === undefined ? [] : [{ ...grant, policy: policy.name }];
  });
  const permissions = chance.below(2) === 0 ? [{ ...about(chance), holders: chance.sample(SUBJECTS, 1) }] : [];
  return { now: NOW, policies, grants, permissions };
}

function randomPolicy(chance) {
  const { environment, path, actions } = about(chance);
  const isWide = chance.below(3) === 0;
  return {
    environment: isWide ? "*" : environment,
    path: isWide ? "/**" : path,
    actions: chance.below(3) > 0 ? "all" : actions,
    whenAsked: chance.below(4) > 0,
    live: chance.below(4) > 0,
  };
}

function about(chance) {
  const segments = Array.from({ length: chance.below(4) }, () => chance.pick([...LETTERS, "*"]));
  if (chance.below(2) === 0) segments.push("**");
  return {
    environment: chance.pick(ENVIRONMENTS),
    path: `/${segments.join("/")}`,
    actions: chance.sample(ACTIONS, 1 + chance.below(2)),
  };
}
