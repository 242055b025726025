// oxlint-disable no-await-in-loop -- one case after the other
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHost } from "access-engine";
import { consoleMailer } from "access-engine/mailers/console";
import { memoryStore } from "access-engine/stores/memory";
import { storeCases } from "access-engine/testing";
import { ada, dev, draft, open, refused, terms } from "./support.mjs";

for (const { name, run } of storeCases) {
  test(`memory: ${name}`, async () => {
    const store = memoryStore();
    await run({ connect: async () => store });
  });
}

test("the suite finds a store that writes without looking", async () => {
  const failed = [];
  for (const { name, run } of storeCases) {
    const commits = [];
    const careless = {
      load: async (after) => commits.slice(after),
      append: async (commit) => void commits.push(commit),
    };
    await run({ connect: async () => careless }).catch(() => failed.push(name));
  }
  for (const name of [
    "an append that expects an older version is a conflict and writes nothing",
    "an append that expects a newer version is a conflict and writes nothing",
    "of racing appends exactly one wins",
    "what was given and what was handed out may be changed without changing the record",
  ]) {
    assert.ok(failed.includes(name), name);
  }
  assert.ok(!failed.includes("commits come back in order, exactly as they were appended"));
});

test("the suite finds a store that compares versions only", async () => {
  const failed = [];
  for (const { name, run } of storeCases) {
    const store = memoryStore();
    const append = async (commit, expected) => {
      const last = (await store.load(0, 1000)).at(-1);
      return store.append(commit, last?.version === expected.version ? last : expected);
    };
    await run({ connect: async () => ({ ...store, append }) }).catch(() => failed.push(name));
  }
  const name = "an append that expects another commit of the right version is a conflict and writes nothing";
  assert.deepEqual(failed, [name]);
});

test("the memory store shows its outbox", async () => {
  const { engine, store } = await open();
  await engine.createPolicy(ada, terms());
  await engine.requestAccess(dev, draft());
  await engine.deliver();
  const outbox = await store.outbox();
  assert.ok(outbox.length > 0);
  assert.ok(outbox.every(({ state, attempts }) => state === "sent" && attempts === 1));
});

test("the console mailer prints mails", async () => {
  const printed = [];
  const mailer = consoleMailer({ baseUrl: "https://access.example.com", log: (mail) => printed.push(mail) });
  const { engine } = await open({ host: mailer });
  await engine.createPolicy(ada, terms());
  await engine.requestAccess(dev, draft());
  await engine.deliver();
  const mail = printed.find((it) => it.startsWith("To: Sam <sam@example.com>\n"));
  assert.match(mail, /\nSubject: .*\n\n/);
  assert.match(mail, /https:\/\/access\.example\.com\//);
});

test("a host of parts has an outbox when its store has one", () => {
  const mailer = { send: async () => {} };
  const host = createHost({ store: memoryStore(), mailer });
  assert.deepEqual(Object.keys(host).toSorted(), ["append", "claim", "erase", "find", "load", "onChange", "retry", "saveSnapshot", "send", "settle", "snapshot"]);
  const { load, append } = memoryStore();
  const bare = createHost({ store: { load, append }, mailer, now: () => 0 });
  assert.deepEqual(Object.keys(bare).toSorted(), ["append", "load", "now", "send"]);
});

test("a host has a store, and a mailer or says that it has none", async () => {
  const store = memoryStore();
  for (const [field, parts] of [
    ["mailer", { store }],
    ["mailer", { store, mailer: null }],
    ["mailer", { store, mailer: {} }],
    ["store", {}],
    ["store", { mailer: false }],
    ["store", { store: { load: async () => [] }, mailer: false }],
  ]) {
    const error = await refused("invalid_input", () => createHost(parts));
    assert.equal(error.details.field, field);
    assert.match(error.message, /give one, /);
  }
  const forgotten = await refused("invalid_input", () => createHost({ store: Promise.resolve(store), mailer: false }));
  assert.match(forgotten.message, /`await` it/);
  const host = { claim: undefined, ...createHost({ store, mailer: false }) };
  const { engine } = await open({ store, host });
  await engine.createPolicy(ada, terms());
  await engine.requestAccess(dev, draft());
  await engine.deliver();
  const waiting = await store.outbox({ state: "waiting" });
  assert.ok(waiting.length > 0);
  const elsewhere = await open({ store });
  assert.equal((await elsewhere.engine.deliver()).sent, waiting.length);
});
