import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { ada, open, refused, terms } from "./support.mjs";

const schema = createRequire(import.meta.url)("access-engine/schema/policies.json");
const isValid = new Ajv2020().compile(schema);

const sam = { subject: "sam" };
const oneStep = (quorum, step = {}) => [{ quorums: [{ approvers: [sam], required: 1, ...quorum }], ...step }];
const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const targets = (changes) => ({ environments: ["dev"], paths: ["/a"], ...changes });

/** Terms of every shape; none conflicts with another. */
const SHAPES = [
  terms(),
  terms({ targets: { type: "database", environments: ["*", "dev"], paths: ["/", "/a/*/**", "/ü/{x}"] }, actions: ["read", "write"] }),
  terms({ targets: { paths: many(32, (index) => `/${index}`) }, actions: many(64, (index) => `a${index}`) }),
  terms({ targets: targets({ environments: many(32, (index) => `e${index}`) }), name: "é".repeat(255) }),
  terms({ targets: targets({ paths: ["/b"] }), steps: oneStep({ approvers: [sam, { group: "all" }], required: "all" }) }),
  terms({ targets: targets({ paths: ["/c"] }), steps: oneStep({ approvers: ["manager"] }, { rejectionsRequired: 1 }) }),
  terms({ targets: targets({ paths: ["/d"] }), selfApproval: true, distinctApprovers: false, approverMayRevoke: false }),
  terms({ targets: targets({ paths: ["/e"] }), maxDuration: "P1DT2H", requestTtl: "PT1M", justification: "required" }),
  terms({ targets: targets({ paths: ["/f"] }), breakGlass: { bypassers: [] }, maxDuration: { days: 3650 }, requestTtl: "P365D" }),
  terms({ targets: targets({ paths: ["/g"] }), breakGlass: { bypassers: [sam, { group: "all" }], maxDuration: "PT60S" } }),
];

/** What is wrong, each in one way, and that a schema can say so. */
const MALFORMED = {
  "an unknown field": terms({ stepz: [] }),
  "an unknown field inside": terms({ targets: targets({ env: "dev" }) }),
  "an unknown field of an approver": terms({ steps: oneStep({ approvers: [{ ...sam, name: "Sam" }] }) }),
  "a missing field": terms({ actions: undefined }),
  "a blank name": terms({ name: " " }),
  "a long name": terms({ name: "x".repeat(256) }),
  "a name that is no text": terms({ name: 1 }),
  "no steps": terms({ steps: [] }),
  "21 steps": terms({ steps: many(21, () => oneStep()[0]) }),
  "no quorum": terms({ steps: [{ quorums: [] }] }),
  "11 quorums": terms({ steps: [{ quorums: many(11, () => oneStep()[0].quorums[0]) }] }),
  "no approver": terms({ steps: oneStep({ approvers: [] }) }),
  "101 approvers": terms({ steps: oneStep({ approvers: many(101, () => sam) }) }),
  "a kind of approver that there is not": terms({ steps: oneStep({ approvers: [{ type: "role", id: "sam" }] }) }),
  "an approver without an id": terms({ steps: oneStep({ approvers: [{ type: "group" }] }) }),
  "an empty id": terms({ steps: oneStep({ approvers: [{ subject: "" }] }) }),
  "required 0": terms({ steps: oneStep({ required: 0 }) }),
  "required that is no number": terms({ steps: oneStep({ required: "most" }) }),
  "required that is not whole": terms({ steps: oneStep({ required: 1.5 }) }),
  "rejections 0": terms({ steps: oneStep({}, { rejectionsRequired: 0 }) }),
  "101 bypassers": terms({ breakGlass: { bypassers: many(101, () => sam) } }),
  "a manager as bypasser": terms({ breakGlass: { bypassers: ["manager"] } }),
  "break-glass without a list": terms({ breakGlass: {} }),
  "a duration without a unit": terms({ maxDuration: 3600 }),
  "a duration over ten years": terms({ maxDuration: 315_360_001 }),
  "a duration with months": terms({ maxDuration: "P1M" }),
  "a duration that is empty": terms({ maxDuration: "PT" }),
  "a request that waits over a year": terms({ requestTtl: 31_536_001 }),
  "a request that waits for ever": terms({ requestTtl: "permanent" }),
  "no path": terms({ targets: targets({ paths: [] }) }),
  "33 paths": terms({ targets: targets({ paths: many(33, (index) => `/${index}`) }) }),
  "a path twice": terms({ targets: targets({ paths: ["/a", "/a"] }) }),
  "a path that is not absolute": terms({ targets: targets({ paths: ["a"] }) }),
  "a path with an empty segment": terms({ targets: targets({ paths: ["/a//b"] }) }),
  "a path that ends in a slash": terms({ targets: targets({ paths: ["/a/"] }) }),
  "a path that climbs": terms({ targets: targets({ paths: ["/a/../b"] }) }),
  "33 environments": terms({ targets: targets({ environments: many(33, (index) => `e${index}`) }) }),
  "an environment with a wildcard": terms({ targets: targets({ environments: ["d*"] }) }),
  "an action that is none": terms({ actions: ["re ad"] }),
  "no actions": terms({ actions: [] }),
  "65 actions": terms({ actions: many(65, (index) => `a${index}`) }),
  "all of the actions, misspelt": terms({ actions: "ALL" }),
  "a flag that is none": terms({ selfApproval: "yes" }),
  "a justification that is neither": terms({ justification: "please" }),
};

