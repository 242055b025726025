// oxlint-disable no-await-in-loop -- one case after the other
import assert from "node:assert/strict";
import { test } from "node:test";
import { AccessError, isAccessError } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import { ada, deferred, dev, draft, open, query, refused, START, stripe, terms } from "./support.mjs";

/** An engine whose appends wait until they are let through. */
async function gated(options) {
  const store = memoryStore();
  const gate = { ...deferred(), closed: false, reached: deferred() };
  const append = async (commit, expected) => {
    if (gate.closed) {
      gate.reached.resolve();
      await gate.promise;
    }
    await store.append(commit, expected);
  };
  const opened = await open({ store, host: { append }, ...options });
  gate.closed = true;
  return { ...opened, gate };
}

test("an engine that was freed refuses everything with `engine_closed`; freeing twice is harmless", async () => {
  const { engine } = await open();
  engine.free();
  engine.free();
  engine[Symbol.dispose]();
  const calls = [
    () => engine.createPolicy(ada, terms()),
    () => engine.tick(),
    () => engine.refresh(),
    () => engine.deliver(),
    () => engine.verify(),
    () => engine.evaluate(query),
    () => engine.isAllowed({ subject: "dev" }, "read", stripe),
    () => engine.inbox(dev),
    () => engine.nextWakeAt(),
    () => engine.head(),
    () => engine.version,
  ];
  for (const call of calls) {
    await refused("engine_closed", call);
  }
});

test("a command that was refused rejects and never throws", async () => {
  const { engine } = await open();
  engine.free();
  const promise = engine.createPolicy(ada, terms());
  assert.ok(promise instanceof Promise);
  await refused("engine_closed", promise);
});

test("freed while commands are pending: what is with the host tells the truth, what waits is refused", async () => {
  const { engine, store, gate } = await gated();
  const appending = engine.createPolicy(ada, terms());
  const waiting = engine.requestAccess(dev, draft());
  await gate.reached.promise;
  engine.free();
  gate.resolve();
  assert.match((await appending).policyId, /^pol_/);
  await refused("engine_closed", waiting);
  assert.equal((await store.load(0, 1000)).length, 2);
});

test("freed inside a callback: the call that called back ends first", async () => {
  let engine;
  let free = false;
  const now = () => {
    if (free) engine.free();
    return START;
  };
  ({ engine } = await open({ host: { now } }));
  free = true;
  assert.equal(engine.evaluate(query).decision, false);
  await refused("engine_closed", () => engine.evaluate(query));
});

test("what is no signal is refused, for it could stop nothing", async () => {
  const { engine } = await open();
  for (const signal of [{}, { aborted: true }, "x", null, new AbortController()]) {
    const error = await refused("invalid_input", engine.createPolicy(ada, terms(), { signal }));
    assert.equal(error.details.field, "signal");
  }
  await engine.createPolicy(ada, terms(), { signal: new AbortController().signal });
});

test("a signal stops a command until its commit is with the host, and never after", async () => {
  const { engine, store, gate } = await gated();
  const reason = new Error("the page was left");

  const before = AbortSignal.abort(reason);
  const error = await refused("aborted", engine.createPolicy(ada, terms(), { signal: before }));
  assert.equal(error.cause, reason);

  const [first, second] = [new AbortController(), new AbortController()];
  const appending = engine.createPolicy(ada, terms(), { signal: first.signal });
  const waiting = engine.requestAccess(dev, draft(), { signal: second.signal });
  await gate.reached.promise;
  first.abort();
  second.abort();
  gate.resolve();
  assert.match((await appending).policyId, /^pol_/);
  await refused("aborted", waiting);
  assert.equal((await store.load(0, 1000)).length, 2);
});

test("a command that waits is aborted at once, and not at its turn", async () => {
  const { engine, store, gate } = await gated();
  const controller = new AbortController();
  const appending = engine.createPolicy(ada, terms());
  const waiting = engine.requestAccess(dev, draft(), { signal: controller.signal });
  await gate.reached.promise;
  const reason = new Error("the page was left");
  controller.abort(reason);
  assert.equal((await refused("aborted", waiting)).cause, reason);
  gate.resolve();
  await appending;
  await engine.tick();
  assert.equal((await store.load(0, 1000)).length, 2);
});

async function openAndFree(times) {
  for (let count = 0; count < times; count += 1) {
    const { engine } = await open();
    await engine.createPolicy(ada, terms());
    engine.free();
  }
}

test("engines are opened and freed without end in bounded memory", async () => {
  const { init } = await import("access-engine");
  const { initSync } = await import(new URL("../dist/wasm/access_engine.js", import.meta.url));
  await init();
  const { memory } = initSync({ module: new Uint8Array() });
  await openAndFree(50);
  const before = memory.buffer.byteLength;
  await openAndFree(500);
  assert.equal(memory.buffer.byteLength, before);
});

test("an error says its code, its fault and its details, and is known to another copy of the package", async () => {
  const { engine } = await open();
  await engine.createPolicy(ada, terms());
  await engine.requestAccess(dev, draft());
  const error = await refused("duplicate_request", engine.requestAccess(dev, draft()));
  assert.ok(error instanceof AccessError && error instanceof Error);
  assert.equal(error.name, "AccessError");
  assert.equal(error.fault, "state");
  assert.match(error.details.requestId, /^req_/);
  assert.match(error.stack, /lifecycle\.test\.mjs/);

  const copy = await import(new URL("../dist/error.js?copy", import.meta.url));
  assert.notEqual(copy.AccessError, AccessError);
  assert.ok(copy.isAccessError(error));
  assert.ok(copy.isAccessError(error, "duplicate_request"));
  assert.ok(!copy.isAccessError(error, "not_found"));
  for (const other of [undefined, null, 7, "duplicate_request", {}, new Error("no"), { code: "duplicate_request" }]) {
    assert.ok(!isAccessError(other));
  }
});
