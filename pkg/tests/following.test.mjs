import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";
import { AccessEngine } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import { ada, dev, draft, grantAccess, HOUR, open, query, refused, START, terms } from "./support.mjs";

/** Waits until it is so, for 5 seconds at most. */
async function until(isSo) {
  for (let looks = 0; !isSo(); looks += 1) {
    assert.ok(looks < 500, "it never comes");
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await wait(10);
  }
}

/** A store that cannot tell of changes. */
const silent = (store) => ({ ...store, onChange: undefined });

test("what one server revokes, another that hears of it denies at once", async () => {
  const store = memoryStore();
  const { engine } = await open({ store });
  const { engine: other } = await open({ store });
  await engine.createPolicy(ada, terms());
  const grantId = await grantAccess(engine);
  await until(() => other.evaluate(query).decision);
  await engine.revokeGrant(ada, { grantId, reason: "Done." });
  await until(() => !other.evaluate(query).decision);
  assert.equal(other.version, engine.version);
});

test("where the store cannot tell, an engine looks every `pollSeconds`", async () => {
  const store = silent(memoryStore());
  const { engine } = await open({ store, pollSeconds: 0.02 });
  const { engine: other } = await open({ store, pollSeconds: 0.02 });
  await engine.createPolicy(ada, terms());
  await until(() => other.version === engine.version);
  await other.requestAccess(dev, draft());
  await until(() => other.version === engine.version);
});

test("with 0 an engine neither looks nor listens", async () => {
  const store = memoryStore();
  const { engine } = await open({ store });
  const { engine: other } = await open({ store, pollSeconds: 0 });
  const before = other.version;
  await engine.createPolicy(ada, terms());
  await wait(50);
  assert.equal(other.version, before);
  assert.equal(await other.refresh(), engine.version);
});

test("`pollSeconds` is a number that a timer can wait", async () => {
  for (const pollSeconds of [-1, Number.NaN, "5", 1e9, null]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const error = await refused("invalid_input", open({ pollSeconds }));
    assert.equal(error.details.field, "pollSeconds");
  }
});

test("whoever subscribes is called after each change, whoever made it, and after nothing else", async () => {
  const store = memoryStore();
  const { engine } = await open({ store });
  const { engine: other } = await open({ store });
  const heard = [];
  const end = other.subscribe(() => heard.push(other.version));
  await other.createPolicy(ada, terms());
  await turn();
  assert.deepEqual(heard, [other.version]);
  await engine.requestAccess(dev, draft());
  await until(() => heard.at(-1) === engine.version);
  assert.equal(heard.length, 2);
  await refused("duplicate_request", other.requestAccess(dev, draft()));
  other.inbox(ada);
  await other.history(ada);
  await turn();
  assert.equal(heard.length, 2);
  end();
  await other.cancelRequest(dev, { requestId: other.requests(dev).items[0].id });
  await turn();
  assert.equal(heard.length, 2);
});

test("a listener is called as often as it has subscribed, and each ends for itself", async () => {
  const { engine } = await open();
  let calls = 0;
  const listener = () => void (calls += 1);
  const [end] = [engine.subscribe(listener), engine.subscribe(listener)];
  await engine.createPolicy(ada, terms());
  await turn();
  assert.equal(calls, 2);
  end();
  end();
  await engine.requestAccess(dev, draft());
  await turn();
  assert.equal(calls, 3);
});

test("a question may ask for a version that the engine has read", async () => {
  const store = silent(memoryStore());
  const { engine } = await open({ store });
  const { engine: other } = await open({ store });
  await engine.createPolicy(ada, terms());
  await grantAccess(engine);
  const minVersion = engine.version;
  assert.equal(engine.evaluate(query, { minVersion }).decision, true);
  const { details } = await refused("version_not_read", () => other.evaluate(query, { minVersion }));
  assert.deepEqual(details, { code: "version_not_read", version: other.version, minVersion });
  await other.refresh();
  assert.equal(other.evaluate(query, { minVersion }).decision, true);
  await refused("version_not_read", () => other.evaluate(query, { minVersion: minVersion + 1 }));
});

