import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openPostgresStore } from "access-engine/stores/postgres";
import { storeCases } from "access-engine/testing";
import { Pool } from "pg";
import { assertRows, expectedTables, tellStory } from "../reports.mjs";
import { startPgbouncer, startPostgres } from "./postgres.mjs";

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
  await assert.rejects(modest(), /permission denied for schema public/);
  await openPostgresStore({ pool: owner, project: "acme" });
  await owner.query("grant select, insert, update, delete on all tables in schema public to modest");
  assert.deepEqual(await (await modest()).load(0, 1), []);
});

test("PostgreSQL: where nobody listens, opening says so, and nothing hangs", async () => {
  const wrong = pool("postgres://postgres@127.0.0.1:1/postgres");
  await assert.rejects(openPostgresStore({ pool: wrong, project: "acme" }), /ECONNREFUSED/);
});
