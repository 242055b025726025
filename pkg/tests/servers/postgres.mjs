// A PostgreSQL of the tests' own, and a PgBouncer before it.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { folder, freePort, runToEnd, start } from "./process.mjs";

const HOST = "127.0.0.1";
const USER = "postgres";

/** Settings of a cluster that is thrown away: what it writes need not reach a disk. */
const SETTINGS = { listen_addresses: HOST, fsync: "off", shared_buffers: "32MB", max_connections: "60" };

/** Starts an empty cluster. `url` names its only database. */
export async function startPostgres(settings = {}) {
  const data = await folder();
  runToEnd("initdb", ["-D", data.path, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", "--locale", "C"]);
  const port = await freePort();
  const url = `postgres://${USER}@${HOST}:${port}/postgres`;
  const options = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const run = () => start("postgres", ["-D", data.path, "-p", String(port), "-k", data.path, ...options], () => answers(url));
  let server = await run();
  return {
    url,
    port,
    data: data.path,
    /** As a machine that loses its power. */
    async crash() {
      await server.stop("SIGQUIT");
    },
    async restart() {
      server = await run();
    },
    async stop() {
      await server.stop();
      await data.remove();
    },
  };
}

/**
 * Starts a standby of a cluster, which from then on acknowledges a commit only when the standby shows it, too
 * (`synchronous_commit = remote_apply`).
 */
export async function startStandby(primary) {
  const data = await folder();
  const copy = join(data.path, "data");
  runToEnd("pg_basebackup", ["-h", HOST, "-p", String(primary.port), "-U", USER, "-D", copy, "-R", "-X", "stream", "-c", "fast", "--no-sync"]);
  const port = await freePort();
  const url = `postgres://${USER}@${HOST}:${port}/postgres`;
  const options = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = await start("postgres", ["-D", copy, "-p", String(port), "-k", copy, ...options], () => answers(url));
  await ask(primary.url, "alter system set synchronous_standby_names = '*'");
  await ask(primary.url, "alter system set synchronous_commit = 'remote_apply'");
  await ask(primary.url, "select pg_reload_conf()");
  return {
    url,
    /** Makes it the primary. */
    promote: () => ask(url, "select pg_promote(wait => true)"),
    async stop() {
      await server.stop();
      await data.remove();
    },
  };
}

/** Starts a PgBouncer in transaction mode before that port. */
export async function startPgbouncer(target) {
  const own = await folder();
  const port = await freePort();
  await writeFile(join(own.path, "users.txt"), `"${USER}" ""\n`);
  await writeFile(
    join(own.path, "pgbouncer.ini"),
    `[databases]
postgres = host=${HOST} port=${target} dbname=postgres user=${USER}
[pgbouncer]
listen_addr = ${HOST}
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(own.path, "users.txt")}
pool_mode = transaction
default_pool_size = 4
max_client_conn = 200
`,
  );
  const url = `postgres://${USER}@${HOST}:${port}/postgres`;
  const server = await start("pgbouncer", [join(own.path, "pgbouncer.ini")], () => answers(url));
  return {
    url,
    async stop() {
      await server.stop();
      await own.remove();
    },
  };
}

async function answers(url) {
  return (await ask(url, "select 1")).length === 1;
}

/** Asks by a connection of its own. */
async function ask(url, sql) {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
