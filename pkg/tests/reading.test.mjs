// What is read from the host again: the history, the archive, snapshots.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AccessEngine, createHost } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import { ada, approve, dev, draft, grantAccess, HOUR, open, refused, sam, START, terms } from "./support.mjs";

/** A store that counts the commits it has handed out. */
function counted() {
  const store = memoryStore();
  const asked = { commits: 0, most: 0 };
  const load = async (after, limit) => {
    const commits = await store.load(after, limit);
    asked.commits += commits.length;
    asked.most = Math.max(asked.most, limit);
    return commits;
  };
  return { store: { ...store, load }, asked };
}

/** Cursors are of one order. */
const withoutCursor = (entry) => ({ ...entry, cursor: undefined });

const host = (store, now) => createHost({ store, mailer: false, now: () => now });

test("a history is paged from both ends, and ends", async () => {
  const { engine } = await open();
  await engine.createPolicy(ada, terms());
  await grantAccess(engine);
  const { items: all } = await engine.history("host", { limit: 200 });
  for (const order of ["newest_first", "oldest_first"]) {
    const found = [];
    let after;
    do {
      // oxlint-disable-next-line no-await-in-loop -- a page begins where the one before ends
      const page = await engine.history("host", { order, limit: 3, ...(after && { after }) });
      assert.equal("total" in page, false);
      found.push(...page.items.map(withoutCursor));
      after = page.next;
    } while (after);
    const expected = all.map(withoutCursor);
    assert.deepEqual(found, order === "newest_first" ? expected : expected.toReversed());
  }
});

test("a history reads no more than it shows, and in pages", async () => {
  const { store, asked } = counted();
  const { engine } = await open({ store });
  await engine.createPolicy(ada, terms());
  for (let number = 0; number < 40; number += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one commit after the other
    await engine.requestAccess(dev, draft({ target: { environment: "production", path: `/payments/${number}` } }));
  }
  asked.commits = 0;
  await engine.history(dev, { limit: 10 });
  assert.equal(asked.commits <= 40, true, String(asked.commits));
  assert.equal(asked.most <= 1000, true);
});

test("what is archived is listed from the record, and the lists have it no more", async () => {
  const { engine, clock } = await open();
  await engine.createPolicy(ada, terms());
  const grantId = await grantAccess(engine);
  clock.now += 60 * 24 * HOUR;
  await engine.tick();
  assert.equal(engine.grants("host").total, 0);
  const [grant] = (await engine.archivedGrants(dev)).items;
  assert.deepEqual([grant.id, grant.status, grant.end.reason, grant.holder.name], [grantId, "ended", "expired", "Dev"]);
  const [request] = (await engine.archivedRequests(sam, { status: ["approved"], text: "customer" })).items;
  assert.deepEqual([request.grantId, request.steps, request.justification], [grantId, 2, "a customer waits"]);
  const { items } = await engine.history(dev, { requestId: request.id });
  assert.match(items.at(-1).summary, /^Dev asked for access to production \/payments\/stripe/u);
  await refused("invalid_cursor", engine.archivedRequests(sam, { after: "x.y" }));
});

test("a receipt is read again for a key that is sent twice", async () => {
  const { engine } = await open();
  await engine.createPolicy(ada, terms());
  const options = { idempotencyKey: "once" };
  const first = await engine.requestAccess(dev, draft(), options);
  await engine.cancelRequest(dev, { requestId: first.requestId });
  assert.deepEqual(await engine.requestAccess(dev, draft(), options), first);
});

test("a record that cannot be read again is said so", async () => {
  const store = memoryStore();
  let works = true;
  const failing = new Error("the disk is gone");
  const load = async (...page) => {
    if (!works) throw failing;
    return store.load(...page);
  };
  const { engine } = await open({ store: { ...store, load } });
  await engine.createPolicy(ada, terms());
  works = false;
  const error = await refused("host_failed", engine.history(ada));
  assert.deepEqual([error.details.callback, error.cause], ["load", failing]);
  works = true;
  assert.equal((await engine.history(ada)).items.length > 0, true);
});

test("an engine opens from a snapshot and reads only what came behind it", async () => {
  const { store, asked } = counted();
  const { engine } = await open({ store });
  await engine.createPolicy(ada, terms());
  const { requestId } = await engine.requestAccess(dev, draft());
  const snapshot = await engine.snapshot();
  assert.deepEqual({ version: snapshot.version, hash: snapshot.hash }, engine.head());
  assert.equal(snapshot.data instanceof Uint8Array, true);
  await approve(engine, sam, requestId);
  asked.commits = 0;
  const again = await AccessEngine.open({ project: "acme", host: host(store, START) });
  assert.equal(asked.commits, 3, "the commit of the snapshot twice, and the one behind it");
  assert.deepEqual(again.head(), engine.head());
  assert.deepEqual(again.explain("host", requestId), engine.explain("host", requestId));
  assert.equal((await again.verify()).intact, true);
  assert.equal((await again.snapshot()).digest, (await engine.snapshot()).digest);
});

test("a host that keeps no snapshots gives them to whoever asks", async () => {
  const { snapshot: _, saveSnapshot: __, ...store } = memoryStore();
  const { engine } = await open({ store });
  const { version, data } = await engine.snapshot();
  assert.equal(version, 1);
  assert.equal(JSON.parse(new TextDecoder().decode(data)).kept.project, "acme");
});

test("a snapshot that is none, or fails, is dealt with", async () => {
  const store = memoryStore();
  (await open({ store })).engine.free();
  const opening = (snapshot) => AccessEngine.open({ project: "acme", host: { ...host(store, START), snapshot } });
  for (const snapshot of [() => undefined, async () => null, async () => ({ data: new Uint8Array(3) })]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    assert.equal((await opening(snapshot)).version, 1);
  }
  for (const snapshot of [async () => 7, async () => ({ data: "text" }), () => Promise.reject(new Error("gone"))]) {
    // oxlint-disable-next-line no-await-in-loop
    const error = await refused("host_failed", opening(snapshot));
    assert.equal(error.details.callback, "snapshot");
  }
});
