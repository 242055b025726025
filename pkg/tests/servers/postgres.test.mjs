import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { openPostgresStore } from "access-engine/stores/postgres";
import { storeCases } from "access-engine/testing";
import { Pool } from "pg";
import { assertRows, expectedTables, tellStory } from "../reports.mjs";
import { ada, grantAccess, open, query, refused, terms } from "../support.mjs";
import { writeAtOnce } from "../writers/many.mjs";
import { startPgbouncer, startPostgres, startStandby } from "./postgres.mjs";

const postgres = await startPostgres();
const pgbouncer = await startPgbouncer(postgres.port);
const pools = [];
after(async () => {
  await Promise.all(pools.map((made) => made.end()));
  await pgbouncer.stop();
  await postgres.stop();
});

function pool(url, options = {}) {
  const made = new Pool({ connectionString: url, max: 4, ...options });
  made.on("error", () => {});
  pools.push(made);
  return made;
}

// Through PgBouncer nothing is heard.
const listen = pool(postgres.url, { max: 1 });

let projects = 0;
/** A project of its own for each case. */
function record(shared) {
  projects += 1;
  const project = `conformance-${projects}`;
  return { connect: () => openPostgresStore({ pool: shared, project, listen }) };
}

for (const [through, url] of [["PostgreSQL", postgres.url], ["PgBouncer", pgbouncer.url]]) {
  const shared = pool(url);
  for (const { name, run } of storeCases) {
    test(`${through}: ${name}`, () => run(record(shared)));
  }
}

/** A database of its own, empty. */
async function database(name) {
  await pool(postgres.url).query(`create database ${name}`);
  return postgres.url.replace(/postgres$/, name);
}

test("PostgreSQL: the tables for reports say what the engine says", async () => {
  const own = pool(await database("reports"));
  const { engine } = await tellStory(await openPostgresStore({ pool: own, project: "acme" }));
  for (const { table, expected } of await expectedTables(engine)) {
    // oxlint-disable-next-line no-await-in-loop -- one table after the other
    assertRows((await own.query(`select * from ${table}`)).rows, expected);
  }
  await engine.close();
});

test("PostgreSQL: servers that start at once make the tables once", async () => {
  const url = await database("together");
  const stores = await Promise.all(Array.from({ length: 8 }, () => openPostgresStore({ pool: pool(url, { max: 1 }), project: "acme" })));
  assert.deepEqual(await Promise.all(stores.map((store) => store.load(0, 1))), stores.map(() => []));
  const { rows } = await pool(url).query("select version from access_schema");
  assert.deepEqual(rows, [{ version: 1 }]);
});

test("PostgreSQL: tables of a newer package are left alone", async () => {
  const own = pool(await database("newer"));
  await openPostgresStore({ pool: own, project: "acme" });
  await own.query("insert into access_schema (version) values (99)");
  await assert.rejects(openPostgresStore({ pool: own, project: "acme" }), /tables of version 99, and this package knows 1: install a newer one/);
});

test("PostgreSQL: a role that may only read and write opens what another has made, and without tables is told what is missing", async () => {
  const url = await database("modest");
  const owner = pool(url);
  await owner.query("create role modest login");
  const modest = () => openPostgresStore({ pool: pool(url.replace("//postgres@", "//modest@")), project: "acme" });
  await assert.rejects(modest(), /cannot be opened: permission denied for schema public: open it once as a role that may create tables/);
  await openPostgresStore({ pool: owner, project: "acme" });
  await owner.query("grant select, insert, update, delete on all tables in schema public to modest");
  const store = await modest();
  assert.deepEqual(await store.load(0, 1), []);
  await owner.query("revoke insert on access_commits from modest");
  const { engine } = await open({ store: await openPostgresStore({ pool: owner, project: "acme" }) });
  const { engine: bound } = await open({ store });
  const error = await refused("host_failed", bound.createPolicy(ada, terms()));
  assert.match(error.message, /`append` failed: permission denied for table access_commits/);
  await engine.createPolicy(ada, terms());
  assert.equal(await bound.refresh(), 2);
  assert.equal((await bound.verify()).intact, true);
});

