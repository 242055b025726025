// oxlint-disable no-await-in-loop, unicorn/no-thenable -- one case after the other, evil thenables among them
import assert from "node:assert/strict";
import { test } from "node:test";
import { AccessEngine, ConflictError } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import { ada, deferred, dev, draft, open, query, refused, START, terms } from "./support.mjs";

const never = () => new Promise(() => {});

/** A host whose `load` does this; all else works. */
const opening = (load) => AccessEngine.open({ project: "acme", host: { load }, hostTimeoutSeconds: 0.05 });

const failures = {
  "throws": () => {
    throw new Error("no");
  },
  "is rejected": async () => {
    throw new Error("no");
  },
  "throws what is no error": () => {
    throw null;
  },
  "gives a number": () => 7,
  "gives nothing": async () => {},
  "gives an object": async () => ({ length: 1, 0: {} }),
  "gives text": async () => "[]",
  "gives a circle": async () => {
    const circle = [];
    circle.push(circle);
    return circle;
  },
  "gives a bigint": async () => [{ version: 1n }],
  "gives a getter that throws": async () => [
    {
      get version() {
        throw new Error("no");
      },
    },
  ],
  "gives a proxy that throws": async () =>
    new Proxy([1], {
      get(target, key) {
        if (key === "then") return undefined;
        throw new Error("no");
      },
    }),
  "gives a `then` that throws": () => ({
    then() {
      throw new Error("no");
    },
  }),
  "gives a getter `then` that throws": () => ({
    get then() {
      throw new Error("no");
    },
  }),
  "gives a promise whose constructor throws": () =>
    Object.defineProperty(Promise.resolve([]), "constructor", {
      get() {
        throw new Error("no");
      },
    }),
  "gives a proxy that is revoked meanwhile": () => {
    const { proxy, revoke } = Proxy.revocable([], { get: () => void queueMicrotask(revoke) });
    return proxy;
  },
};

for (const [what, load] of Object.entries(failures)) {
  test(`a \`load\` that ${what} is \`host_failed\``, async () => {
    const error = await refused("host_failed", opening(load));
    assert.equal(error.details.callback, "load");
    assert.equal(error.fault, "host");
  });
}

test("a callback's error is the cause of its refusal", async () => {
  const reason = new Error("the disk is full");
  const { engine, store } = await open();
  const full = await open({ store, host: { append: () => Promise.reject(reason) } });
  const error = await refused("host_failed", full.engine.createPolicy(ada, terms()));
  assert.equal(error.cause, reason);
  assert.match(error.message, /the disk is full/);
  assert.equal(engine.version, 1);
});

test("an engine without a host says what is missing", async () => {
  const hosts = [undefined, null, 7, "host"].map((host) => ({ project: "acme", host }));
  for (const options of [undefined, {}, { project: "acme" }, ...hosts]) {
    const error = await refused("invalid_input", AccessEngine.open(options));
    assert.equal(error.details.field, "host");
    assert.match(error.message, /createHost/);
  }
});

test("callbacks that are missing or no functions are `host_failed`", async () => {
  for (const host of [{}, { load: 7 }, { load: {} }]) {
    const error = await refused("host_failed", AccessEngine.open({ project: "acme", host }));
    assert.equal(error.details.callback, "load");
  }
  const administrators = [{ type: "user", id: "ada", name: "Ada" }];
  const host = { load: async () => [] };
  const error = await refused("host_failed", AccessEngine.open({ project: "acme", administrators, host }));
  assert.equal(error.details.callback, "append");
});

test("rubbish among the commits is a corrupt record, and says where", async () => {
  const { engine, store } = await open();
  await engine.createPolicy(ada, terms());
  const [first, second] = await store.load(0, 1000);
  const unchained = { ...second, previousHash: first.previousHash };
  for (const rubbish of [7, null, {}, [], "commit", unchained, { ...second, extra: 1 }]) {
    const error = await refused("corrupt_record", opening(async () => [first, rubbish]));
    assert.equal(error.details.version, 2);
  }
  await refused("corrupt_record", opening(async () => [second]));
  await refused("corrupt_record", opening(async () => [first, first]));
  const again = await opening(async () => [first, second]);
  assert.equal(again.version, 2);
});

const twice = (value) => ({
  then(resolve, reject) {
    resolve(value);
    reject(new Error("too late"));
    resolve([]);
    throw new Error("too late");
  },
});