/** A policy of Infisical. */
function foreign(changes) {
  return {
    id: "p1",
    name: "Payments",
    environment: { slug: "production" },
    secretPath: "/payments/**",
    approvers: [{ type: "user", id: "8e52d9a4", username: "Sam@example.com", sequence: 1, approvalsRequired: 1 }],
    enforcementLevel: "soft",
    bypassers: [],
    maxTimePeriod: "1h",
    ...changes,
  };
}

async function company() {
  const { engine } = await open();
  const group = { id: "all", name: "All", members: [{ subject: "dev" }] };
  await engine.syncDirectory(ada, { changes: [{ upsertGroup: group }] });
  return engine;
}

test("exported policies of every shape are valid and make the same policies elsewhere", async () => {
  const [one, other] = [await company(), await company()];
  const { events } = await one.createPolicies(ada, { policies: SHAPES });
  assert.equal(events.length, SHAPES.length);
  const exported = one.exportPolicies(ada);
  assert.ok(isValid(exported), JSON.stringify(isValid.errors));
  assert.ok(isValid({ policies: SHAPES }), JSON.stringify(isValid.errors));
  await other.createPolicies(ada, exported);
  assert.deepEqual(other.exportPolicies("host"), exported);
});

test("nothing to export is valid, too", async () => {
  const engine = await company();
  assert.ok(isValid(engine.exportPolicies("host")));
});

for (const [fault, wrong] of Object.entries(MALFORMED)) {
  test(`${fault}: refused by the engine and invalid by the schema`, async () => {
    const engine = await company();
    assert.ok(!isValid({ policies: [wrong] }), "the schema takes it");
    await assert.rejects(engine.createPolicies(ada, { policies: [wrong] }), { name: "AccessError", fault: /input|state/ });
    await engine.createPolicies(ada, { policies: [terms()] });
  });
}

test("what is imported can be made", async () => {
  const engine = await company();
  const approvals = [foreign(), foreign({ name: "Again" }), foreign({ name: "Old", deletedAt: "2026-01-01T00:00:00Z" })];
  const report = engine.importPolicies(ada, { approvals });
  assert.deepEqual(report.policies.map(({ refusal }) => refusal?.code), [undefined, "same_item", undefined]);
  const policies = report.policies.flatMap((imported) => imported.terms ?? []);
  assert.ok(isValid({ policies }), JSON.stringify(isValid.errors));
  await engine.createPolicies(ada, { policies });
  assert.deepEqual(engine.exportPolicies(ada).policies.map(({ name }) => name), ["Payments"]);
});

test("what is no data is not imported", async () => {
  const engine = await company();
  await refused("invalid_input", () => engine.importPolicies(ada, undefined));
  await refused("invalid_input", () => engine.importPolicies(ada, "policies"));
  await refused("invalid_input", () => engine.importPolicies(ada, { get approvals() { throw new Error("no"); } }));
  await refused("limit_exceeded", () => engine.importPolicies(ada, { approvals: [], note: "x".repeat(1 << 20) }));
});
