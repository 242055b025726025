import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openPostgresStore } from "access-engine/stores/postgres";
import { Client, Pool } from "pg";
import { cli, tell } from "../cli.mjs";
import { startPostgres } from "./postgres.mjs";

const postgres = await startPostgres();
const folder = await mkdtemp(join(tmpdir(), "access-engine-"));
after(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true });
});

const run = (...args) => cli([...args, "--project", "acme"], { cwd: folder });

/** Runs statements as whoever may do all. */
async function sql(url, ...statements) {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement); // oxlint-disable-line no-await-in-loop
  await client.end();
}

test("PostgreSQL: the command line goes from a record to a file, and to another database", async () => {
  await sql(postgres.url, "create database copy", "create role reader login", "create role nobody login");
  const pool = new Pool({ connectionString: postgres.url, max: 2 });
  const { head, pending } = await tell(await openPostgresStore({ pool, project: "acme" }));
  await pool.end();
  const here = ["--store", postgres.url];
  const there = ["--store", postgres.url.replace(/postgres$/, "copy")];

  const missing = await run("verify", ...there);
  assert.deepEqual([missing.code, missing.stderr.replace(/\d{4,}/, "PORT")], [3, "access-engine: postgres://127.0.0.1:PORT/copy has no record: no store was opened there\n"]);
  assert.equal((await run("export", "--out", "acme.ndjson", ...here)).code, 0);
  const imported = await run("import", "acme.ndjson", "--head", `${head.version}:${head.hash}`, ...there);
  assert.match(imported.stdout, new RegExp(`^${head.version} commits of acme imported, head ${head.version}:${head.hash}\n$`));
  assert.match((await run("verify", ...there)).stdout, /is intact/);
  assert.equal(JSON.parse((await run("stats", "--json", ...there)).stdout).undelivered, 0);
  assert.match((await run("explain", pending, ...there)).stdout, /can approve now: Ada/);
  assert.match((await run("tick", ...there)).stdout, /^Nothing is due/);
  const delivered = await run("deliver", "--console", "--base-url", "https://access.example.com", ...here);
  assert.match(delivered.stdout, /^\d+ messages delivered, \d+ dropped, 0 left$/m);

  await sql(there[1], "grant select on all tables in schema public to reader", "update access_commits set data = replace(data::text, '/payments/stripe', '/payments/adyen')::json where version = 3");
  const as = (role) => ["--store", there[1].replace("//postgres@", `//${role}@`)];
  const changed = await run("verify", ...as("reader"));
  assert.deepEqual([changed.code, /is broken at commit 3: /.test(changed.stdout)], [1, true]);
  const refused = await run("verify", ...as("nobody"));
  assert.deepEqual([refused.code, refused.stdout], [3, ""]);
  assert.match(refused.stderr, /^access-engine: the store \S+ cannot be used: .*permission denied for table access_schema.*\n$/);
});