test("plain values and thenables settle like promises, and only once", async () => {
  const { store } = await open();
  const commits = await store.load(0, 1000);
  for (const load of [() => commits, () => twice(commits), () => Promise.resolve(twice(commits))]) {
    assert.equal((await opening(load)).version, 1);
  }
});

test("a callback that never settles is `host_timeout`, and the next command works", async () => {
  await refused("host_timeout", opening(never));
  const store = memoryStore();
  let append = store.append;
  const { engine } = await open({
    store,
    hostTimeoutSeconds: 0.05,
    host: { append: (...commit) => append(...commit) },
  });
  append = never;
  const error = await refused("host_timeout", engine.createPolicy(ada, terms()));
  assert.equal(error.details.callback, "append");
  append = store.append;
  await engine.createPolicy(ada, terms());
});

test("an append that timed out and was written after all is not lost", async () => {
  const store = memoryStore();
  let slow = false;
  const append = async (...commit) => {
    await store.append(...commit);
    if (slow) await never();
  };
  const { engine } = await open({ store, hostTimeoutSeconds: 0.05, host: { append } });
  slow = true;
  const { policyId } = await engine.createPolicy(ada, terms());
  assert.equal(engine.policies("host").items[0].id, policyId);
  assert.equal((await store.load(0, 1000)).length, engine.version);
});

test("any error named ConflictError is a lost race; after ten the command gives up", async () => {
  const store = memoryStore();
  let conflicts = 0;
  let appended = 0;
  const append = async (...commit) => {
    appended += 1;
    if (conflicts-- > 0) throw Object.assign(new Error("late"), { name: "ConflictError" });
    return store.append(...commit);
  };
  const { engine } = await open({ store, host: { append } });
  [conflicts, appended] = [9, 0];
  await engine.createPolicy(ada, terms());
  assert.equal(appended, 10);
  conflicts = Number.POSITIVE_INFINITY;
  assert.equal((await refused("conflict", engine.requestAccess(dev, draft()))).details.attempts, 10);
  assert.equal(new ConflictError({ version: 1, hash: "a" }, undefined).name, "ConflictError");
});

test("a clock that gives no whole milliseconds is `host_failed`", async () => {
  const host = { now: () => START };
  const { engine } = await open({ host: { now: () => host.now() } });
  const clocks = [
    () => NaN,
    () => 1.5,
    () => "5",
    () => undefined,
    async () => START,
    () => {
      throw new Error("stopped");
    },
  ];
  for (const clock of clocks) {
    host.now = clock;
    for (const call of [
      () => engine.createPolicy(ada, terms()),
      () => engine.evaluate(query),
      () => engine.isAllowed(query.subject, query.action, query.resource),
      () => engine.tick(),
    ]) {
      assert.equal((await refused("host_failed", call)).details.callback, "now");
    }
    assert.equal(engine.evaluate(query, { at: START }).decision, false);
  }
});

test("without a clock of the host it is the machine's", async () => {
  const before = Date.now();
  const { engine } = await open({ host: { now: undefined } });
  const { at } = await engine.createPolicy(ada, terms());
  assert.ok(before <= at && at <= Date.now());
});

test("a mailer that fails undoes nothing", async () => {
  const sends = [
    () => {
      throw new Error("no");
    },
    async () => {
      throw new Error("no");
    },
    7,
    undefined,
    never,
  ];
  for (const send of sends) {
    const { engine, store } = await open({ host: { send }, hostTimeoutSeconds: 0.02 });
    await engine.createPolicy(ada, terms());
    await engine.requestAccess(dev, draft());
    await engine.deliver();
    const waiting = await store.outbox({ state: "waiting" });
    assert.ok(waiting.length > 0 && waiting.every(({ problem }) => problem.length > 0));
    assert.deepEqual((await store.outbox()).length, waiting.length);
    assert.equal(engine.requests("host").total, 1);
  }
});

test("an outbox that gives rubbish is `host_failed`, and delivery can be tried again", async () => {
  const host = { claim: () => [{ id: 7 }] };
  const { engine } = await open({ host: { claim: (...claim) => host.claim(...claim) } });
  assert.equal((await refused("host_failed", engine.deliver())).details.callback, "claim");
  host.claim = () => 7;
  await refused("host_failed", engine.deliver());
  host.claim = () => [];
  assert.deepEqual(await engine.deliver(), { sent: 0, dropped: 0, left: 0 });
});

