// Every callback of a host goes wrong in every way there is, while people are at work. Nothing is lost, nothing happens twice, and
// each command answers or says why it does not.
// oxlint-disable no-await-in-loop -- one command after the other
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { AccessEngine, createHost, isAccessError } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import { ada, dev, draft, HOUR, sam, START, terms } from "./support.mjs";

const TIMEOUT = 0.1;
const LATE = 1000 * TIMEOUT * 1.5;
const fault = () => Promise.reject(new Error("the network is down"));

/** How a callback goes wrong: what it does with the real one. */
const FAULTS = {
  "fails before it took effect": () => fault(),
  "fails after it took effect": async (real) => {
    await real();
    return fault();
  },
  "hangs before it took effect": () => new Promise(() => {}),
  "hangs after it took effect": async (real) => {
    await real();
    return new Promise(() => {});
  },
  "answers late": async (real) => {
    await wait(LATE);
    return real();
  },
  "is carried out twice": async (real) => {
    await real();
    return real();
  },
  "answers nonsense": async (real) => {
    await real();
    return { toJSON: () => assert.fail("nobody reads it"), length: -1 };
  },
};

const CALLBACKS = ["load", "append", "send", "claim", "settle", "retry", "find", "erase", "snapshot", "saveSnapshot"];

/** What a host may be refused for. */
const CODES = new Set(["host_failed", "host_timeout", "corrupt_record", "conflict", "version_not_read"]);

/** A host on which one callback goes wrong as long as somebody wants it to. */
function faulty(store, clock, sent, callback, goesWrong) {
  const mailer = { send: async ({ id }) => void sent.push(id) };
  const host = createHost({ store, mailer, now: () => clock.now });
  const state = { isOn: false, calls: 0 };
  const real = host[callback].bind(host);
  host[callback] = (...args) => {
    if (!state.isOn) return real(...args);
    state.calls += 1;
    return goesWrong(() => real(...args));
  };
  return { host, state };
}

const person = (id) => ({ type: "user", id, name: id, email: `${id}@example.com` });

const open = (host) =>
  AccessEngine.open({ project: "acme", administrators: ["ada", "dev", "sam"].map(person), host, hostTimeoutSeconds: TIMEOUT, pollSeconds: 0 });

/** The receipt, or nothing where the host was the matter; whatever else comes is a fault of ours. */
async function tried(promise) {
  try {
    return await promise;
  } catch (error) {
    assert.ok(isAccessError(error) && CODES.has(error.code), `${error?.code}: ${error?.stack}`);
    return undefined;
  }
}

for (const callback of CALLBACKS) {
  for (const [name, goesWrong] of Object.entries(FAULTS)) {
    test(`${callback} ${name}`, async () => {
      const [store, clock, sent] = [memoryStore(), { now: START }, []];
      const { host, state } = faulty(store, clock, sent, callback, goesWrong);
      let engine = await open(host);
      await engine.createPolicy(ada, terms());
      await engine.syncDirectory(ada, { changes: [{ upsertSubject: person("eve") }] });
      await engine.syncDirectory(ada, { changes: [{ removeSubject: "eve" }] });
      for (let place = 0; place < 8; place += 1) await engine.syncDirectory(ada, { changes: [{ upsertSubject: person(`new-${place}`) }] });
      await engine.deliver();

      /** Everything that is asked of a host, each command by its key. */
      const ask = (number) => engine.requestAccess(dev, draft({ target: { environment: "production", path: `/payments/${number}` } }), { idempotencyKey: `ask-${number}` });
      const acts = [
        () => ask(1),
        () => ask(2),
        () => engine.deliver({ retryFailed: true }),
        () => engine.refresh(),
        () => engine.snapshot(),
        () => engine.erase(ada, { subject: "eve" }, { idempotencyKey: "erase" }),
        () => engine.history(ada, { by: dev }),
        () => ask(3),
        () => engine.deliver(),
      ];
      const acknowledged = [];
      state.isOn = true;
      for (const act of acts) {
        const answer = await tried(act());
        if (answer?.events) acknowledged.push(answer.version);
      }
      const other = await tried(open(host));
      assert.ok(state.calls > 0, "it was never called");
      await wait(2 * LATE);
      state.isOn = false;
      // What was claimed by whoever has gone is given to others.
      clock.now += HOUR;
      await tried(other?.close());

      // An engine that cannot go on says so, and another takes over.
      if ((await tried(engine.refresh())) === undefined) engine = await open(host);
      for (const number of [1, 2, 3]) await ask(number);
      await engine.erase(ada, { subject: "eve" }, { idempotencyKey: "erase" });
      await engine.deliver({ retryFailed: true });

      const commits = await store.load(0, 1000);
      assert.deepEqual(commits.map(({ version }) => version), commits.map((_, place) => place + 1));
      for (const version of acknowledged) assert.ok(version <= commits.length, `version ${version} is lost`);
      const keys = commits.map(({ idempotency }) => idempotency?.key).filter(Boolean);
      assert.deepEqual(keys.toSorted(), ["ask-1", "ask-2", "ask-3", "erase"], "each command happened once");
      assert.equal((await engine.verify()).intact, true);
      assert.ok((await store.outbox({ limit: 1000 })).every(({ state: became }) => became === "sent" || became === "dropped"));
      const told = commits.flatMap(({ notices }) => notices.flatMap(({ id, to }) => to.map((recipient) => `${id}:${recipient}`)));
      assert.deepEqual([...new Set(sent)].toSorted(), told.filter((id) => sent.includes(id)).toSorted());
      assert.ok(sent.length >= 3);
      const fresh = await open(createHost({ store, mailer: false, now: () => clock.now }));
      assert.deepEqual([fresh.version, fresh.head()], [engine.version, engine.head()]);
      assert.equal(engine.requests(sam).items.length, 3);
    });
  }
}