test("in the background engines tick what is due, once, and send what is left", async () => {
  const [store, clock, sent] = [memoryStore(), { now: START }, []];
  const mute = await open({ store, clock, host: { claim: undefined, send: async () => {} } });
  await mute.engine.createPolicy(ada, terms());
  await grantAccess(mute.engine);
  const options = { store, clock, sent, background: true, pollSeconds: 0.02 };
  const { engine } = await open(options);
  const { engine: other } = await open(options);
  await until(() => sent.some(({ kind }) => kind.type === "request_approved"));
  clock.now += HOUR;
  await until(() => sent.some(({ kind }) => kind.type === "grant_ended"));
  await wait(100);
  await engine.refresh();
  const events = (await store.load(0, 1000)).flatMap((commit) => commit.events);
  assert.equal(events.filter(({ type }) => type === "grantEnded").length, 1);
  assert.equal(new Set(sent.map(({ id }) => id)).size, sent.length);
  await Promise.all([engine.close(), other.close()]);
});

test("whoever listens for errors hears that the store is away, and the engine goes on when it is back", async () => {
  const store = silent(memoryStore());
  let isAway = false;
  const load = async (...page) => {
    if (isAway) throw new Error("away");
    return store.load(...page);
  };
  const { engine } = await open({ store });
  const errors = [];
  const { engine: other } = await open({ store: { ...store, load }, pollSeconds: 0.02, onError: (error) => errors.push(error) });
  isAway = true;
  await engine.createPolicy(ada, terms());
  await until(() => errors.length > 1);
  assert.equal(errors[0].code, "host_failed");
  isAway = false;
  await until(() => other.version === engine.version);
});

test("an engine whose record was replaced says so once, and looks no more", async () => {
  let store = silent(memoryStore());
  let looks = 0;
  const parts = {
    load: async (...page) => {
      looks += 1;
      return store.load(...page);
    },
    append: (...commit) => store.append(...commit),
  };
  const errors = [];
  const { engine } = await open({ store: parts, pollSeconds: 0.02, onError: (error) => errors.push(error.code) });
  store = silent(memoryStore());
  await until(() => errors.length > 0);
  const before = looks;
  await wait(100);
  assert.deepEqual([errors, looks], [["record_replaced"], before]);
  await refused("record_replaced", () => engine.evaluate(query));
});

test("an engine that is closed or freed looks no more", async () => {
  const store = silent(memoryStore());
  let looks = 0;
  const load = async (...page) => {
    looks += 1;
    return store.load(...page);
  };
  const { engine } = await open({ store: { ...store, load }, pollSeconds: 0.01 });
  const { engine: other } = await open({ store: { ...store, load }, pollSeconds: 0.01 });
  await engine.close();
  other.free();
  await wait(30);
  const before = looks;
  await wait(100);
  assert.equal(looks, before);
});

test("a store that cannot listen is looked at all the same", async () => {
  const store = memoryStore();
  const errors = [];
  const { engine } = await open({ store });
  const { engine: other } = await open({ store: { ...store, onChange: () => Promise.reject(new Error("no notifications here")) }, pollSeconds: 0.02, onError: (error) => errors.push(error) });
  await engine.createPolicy(ada, terms());
  await until(() => other.version === engine.version);
  assert.match(errors[0].message, /no notifications here/);
  assert.ok(other instanceof AccessEngine);
});

test("an engine that could not listen tries again, until the store can tell", async () => {
  const store = memoryStore();
  let tries = 0;
  const onChange = (listener) => {
    tries += 1;
    return tries < 3 ? Promise.reject(new Error("not promoted yet")) : store.onChange(listener);
  };
  const { engine } = await open({ store: { ...store, onChange }, pollSeconds: 0.02 });
  await until(() => tries === 3);
  await wait(100);
  assert.equal(tries, 3);
  await engine.close();
});

test("a snapshot is made behind each commit whose version is a multiple of `snapshotEvery`, by the server that made it", async () => {
  const store = memoryStore();
  const saved = [];
  const saveSnapshot = async (snapshot) => {
    saved.push(snapshot.version);
    return store.saveSnapshot(snapshot);
  };
  const { engine } = await open({ store: { ...store, saveSnapshot }, snapshotEvery: 2 });
  const { engine: other } = await open({ store: { ...store, saveSnapshot }, snapshotEvery: 2 });
  await engine.createPolicy(ada, terms(), { idempotencyKey: "once" });
  await until(() => saved.length === 1 && other.version === 2);
  await other.requestAccess(dev, draft());
  await other.cancelRequest(dev, { requestId: other.requests(dev).items[0].id });
  await until(() => saved.length === 2);
  await engine.createPolicy(ada, terms(), { idempotencyKey: "once" });
  await wait(50);
  assert.deepEqual(saved, [2, 4]);
  for (const snapshotEvery of [-1, 1.5, "2"]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    assert.equal((await refused("invalid_input", open({ snapshotEvery }))).details.field, "snapshotEvery");
  }
});
