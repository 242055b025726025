// oxlint-disable no-await-in-loop -- one case after the other
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { init } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import { ada, deferred, dev, draft, open, query, refused, START, stripe, terms } from "./support.mjs";

// The one trap that can be had without a fault in the engine: its memory runs out. Both engines are opened before.
const opened = {};
before(async () => {
  const { initSync } = await import(new URL("../dist/wasm/access_engine.js", import.meta.url));
  await init();
  for (const where of ["call", "callback"]) {
    opened[where] = await waiting();
  }
  exhaust(initSync({ module: new Uint8Array() }).memory);
});

/** An engine with three calls in flight. */
async function waiting() {
  const store = memoryStore();
  const gate = deferred();
  let load = store.load;
  const { engine } = await open({ store, host: { load: (after) => load(after) }, hostTimeoutSeconds: 1 });
  await engine.createPolicy(ada, terms());
  load = () => gate.promise;
  const inFlight = [engine.refresh(), engine.requestAccess(dev, draft()), engine.tick()];
  return { engine, store, gate, inFlight };
}

async function isPoisoned({ engine, store, inFlight }) {
  for (const call of inFlight) {
    await refused("engine_poisoned", call);
  }
  await refused("engine_poisoned", () => engine.isAllowed({ subject: "dev" }, "read", stripe, { at: START }));
  await refused("engine_poisoned", engine.createPolicy(ada, terms()));
  engine.free();
  assert.equal((await store.load(0, 1000)).length, 2);
}

test("a trap in a call poisons its engine: all that is in flight is refused, and all that comes", async () => {
  const large = { ...query, context: { text: "x".repeat(1 << 24) } };
  const error = await refused("engine_poisoned", () => opened.call.engine.evaluate(large));
  assert.ok(error.cause instanceof Error);
  assert.equal(error.fault, "bug");
  await isPoisoned(opened.call);
});

test("a trap after a callback does so too, and is no uncaught exception", async () => {
  opened.callback.gate.resolve(["x".repeat(1 << 24)]);
  await isPoisoned(opened.callback);
});

/** Takes all memory that the engines could still get. */
function exhaust(memory) {
  for (let pages = 1 << 15; pages >= 1; ) {
    try {
      memory.grow(pages);
    } catch {
      pages >>= 1;
    }
  }
}
