import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { AccessEngine, createHost, createPool } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import { ada, deferred, dev, draft, refused, terms } from "./support.mjs";

const administrators = [{ type: "user", id: "ada", name: "Ada" }];

/** Projects that last as long as the test, and how often each was opened. */
function projects() {
  const stores = new Map();
  const opened = [];
  const open = (project) => {
    opened.push(project);
    if (!stores.has(project)) stores.set(project, memoryStore());
    return AccessEngine.open({ project, administrators, host: createHost({ store: stores.get(project), mailer: false }) });
  };
  return { open, opened };
}

const invite = (id) => (engine) => engine.syncDirectory(ada, { changes: [{ upsertSubject: { type: "user", id, name: id } }] });

test("a pool opens the engine of a project once, for as many as use it", async () => {
  const { open, opened } = projects();
  const pool = createPool({ open });
  const versions = await Promise.all(["dev", "sam", "kim"].map((id) => pool.use("acme", async (engine) => (await invite(id)(engine)).version)));
  assert.deepEqual(versions.toSorted(), [2, 3, 4]);
  assert.deepEqual(opened, ["acme"]);
  await pool.close();
});

test("what is used least recently is closed where there are too many, and opened again when it is asked for", async () => {
  const { open, opened } = projects();
  const pool = createPool({ open, maxEngines: 2 });
  for (const project of ["a", "b", "a", "c"]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await pool.use(project, invite(`dev-${opened.length}`));
  }
  assert.deepEqual(pool.open, ["a", "c"]);
  assert.equal(await pool.use("b", (engine) => engine.version), 2);
  assert.deepEqual(opened, ["a", "b", "c", "b"]);
  assert.deepEqual(pool.open, ["c", "b"]);
  await pool.close();
});

test("where engines take more memory than they may, idle ones are closed", async () => {
  const { open } = projects();
  const pool = createPool({ open, maxBytes: 1 });
  await pool.use("a", invite("dev"));
  assert.deepEqual(pool.open, []);
  const roomy = createPool({ open, maxBytes: 2 ** 30 });
  await roomy.use("a", (engine) => assert.equal(engine.version, 2));
  assert.deepEqual(roomy.open, ["a"]);
  await Promise.all([pool.close(), roomy.close()]);
});

test("an engine that is being used is not closed, and others do not wait for it", async () => {
  const { open } = projects();
  const pool = createPool({ open, maxEngines: 1 });
  const gate = deferred();
  const long = pool.use("a", async (engine) => {
    await gate.promise;
    return (await invite("dev")(engine)).version;
  });
  assert.equal(await pool.use("b", (engine) => engine.version), 1);
  assert.deepEqual(pool.open, ["a"]);
  gate.resolve();
  assert.equal(await long, 2);
  await pool.close();
});

test("what fails to open, or while it is used, does so for whoever asked, and is tried anew", async () => {
  const { open } = projects();
  let fails = true;
  const pool = createPool({ open: (project) => (fails ? Promise.reject(new Error("away")) : open(project)) });
  await assert.rejects(pool.use("a", () => {}), /away/);
  fails = false;
  await assert.rejects(pool.use("a", () => { throw new Error("mine"); }), /mine/);
  assert.equal(await pool.use("a", (engine) => engine.version), 1);
  await pool.close();
});

test("closing waits for what is being done, and opens nothing any more", async () => {
  const { open } = projects();
  const pool = createPool({ open });
  const gate = deferred();
  let seen;
  const using = pool.use("a", async (engine) => {
    seen = engine;
    await gate.promise;
    return engine.version;
  });
  await pool.use("b", () => {});
  const closing = pool.close();
  gate.resolve();
  assert.equal(await using, 1);
  await closing;
  await refused("engine_closed", () => seen.version);
  await refused("engine_closed", pool.use("a", () => {}));
});

test("an engine that is of no use any more is opened anew", async () => {
  const { open, opened } = projects();
  const pool = createPool({ open });
  await pool.use("a", (engine) => engine.close());
  await refused("engine_closed", pool.use("a", (engine) => (engine.free(), engine.version)));
  assert.equal(await pool.use("a", (engine) => engine.version), 1);
  assert.deepEqual(opened, ["a", "a", "a"]);
  await pool.close();
});

test("no more engines are closed than have to be", async () => {
  const { open } = projects();
  const pool = createPool({ open, maxBytes: 2 * 1024 * 1024 });
  const crowd = Array.from({ length: 500 }, (_, id) => ({ upsertSubject: { type: "user", id: `dev-${id}`, name: "Dev" } }));
  const counts = [];
  for (let number = 0; number < 40; number += 1) {
    // oxlint-disable no-await-in-loop -- one after the other
    await pool.use(`project-${number}`, (engine) => engine.syncDirectory(ada, { changes: crowd }));
    await wait(1);
    counts.push(pool.open.length);
    // oxlint-enable no-await-in-loop
  }
  const most = Math.max(...counts);
  assert.ok(most < 40, `all ${most} have room`);
  assert.ok(Math.min(...counts.slice(counts.indexOf(most))) >= most - 2, counts.join());
  await pool.close();
});

test("closing waits for the mail of an engine that was closed to make room", async () => {
  const gate = deferred();
  const store = memoryStore();
  const hosts = { a: createHost({ store, mailer: { send: () => gate.promise } }), b: createHost({ store: memoryStore(), mailer: false }) };
  const pool = createPool({ open: (project) => AccessEngine.open({ project, administrators, host: hosts[project] }), maxEngines: 1 });
  await pool.use("a", async (engine) => {
    await engine.syncDirectory(ada, { changes: ["dev", "sam"].map((id) => ({ upsertSubject: { type: "user", id, name: id, email: `${id}@example.com` } })) });
    await engine.createPolicy(ada, terms());
    await engine.requestAccess(dev, draft());
  });
  await pool.use("b", () => {});
  assert.deepEqual(pool.open, ["b"]);
  let isClosed = false;
  const closing = pool.close().then(() => (isClosed = true));
  await wait(20);
  assert.equal(isClosed, false);
  gate.resolve();
  await closing;
  assert.deepEqual(await store.outbox({ state: "waiting" }), []);
});

test("a pool is told how to open an engine", async () => {
  assert.equal((await refused("invalid_input", () => createPool({}))).details.field, "open");
});
