import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createClient } from "@libsql/client";
import { memoryStore } from "access-engine/stores/memory";
import { openSqliteStore } from "access-engine/stores/sqlite";
import { tellStory } from "./reports.mjs";
import { ada, approve, dev, draft, HOUR, open, refused, sam, START, terms } from "./support.mjs";

const DAY = 24 * HOUR;
const folder = await mkdtemp(join(tmpdir(), "access-engine-"));
after(() => rm(folder, { recursive: true }));

/** Four months: each day somebody asks, some get access; what is over is archived. */
const clock = { now: START };
const memory = memoryStore();
let engines;
let grants;

/** Counts what is read, and has no index. */
function bare(store) {
  const counts = { read: 0 };
  const load = async (version, limit) => {
    const commits = await store.load(version, limit);
    counts.read += commits.length;
    return commits;
  };
  return { store: { ...store, load, find: undefined }, counts };
}

before(async () => {
  const { engine } = await open({ store: memory, clock });
  grants = [];
  await engine.createPolicy(ada, terms({ steps: [terms().steps[0]] }));
  for (let day = 0; day < 120; day += 1) {
    // oxlint-disable no-await-in-loop -- one day after the other
    clock.now += DAY;
    await engine.tick();
    const asker = day % 3 === 0 ? ada : dev;
    const { requestId } = await engine.requestAccess(asker, draft({ target: { environment: "production", path: `/payments/${day}` } }));
    if (day % 2 === 0) grants.push((await approve(engine, sam, requestId)).grantId);
    // oxlint-enable no-await-in-loop
  }
  const sqlite = await openSqliteStore({ client: createClient({ url: `file:${join(folder, "record.db")}` }), project: "acme" });
  let head = { version: 0, hash: "" };
  for (const commit of await memory.load(0, 10_000)) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await sqlite.append(commit, head);
    head = commit;
  }
  const opened = await Promise.all([bare(memory).store, memory, sqlite].map((store) => open({ store, clock, pollSeconds: 0 })));
  engines = opened.map((it) => it.engine);
});

/** All pages of a list. */
async function whole(list, filter) {
  const items = [];
  let next;
  do {
    // oxlint-disable-next-line no-await-in-loop -- one page after the other
    const page = await list({ ...filter, ...(next && { after: next }) });
    items.push(...page.items);
    ({ next } = page);
  } while (next);
  return items;
}

test("an index finds what is found without it", async () => {
  const made = await engines[0].history(ada, { limit: 200, order: "oldest_first" });
  const requestIds = made.items.map(({ event }) => event.requestId).filter(Boolean);
  const about = [{ requestId: requestIds[0] }, { requestId: requestIds[31] }, { grantId: grants[1] }, { policyId: "pol_2_0" }, { requestId: "req_999_0" }, {}];
  const by = [{ by: dev }, { by: ada }, {}];
  const times = [{ from: START + 30 * DAY }, { until: START + 10 * DAY }, { from: START + 8 * DAY, until: START + 9 * DAY }, {}];
  let found = 0;
  for (const viewer of [ada, dev, sam]) {
    for (const filter of about.flatMap((one) => by.flatMap((two) => times.map((three) => Object.assign({}, one, two, three))))) {
      for (const order of ["newest_first", "oldest_first"]) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        const [plain, ...others] = await Promise.all(engines.map((engine) => whole((it) => engine.history(viewer, it), { ...filter, order, limit: 40 })));
        for (const other of others) assert.deepEqual(other, plain, JSON.stringify({ viewer, filter, order }));
        found += plain.length;
      }
    }
  }
  assert.ok(found > 1000, `${found} entries`);
});

test("whatever the engine says an event is about, an index finds", async () => {
  const store = memoryStore();
  const { engine } = await tellStory(store);
  const allowed = { holders: [dev], targets: { environments: ["staging"], paths: ["/**"] }, actions: ["read"] };
  await engine.createPermission(ada, { name: "Staging", ...allowed });
  await engine.createDelegation(sam, { delegate: dev, duration: "P1D" });
  const { items } = await engine.history("host", { limit: 200 });
  const ids = [...new Set(JSON.stringify(items).match(/\b(req|grt|pol|prm|dlg)_\d+_\d+\b/g))];
  const kinds = { req: "requestId", grt: "grantId", pol: "policyId", prm: "permissionId", dlg: "delegationId" };
  assert.deepEqual(new Set(ids.map((id) => id.slice(0, 3))), new Set(Object.keys(kinds)));
  for (const id of ids) {
    // oxlint-disable no-await-in-loop -- one after the other
    const told = (await whole((it) => engine.history("host", it), { [kinds[id.slice(0, 3)]]: id })).map(({ version }) => version);
    const found = await store.find({ first: 1, last: engine.version, about: id, newestFirst: false, limit: 1000 });
    // oxlint-enable no-await-in-loop
    const missing = told.filter((version) => version <= engine.version && !found.includes(version));
    assert.deepEqual([missing, told.length > 0], [[], true], id);
  }
});

test("the archive is found by person", async () => {
  for (const [list, key] of [["archivedRequests", "requester"], ["archivedGrants", "holder"]]) {
    for (const person of [dev, ada, sam]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const [plain, ...others] = await Promise.all(engines.map((engine) => whole((it) => engine[list](ada, it), { [key]: person })));
      for (const other of others) assert.deepEqual(other, plain, `${list} ${person.subject}`);
      assert.equal(plain.length > 0, person !== sam, `${list} ${person.subject}`);
    }
  }
});

/** Without the cursor, which is of one filter. */
const plain = (entry) => ({ ...entry, cursor: "" });

test("a history by time is of what happened then, also where it was noted later", async () => {
  const all = await whole((it) => engines[0].history(ada, it), {});
  const [from, until] = [START + 20 * DAY, START + 23 * DAY];
  const expected = all.filter(({ at }) => from <= at && at < until);
  assert.ok(expected.some(({ event }) => event.type === "grantEnded"));
  const found = await whole((it) => engines[2].history(ada, it), { from, until });
  assert.deepEqual(found.map(plain), expected.map(plain));
});

test("with an index few commits are read", async () => {
  const { store, counts } = bare(memory);
  const { engine } = await open({ store: { ...store, find: memory.find }, clock, pollSeconds: 0 });
  counts.read = 0;
  assert.ok((await engine.history(ada, { requestId: "req_6_0" })).items.length > 0);
  assert.ok(counts.read < 20, `${counts.read} commits were read`);
});

test("an index that answers nonsense is a host that has failed", async () => {
  for (const find of [async () => "all", async () => [-1], async () => [1.5], async () => undefined, () => assert.fail("no index"), 5]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { engine } = await open({ store: memory, clock, pollSeconds: 0, host: { find } });
    // oxlint-disable-next-line no-await-in-loop
    await refused("host_failed", engine.history(ada, { by: dev }));
    assert.ok(engine.version > 0);
  }
  const { engine } = await open({ store: memory, clock, pollSeconds: 0, host: { find: async () => [99_999, 3, 3, 0, 2] } });
  assert.deepEqual((await engine.history(ada, { by: dev })).items, []);
});
