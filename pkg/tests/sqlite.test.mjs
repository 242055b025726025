import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { createClient } from "@libsql/client";
import { AccessEngine, createHost } from "access-engine";
import { openSqliteStore } from "access-engine/stores/sqlite";
import { storeCases } from "access-engine/testing";
import { assertRows, expectedTables, tellStory } from "./reports.mjs";
import { ada, open, refused, terms } from "./support.mjs";
import { writeAtOnce } from "./writers/many.mjs";

const folder = await mkdtemp(join(tmpdir(), "access-engine-"));
after(() => rm(folder, { recursive: true }));

/** Where the system says it. */
function openFiles() {
  return existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd").length : 0;
}

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

test("SQLite: processes on one file lose nothing, write one record, and are killed without harm", { timeout: 240_000 }, async () => {
  const url = `file:${join(folder, "processes.db")}`;
  const figures = await writeAtOnce({ url, project: "acme", processes: 4, commands: 80, killEveryMs: 1000 });
  // How often they meet is up to the machine: `tests/writers/main.mjs` prints it.
  assert.ok(figures.accepted > 40 && figures.grants > 0, JSON.stringify(figures));
});

test("SQLite: while another process writes, a commit waits and this process goes on", async () => {
  const url = `file:${join(folder, "locked.db")}`;
  const { engine } = await open({ store: await openSqliteStore({ client: createClient({ url }), project: "acme" }) });
  const other = createClient({ url });
  const writing = await other.transaction("write");
  const filesBefore = openFiles();
  let turns = 0;
  const going = setInterval(() => (turns += 1), 5);
  const made = engine.createPolicy(ada, terms());
  await wait(400);
  assert.ok(turns > 5, `the process had ${turns} turns`);
  assert.ok(openFiles() < filesBefore + 10, `${filesBefore} files were open, now ${openFiles()}`);
  await writing.rollback();
  assert.equal((await made).version, engine.version);
  clearInterval(going);
  await engine.close();
});

test("SQLite: of what is erased nothing is left in the file", async () => {
  const url = `file:${join(folder, "erased.db")}`;
  const client = createClient({ url });
  const { engine } = await open({ store: await openSqliteStore({ client, project: "acme" }) });
  const xena = { type: "user", id: "xena", name: "Xena Fairweather", email: "xena.fairweather@example.com" };
  await engine.syncDirectory(ada, { changes: [{ upsertSubject: xena }] });
  await engine.syncDirectory(ada, { changes: [{ removeSubject: "xena" }] });
  const left = async () => (await Promise.all(["erased.db", "erased.db-wal"].map((name) => readFile(join(folder, name), "latin1")))).filter((text) => /fairweather/iu.test(text)).length;
  assert.ok((await left()) > 0);
  await engine.erase(ada, { subject: "xena" });
  assert.equal(await left(), 0);
  await engine.close();
});

test("SQLite: whoever only reads changes nothing", async () => {
  const client = createClient({ url: `file:${join(folder, "whole.db")}` });
  const { engine } = await open({ store: await openSqliteStore({ client, project: "acme" }) });
  const copy = join(folder, "copy.db");
  await client.execute(`vacuum into '${copy}'`);
  const before = await readFile(copy);
  const reader = await AccessEngine.open({ project: "acme", host: createHost({ store: await openSqliteStore({ client: createClient({ url: `file:${copy}` }), project: "acme" }), mailer: false }) });
  assert.equal(reader.version, engine.version);
  assert.deepEqual(await readFile(copy), before);
  await Promise.all([engine.close(), reader.close()]);
});

test("SQLite: no statement looks through a whole record", async () => {
  const client = createClient({ url: `file:${join(folder, "plans.db")}` });
  const statements = new Map();
  const noted = (statement) => statement.args?.project && statements.set(statement.sql, statement);
  const watched = new Proxy(client, {
    get(target, name) {
      if (name === "execute") return (statement) => (noted(statement), target.execute(statement));
      if (name === "batch") return (batch, mode) => (batch.forEach(noted), target.batch(batch, mode));
      return typeof target[name] === "function" ? target[name].bind(target) : target[name];
    },
  });
  const { engine } = await tellStory(await openSqliteStore({ client: watched, project: "acme" }));
  await engine.snapshot();
  await Promise.all([{ by: { subject: "dev" } }, { grantId: "grt_1" }, { from: 1, until: 2 }].map((filter) => engine.history("host", filter)));
  await engine.close();

  const looks = [];
  for (const { sql, args } of statements.values()) {
    // oxlint-disable-next-line no-await-in-loop -- one statement after the other
    const { rows } = await client.execute({ sql: `explain query plan ${sql}`, args });
    looks.push(...rows.map(({ detail }) => [sql.trim().split(" ")[0], detail]));
  }
  const wide = looks.filter(([, look]) => /^(?:SCAN|SEARCH) access_/u.test(look) && !/\(project=\? AND (?!role=\?\))/u.test(look));
  assert.deepEqual([...new Set(wide.map((it) => it.join(": ")))].toSorted(), [
    // Whether somebody was erased, the last commit, and the newest snapshot.
    "insert: SEARCH access_marks USING PRIMARY KEY (project=? AND role=?)",
    "select: SEARCH access_commits USING INDEX sqlite_autoindex_access_commits_1 (project=?)",
    "select: SEARCH access_snapshots USING COVERING INDEX sqlite_autoindex_access_snapshots_1 (project=?)",
  ]);
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
