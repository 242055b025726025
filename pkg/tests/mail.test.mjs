// oxlint-disable no-await-in-loop -- one command after the other
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { setImmediate as aTurn } from "node:timers/promises";
import { promisify } from "node:util";
import { ada, deferred, dev, draft, open, refused, terms } from "./support.mjs";

const never = () => new Promise(() => {});
const person = (id) => ({ type: "user", id, name: id, email: `${id}@example.com` });

/** A project in which Dev has asked people to review, and who has been sent to since, finished or not. */
async function asking(count, { send, ...options }) {
  const calls = [];
  let isOpen = false;
  const host = { send: (message) => (isOpen ? (calls.push(message), send(message)) : undefined) };
  const opened = await open({ host, ...options });
  const { engine } = opened;
  const ids = Array.from({ length: count }, (_, index) => `approver-${index}`);
  await engine.syncDirectory(ada, { changes: ids.map((id) => ({ upsertSubject: person(id) })) });
  const approvers = ids.map((id) => ({ subject: id }));
  await engine.createPolicy(ada, terms({ steps: [{ quorums: [{ approvers, required: 1 }] }] }));
  await engine.deliver();
  isOpen = true;
  return { ...opened, calls };
}

const target = (name) => ({ environment: "production", path: `/payments/${name}` });
const recipients = (messages) => messages.map(({ recipient }) => recipient.id);

test("a command answers when its commit is stored, however long its mail takes", async () => {
  const gate = deferred();
  const { engine, store, calls } = await asking(3, { send: () => gate.promise });
  for (const name of ["a", "b", "c"]) await engine.requestAccess(dev, draft({ target: target(name) }));
  await refused("duplicate_request", engine.requestAccess(dev, draft({ target: target("a") })));
  assert.equal((await store.load(0, 1000)).length, engine.version);
  // To each recipient one after the other: so far, one each.
  assert.deepEqual(recipients(calls), ["approver-0", "approver-1", "approver-2"]);
  gate.resolve();
  assert.deepEqual(await engine.deliver(), { sent: 9, dropped: 0, left: 0 });
  assert.equal(new Set(calls.map(({ id }) => id)).size, 9);
  assert.equal(calls.length, 9);
  assert.deepEqual(await store.outbox({ state: "waiting" }), []);
});

test("nobody waits for another whose mail hangs, and what hung is left", async () => {
  const arrived = [];
  let hangs = true;
  const send = async (message) => (hangs && message.recipient.id === "approver-0" ? never() : void arrived.push(message));
  const { engine, store } = await asking(10, { send, hostTimeoutSeconds: 0.2 });
  await engine.requestAccess(dev, draft());
  await engine.requestAccess(dev, draft({ target: target("other") }));
  assert.equal((await engine.deliver()).left, 2);
  assert.equal(arrived.length, 18);
  assert.ok(!recipients(arrived).includes("approver-0"));
  const waiting = await store.outbox({ state: "waiting" });
  assert.deepEqual(waiting.map(({ recipientId }) => recipientId), ["approver-0", "approver-0"]);
  hangs = false;
  assert.deepEqual(await engine.deliver({ retryFailed: true }), { sent: 2, dropped: 0, left: 0 });
});

test("what a mail server says is noted without what no store keeps", async () => {
  const { engine, store } = await asking(1, { send: () => Promise.reject(new Error("boom \0\n boom")) });
  await engine.requestAccess(dev, draft());
  await engine.deliver();
  assert.deepEqual((await store.outbox()).map(({ problem }) => problem).filter(Boolean), ["boom    boom"]);
});

test("mail goes to 16 recipients at once", async () => {
  const gate = deferred();
  const { engine, calls } = await asking(20, { send: () => gate.promise });
  await engine.requestAccess(dev, draft());
  await aTurn();
  assert.equal(calls.length, 16);
  gate.resolve();
  assert.equal((await engine.deliver()).sent, 20);
});

test("closing waits for what is under way: commands, and their mail", async () => {
  const gate = deferred();
  const { engine, store, calls } = await asking(2, { send: () => gate.promise });
  await engine.requestAccess(dev, draft());
  const waiting = engine.requestAccess(dev, draft({ target: target("other") }));
  let isClosed = false;
  const closing = engine.close().then(() => (isClosed = true));
  const { requestId } = await waiting;
  assert.equal(engine.explain("host", requestId).request.id, requestId);
  assert.equal(isClosed, false);
  gate.resolve();
  await closing;
  assert.equal(calls.length, 4);
  assert.deepEqual(await store.outbox({ state: "waiting" }), []);
  await refused("engine_closed", engine.deliver());
  await engine.close();
  await engine[Symbol.asyncDispose]();
});

test("mail goes out also when the engine is freed", async () => {
  const gate = deferred();
  const { engine, store } = await asking(1, { send: () => gate.promise });
  await engine.requestAccess(dev, draft());
  await engine.requestAccess(dev, draft({ target: target("other") }));
  engine.free();
  gate.resolve();
  for (let turn = 0; (await store.outbox({ state: "waiting" })).length > 0; turn += 1) assert.ok(turn < 100, "it does not go out");
});

test("mail that fails behind a command is no unhandled rejection, and keeps no process alive", async () => {
  const script = `
    import { AccessEngine, createHost } from "access-engine";
    import { memoryStore } from "access-engine/stores/memory";
    const administrators = [{ type: "user", id: "ada", name: "Ada", email: "ada@example.com" }];
    const step = { quorums: [{ approvers: [{ subject: "ada" }], required: 1 }] };
    const policy = { name: "All", targets: { paths: ["/**"] }, actions: "all", steps: [step] };
    for (const send of [() => { throw new Error("no"); }, async () => { throw new Error("no"); }, () => new Promise(() => {})]) {
      const host = createHost({ store: memoryStore(), mailer: { send } });
      const engine = await AccessEngine.open({ project: "acme", administrators, host, hostTimeoutSeconds: 0.1 });
      await engine.createPolicy({ subject: "ada" }, policy);
    }
    console.log("done");`;
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
    cwd,
    timeout: 10_000,
  });
  assert.equal(stdout, "done\n");
});
