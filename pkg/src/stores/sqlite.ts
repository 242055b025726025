/**
 * A record in an SQLite file, in Node: nothing to install beside the library `@libsql/client`.
 *
 * @module access-engine/stores/sqlite
 */
import type { Client } from "@libsql/client";
import type { AccessStore } from "../host.js";
import { checkPart, checkProject, known } from "../reading.js";
import { openRecord } from "./sqlite-record.js";
import type { Database } from "./sqlite-tables.js";

/** What a store in SQLite needs. */
export interface SqliteStoreOptions {
  /** The file, opened by `createClient({ url: "file:access.db" })` for this store alone; the caller closes it. */
  client: Client;
  /** The project whose record it is; a file may have many. */
  project: string;
}

/** A record in an SQLite file, which any number of processes on one machine may share. */
export interface SqliteStore extends Required<AccessStore> {}

/**
 * Opens the record of a project in an SQLite file, and makes or migrates the tables where they are missing or older.
 *
 * A commit and its notices are on disk when `append` is done. Beside them `access_requests` and `access_grants` are kept in
 * the same transaction, a row each, for whoever reports by SQL; times are in milliseconds since 1970.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { client, project } = known(options, "client", "project");
  checkPart(client, "client", ["execute", "batch"], 'give `createClient({ url: "file:access.db" })`');
  checkProject(project);
  const database = await connected(client);
  const { head, ...store } = await openRecord(database, project);
  return {
    ...store,
    async erase(erasure) {
      await store.erase(erasure);
      // What the log still had of it goes, too, unless somebody is reading it: then with a later commit.
      await database.read({ sql: "pragma wal_checkpoint(truncate)", args: {} });
    },
    async onChange(listener) {
      let seen = (await head())?.version ?? 0;
      const timer = setInterval(async () => {
        // Where it cannot be read now, it can later.
        const version = (await head().catch(() => undefined))?.version ?? 0;
        if (version <= seen) return;
        seen = version;
        listener(version);
      }, LOOKS_AFTER);
      (timer as { unref?(): void }).unref?.();
      return () => clearInterval(timer);
    },
  };
}

/** How often a file is looked at for commits of others, in milliseconds: the last version is found by an index. */
const LOOKS_AFTER = 200;

/** How long a statement is tried while other processes write, in milliseconds: a commit takes a few. */
const PATIENCE = 10_000;

/** How long the library waits within a try, in milliseconds: nothing else runs in this process meanwhile. */
const AT_ONCE = 20;

/**
 * One connection of the client, as far as nobody else uses it: one call after the other. It waits for other processes; a
 * connection that was refused can do nothing more, and is replaced.
 */
async function connected(client: Client): Promise<Database> {
  // What is erased is not left in the file.
  const prepare = (): Promise<void> => client.executeMultiple(`pragma busy_timeout = ${AT_ONCE}; pragma secure_delete = on`);
  await prepare();

  async function insist<T>(call: () => Promise<T>): Promise<T> {
    const end = Date.now() + PATIENCE;
    // oxlint-disable no-await-in-loop -- one try after the other
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!isBusy(error) || Date.now() >= end) throw error;
        await client.reconnect();
        await prepare();
        await untilFree(end);
      }
    }
    // oxlint-enable no-await-in-loop
  }

  /** Waits until it is nobody's turn to write; what is run as a text leaves nothing behind where it is refused. */
  async function untilFree(end: number): Promise<void> {
    // oxlint-disable no-await-in-loop -- one try after the other
    do {
      // SQLite has no queue: whoever comes by chance is as likely to be next as the others.
      await pause(AT_ONCE * Math.random());
      try {
        return await client.executeMultiple("begin immediate; rollback");
      } catch (error) {
        if (!isBusy(error)) throw error;
      }
    } while (Date.now() < end);
    // oxlint-enable no-await-in-loop
  }

  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(call: () => Promise<T>): Promise<T> {
    const result = last.then(() => insist(call));
    last = result.catch(() => {});
    return result;
  }
  let isWal: Promise<unknown> | undefined;
  return {
    read: async (statement) => (await inTurn(() => client.execute(statement))).rows,
    async write(statements) {
      // Readers and a writer are not in each other's way then. Whoever only reads changes nothing.
      await (isWal ??= inTurn(() => client.execute("pragma journal_mode = wal")).catch((error: unknown) => {
        isWal = undefined;
        throw error;
      }));
      return (await inTurn(() => client.batch(statements, "write"))).map(({ rows }) => rows);
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function isBusy(error: unknown): boolean {
  return String((error as { code?: unknown } | null)?.code).startsWith("SQLITE_BUSY");
}