test("questions may be asked inside every callback", async () => {
  const store = memoryStore();
  const asked = new Set();
  let engine;
  const asking = (name, callback) => (...input) => {
    if (engine) {
      assert.equal(engine.evaluate(query, { at: START }).decision, false);
      assert.ok(engine.head().version >= 1);
      asked.add(name);
    }
    return callback(...input);
  };
  const callbacks = { ...store, send: async () => {}, now: () => START };
  delete callbacks.outbox;
  delete callbacks.onChange;
  const host = Object.fromEntries(Object.entries(callbacks).map(([name, call]) => [name, asking(name, call)]));
  ({ engine } = await open({ store, host }));
  await engine.createPolicy(ada, terms());
  await engine.requestAccess(dev, draft());
  await engine.refresh();
  await engine.deliver({ retryFailed: true });
  await engine.syncDirectory(ada, { changes: [{ removeSubject: "dev" }] });
  await engine.erase(ada, { subject: "dev" });
  // Of few commits nobody looks for some.
  for (const name of "abcdefgh") await engine.createPolicy(ada, terms({ name, targets: { environments: [name], paths: ["/**"] } }));
  await engine.history(ada, { by: ada });
  await engine.snapshot();
  await engine.verify();
  assert.deepEqual([...asked].toSorted(), Object.keys(callbacks).toSorted());
});

test("a clock that asks a question without a time ends in an error, not in harm", async () => {
  let engine;
  let depth = 0;
  const now = () => {
    if (engine === undefined || depth > 20) return START;
    depth += 1;
    const { decision } = engine.evaluate(query);
    return decision ? 0 : START;
  };
  ({ engine } = await open({ host: { now } }));
  assert.equal(engine.evaluate(query).decision, false);
  await engine.createPolicy(ada, terms());
});

test("a command awaited inside `append` waits for its own caller, until the time is up", async () => {
  const store = memoryStore();
  let engine;
  let inner;
  const append = async (commit, expected) => {
    if (engine && !inner) {
      inner = engine.createPolicy(ada, terms());
      await inner;
    }
    await store.append(commit, expected);
  };
  ({ engine } = await open({ store, host: { append }, hostTimeoutSeconds: 0.05 }));
  await refused("host_timeout", engine.createPolicy(ada, terms({ name: "Outer", actions: ["read"] })));
  await inner;
  assert.deepEqual(engine.policies("host").items.map((policy) => policy.name), ["Payments"]);
});

test("a command awaited inside `send` is carried out", async () => {
  let engine;
  let made;
  const send = async () => {
    made ??= await engine.createPolicy(ada, terms());
  };
  ({ engine } = await open({ host: { send } }));
  await engine.setAdministrators(ada, { administrators: [{ subject: "ada" }, { subject: "dev" }] });
  await engine.deliver();
  await made;
  assert.equal(engine.policies("host").total, 1);
});

test("what a host does to the commit it was given does not reach the engine", async () => {
  const store = memoryStore();
  const append = async (commit, expected) => {
    await store.append(commit, expected);
    commit.events.length = 0;
    commit.hash = "";
  };
  const { engine } = await open({ store, host: { append } });
  await engine.createPolicy(ada, terms());
  assert.equal((await engine.verify()).intact, true);
  assert.equal((await engine.history("host")).items.length > 0, true);
});

test("the time a callback may take is above 0", async () => {
  for (const hostTimeoutSeconds of [0, -1, NaN, Infinity, "5", null]) {
    await refused("invalid_input", AccessEngine.open({ project: "acme", host: {}, hostTimeoutSeconds }));
  }
  const { engine } = await open({ hostTimeoutSeconds: 1e300 });
  assert.equal(engine.version, 1);
});

test("commands queue: none overtakes another, and questions do not wait", async () => {
  const store = memoryStore();
  const gate = deferred();
  let opened = false;
  const append = async (commit, expected) => {
    if (opened) await gate.promise;
    await store.append(commit, expected);
  };
  const { engine } = await open({ store, host: { append } });
  opened = true;
  const names = ["one", "two", "three"];
  const made = names.map((name) => engine.createPolicy(ada, terms({ name, actions: [name] })));
  assert.equal(engine.evaluate(query).decision, false);
  assert.equal(engine.version, 1);
  gate.resolve();
  const receipts = await Promise.all(made);
  assert.deepEqual(receipts.map((receipt) => receipt.version), [2, 3, 4]);
});