test("PostgreSQL: of a connection string that is wrong, opening says in what, and nothing hangs", async () => {
  for (const [url, said] of [
    ["postgres://postgres@127.0.0.1:1/postgres", /ECONNREFUSED 127\.0\.0\.1:1: is the pool's connection string right/],
    ["postgres://postgres@no-such-host.invalid/postgres", /no-such-host\.invalid: is the pool's connection string right/],
    ["postgres://127.0.0.1:99999/postgres", /cannot be opened: Invalid URL/],
    [postgres.url.replace(/postgres$/, "elsewhere"), /cannot be opened: database "elsewhere" does not exist$/],
    [postgres.url.replace("//postgres@", "//nobody@"), /cannot be opened: role "nobody" does not exist$/],
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- one case after the other
    await assert.rejects(openPostgresStore({ pool: pool(url), project: "acme" }), said);
  }
});

test("PostgreSQL: what is missing is named", async () => {
  for (const [field, options] of [["pool", undefined], ["pool", { project: "acme" }], ["project", { pool: pool(postgres.url) }]]) {
    // oxlint-disable-next-line no-await-in-loop -- one case after the other
    assert.equal((await refused("invalid_input", openPostgresStore(options))).details.field, field);
  }
});

test("PostgreSQL: what one server revokes, another that listens denies at once, and again after its connection was cut", async () => {
  const url = await database("freshness");
  const [shared, listening] = [pool(url), pool(url, { max: 1, application_name: "listening" })];
  const connect = () => openPostgresStore({ pool: shared, project: "acme", listen: listening });
  // Far apart looks: what is seen was heard.
  const { engine } = await open({ store: await connect(), pollSeconds: 3600 });
  const { engine: other } = await open({ store: await connect(), pollSeconds: 3600 });
  await engine.createPolicy(ada, terms());
  for (const isCut of [false, true]) {
    // oxlint-disable no-await-in-loop -- one after the other
    if (isCut) await shared.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listening'");
    const grantId = await grantAccess(engine);
    await until(() => other.version === engine.version && other.evaluate(query).decision);
    await engine.revokeGrant(ada, { grantId, reason: "Done." });
    await until(() => !other.evaluate(query).decision);
    // oxlint-enable no-await-in-loop
  }
  await Promise.all([engine.close(), other.close()]);
});

test("PostgreSQL: a connection that could not listen is given back, and another listens", async () => {
  const url = await database("ear");
  const own = pool(url, { max: 1 });
  let fails = true;
  const failing = {
    async connect() {
      const connection = await own.connect();
      // As a standby answers that is not promoted yet.
      if (fails) connection.query = () => Promise.reject(new Error("cannot execute LISTEN during recovery"));
      fails = false;
      return connection;
    },
  };
  const others = pool(url);
  const { engine } = await open({ store: await openPostgresStore({ pool: others, listen: failing, project: "acme" }), pollSeconds: 0.2 });
  const listening = async () => (await others.query("select 1 from pg_stat_activity where query like 'listen %' and datname = current_database()")).rowCount;
  // oxlint-disable-next-line no-await-in-loop -- one look after the other
  for (let looks = 0; (await listening()) === 0; looks += 1) {
    assert.ok(looks < 100, "nobody listens");
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await wait(100);
  }
  await engine.close();
});

test("PostgreSQL: a primary that is lost takes nothing with it that was acknowledged", async () => {
  const primary = await startPostgres({ wal_level: "replica", max_wal_senders: "4" });
  const standby = await startStandby(primary);
  // As a name or a proxy that leads to whichever is the primary.
  let now = pool(primary.url);
  const moving = { query: (...asked) => now.query(...asked), connect: () => now.connect() };
  const { engine } = await open({ store: await openPostgresStore({ pool: moving, project: "acme" }), clock: { now: Date.now() }, hostTimeoutSeconds: 5 });
  await engine.createPolicy(ada, terms());
  const acknowledged = [];
  const over = new AbortController();
  let wasRefused = false;
  const commands = (async () => {
    for (let number = 0; !over.signal.aborted; number += 1) {
      const change = { upsertSubject: { type: "user", id: `dev-${number}`, name: "Dev" } };
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await engine.syncDirectory(ada, { changes: [change] }).then(
        ({ version }) => acknowledged.push([version, `dev-${number}`]),
        () => (wasRefused = true),
      );
    }
  })();
  await until(() => acknowledged.length > 20);
  await primary.crash();
  await until(() => wasRefused);
  const before = acknowledged.length;
  await standby.promote();
  now = pool(standby.url);
  await until(() => acknowledged.length > before + 20);
  over.abort();
  await commands;
  const { engine: anew } = await open({ store: await openPostgresStore({ pool: now, project: "acme" }) });
  assert.equal((await anew.verify()).intact, true);
  const stored = new Map((await now.query("select version, data -> 'events' -> 0 -> 'subject' ->> 'id' as id from access_commits")).rows.map(({ version, id }) => [Number(version), id]));
  assert.deepEqual(acknowledged.map(([version]) => stored.get(version)), acknowledged.map(([, id]) => id));
  await Promise.all([engine.close(), anew.close()]);
  await standby.stop();
  await primary.stop();
});

test("PostgreSQL: processes that are killed while they write to one record lose nothing", async () => {
  const figures = await writeAtOnce({ url: await database("writers"), project: "acme", processes: 4, commands: 80, killEveryMs: 3000 });
  // How often they meet is up to the machine: `tests/writers/main.mjs` prints it.
  assert.ok(figures.accepted > 40 && figures.grants > 0, JSON.stringify(figures));
});

/** Waits until it is so, for 30 seconds at most. */
async function until(isSo) {
  for (let looks = 0; !isSo(); looks += 1) {
    assert.ok(looks < 3000, "it never comes");
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await wait(10);
  }
}
