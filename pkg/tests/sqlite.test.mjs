import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "@libsql/client";
import { openSqliteStore } from "access-engine/stores/sqlite";
import { storeCases } from "access-engine/testing";
import { assertRows, expectedTables, tellStory } from "./reports.mjs";
import { ada, open, refused, terms } from "./support.mjs";

const folder = await mkdtemp(join(tmpdir(), "access-engine-"));
after(() => rm(folder, { recursive: true }));

let files = 0;
/** A file of its own for each case; whoever connects opens it anew, as another process would. */
function record() {
  files += 1;
  const url = `file:${join(folder, `${files}.db`)}`;
  return { connect: () => openSqliteStore({ client: createClient({ url }), project: "conformance" }) };
}

for (const { name, run } of storeCases) {
  test(`SQLite: ${name}`, () => run(record()));
}

test("SQLite: the tables for reports say what the engine says", async () => {
  const client = createClient({ url: `file:${join(folder, "reports.db")}` });
  const { engine } = await tellStory(await openSqliteStore({ client, project: "acme" }));
  for (const { table, expected } of await expectedTables(engine)) {
    // oxlint-disable-next-line no-await-in-loop -- one table after the other
    assertRows((await client.execute(`select * from ${table}`)).rows, expected);
  }
  await engine.close();
});

test("SQLite: processes on one file lose nothing, and write one record", async () => {
  const url = `file:${join(folder, "processes.db")}`;
  const store = await openSqliteStore({ client: createClient({ url }), project: "acme" });
  const { engine } = await open({ store, clock: { now: Date.now() } });
  await engine.createPolicy(ada, terms());
  const writer = fileURLToPath(new URL("writer.mjs", import.meta.url));
  const run = (name) => promisify(execFile)(process.execPath, [writer, url, name, "12"], { timeout: 60_000 });
  const said = await Promise.all(["a", "b", "c", "d"].map(run));
  const acknowledged = said.flatMap(({ stdout }) => stdout.trim().split("\n").filter(Boolean));
  assert.ok(acknowledged.length > 4);
  assert.equal(new Set(acknowledged).size, acknowledged.length);
  await engine.refresh();
  assert.equal((await engine.verify()).intact, true);
  const made = engine.requests("host", { limit: 200 }).items.map(({ id }) => id);
  assert.deepEqual(made.toSorted(), acknowledged.toSorted());
  await engine.close();
});

test("SQLite: commits are on the disk when they are told", async () => {
  const client = createClient({ url: `file:${join(folder, "durable.db")}` });
  await openSqliteStore({ client, project: "acme" });
  const { rows } = await client.execute("pragma synchronous");
  assert.deepEqual(rows.map(({ synchronous }) => synchronous), [2]);
});

test("SQLite: whoever writes beside the store, the record grows at its end only", async () => {
  const client = createClient({ url: `file:${join(folder, "follow.db")}` });
  const { engine } = await open({ store: await openSqliteStore({ client, project: "acme" }) });
  const insert = (version, afterVersion, hash) =>
    client.execute({
      sql: "insert into access_commits (project, version, hash, at, earliest, data, after_version, after_hash) values ('acme', ?, 'x', 0, 0, '{}', ?, ?)",
      args: [version, afterVersion, hash],
    });
  const { version, hash } = engine.head();
  const attempts = [[version, version - 1, "x"], [version + 2, version + 1, hash], [version + 1, version, "x"], [1, 0, "x"]];
  const results = await Promise.allSettled(attempts.map((attempt) => insert(...attempt)));
  assert.deepEqual(results.map(({ reason }) => /not the end of the record/.test(reason?.message)), attempts.map(() => true));
  await insert(version + 1, version, hash);
});

test("SQLite: tables of a newer package are left alone", async () => {
  const client = createClient({ url: `file:${join(folder, "newer.db")}` });
  await openSqliteStore({ client, project: "acme" });
  await client.execute("insert into access_schema (version) values (99)");
  await assert.rejects(openSqliteStore({ client, project: "acme" }), /tables of version 99, and this package knows 1: install a newer one/);
});

test("SQLite: what is missing is named, before anything is written", async () => {
  const client = createClient({ url: ":memory:" });
  for (const [field, options] of [["client", undefined], ["client", { project: "acme" }], ["client", { client: {}, project: "acme" }], ["project", { client }]]) {
    // oxlint-disable-next-line no-await-in-loop -- one case after the other
    assert.equal((await refused("invalid_input", openSqliteStore(options))).details.field, field);
  }
  assert.deepEqual((await client.execute("select name from sqlite_master")).rows, []);
});

test("SQLite: where the disk is full nothing is written, which is said, and the engine goes on when there is room", async () => {
  const client = createClient({ url: `file:${join(folder, "full.db")}` });
  const { engine, store } = await open({ store: await openSqliteStore({ client, project: "acme" }) });
  const { rows: [{ page_count: pages }] } = await client.execute("pragma page_count");
  await client.execute(`pragma max_page_count = ${pages}`);
  const name = "n".repeat(60);
  const sync = (changes) => engine.syncDirectory(ada, { changes });
  const many = Array.from({ length: 100 }, (_, id) => ({ upsertSubject: { type: "user", id: `s${id}`, name } }));
  const error = await refused("host_failed", sync(many));
  assert.equal(error.details.callback, "append");
  assert.match(error.message, /disk is full/);
  assert.deepEqual([engine.version, (await store.load(0, 10)).length], [1, 1]);
  await client.execute("pragma max_page_count = 100000");
  assert.equal((await sync(many)).version, 2);
  assert.equal((await engine.verify()).intact, true);
});

test("SQLite: a file that is no database is not touched, and its error says so", async () => {
  const path = join(folder, "letter.db");
  await writeFile(path, "Dear reader, this is a letter and no database, as long as it may be.".repeat(20));
  const opening = async () => openSqliteStore({ client: createClient({ url: `file:${path}` }), project: "acme" });
  await assert.rejects(opening(), /not a database/);
});
