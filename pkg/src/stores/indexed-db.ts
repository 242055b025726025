import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { AccessStore } from "../host.js";
import type { Commit, Head } from "../types.js";
import { checkLast } from "./last.js";
import type { Outbox, OutboxEntry } from "./outbox.js";

/** A record in the browser's IndexedDB: it survives a reload, and the tabs of one origin share it. */
export interface IndexedDbStore extends Required<AccessStore>, Outbox {
  /** Tells of commits that other tabs have appended: time to `refresh` their engines. Answers what ends the telling. */
  onChange(listener: (version: number) => void): () => void;
  /** Closes the database; the store is of no use any more. */
  close(): Promise<void>;
}

interface Schema extends DBSchema {
  commits: { key: number; value: Commit };
  // The key is the place in the record: entries sort as they were written.
  outbox: { key: [version: number, place: number]; value: Entry; indexes: { id: string; state: OutboxEntry["state"] } };
}

interface Entry extends OutboxEntry {
  version: number;
  place: number;
}

/**
 * Opens the record of one project in an IndexedDB database of that name.
 *
 * The library `idb` is an optional peer of this package and only imported here. A browser may throw a site's databases
 * away when the disk is full: ask for `navigator.storage.persist()` to prevent it.
 */
export async function openIndexedDbStore(name: string): Promise<IndexedDbStore> {
  const connection = reopening(name);
  const channel = new BroadcastChannel(`access-engine:${name}`);
  await connection.database();

  return {
    async load(afterVersion) {
      const database = await connection.database();
      return database.getAll("commits", IDBKeyRange.lowerBound(afterVersion, true));
    },
    async append(commit, expected) {
      const database = await connection.database();
      await append(database, commit, expected);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none, a window does
      channel.postMessage(commit.version);
    },
    async undelivered() {
      const database = await connection.database();
      return (await database.getAllFromIndex("outbox", "state", "pending")).map((entry) => entry.notice);
    },
    async settle(notice, outcome) {
      const database = await connection.database();
      const outbox = database.transaction("outbox", "readwrite").store;
      const entry = await outbox.index("id").get(notice.id);
      if (entry) await outbox.put({ ...entry, state: outcome });
    },
    async outbox() {
      const database = await connection.database();
      return (await database.getAll("outbox")).map(({ notice, state }) => ({ notice, state }));
    },
    onChange(listener) {
      const tell = ({ data }: MessageEvent<number>): void => listener(data);
      channel.addEventListener("message", tell);
      return () => channel.removeEventListener("message", tell);
    },
    async close() {
      channel.close();
      await connection.close();
    },
  };
}

/** Checks what is there and writes commit and notices in one transaction, on disk when done. */
async function append(database: IDBPDatabase<Schema>, commit: Commit, expected: Head): Promise<void> {
  const transaction = database.transaction(["commits", "outbox"], "readwrite", { durability: "strict" });
  try {
    const commits = transaction.objectStore("commits");
    checkLast((await commits.openCursor(null, "prev"))?.value, expected);
    const outbox = transaction.objectStore("outbox");
    const entries = commit.notices.map((notice, place) =>
      outbox.add({ version: commit.version, place, notice, state: "pending" }),
    );
    await Promise.all([...entries, commits.add(commit), transaction.done]);
  } catch (error) {
    // A transaction commits what it has unless it is told not to; one that has failed itself throws at being told.
    transaction.done.catch(() => {});
    try {
      transaction.abort();
    } catch {}
    throw error;
  }
}

/** A connection that gives way when the database is deleted or upgraded, and is opened anew when it is needed again. */
function reopening(name: string): { database(): Promise<IDBPDatabase<Schema>>; close(): Promise<void> } {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  let closed = false;

  async function open(): Promise<IDBPDatabase<Schema>> {
    const database = await openDB<Schema>(name, 1, {
      upgrade(created) {
        created.createObjectStore("commits", { keyPath: "version" });
        const outbox = created.createObjectStore("outbox", { keyPath: ["version", "place"] });
        outbox.createIndex("id", "notice.id", { unique: true });
        outbox.createIndex("state", "state");
      },
      blocking() {
        opened = undefined;
        database.close();
      },
      terminated() {
        opened = undefined;
      },
    });
    return database;
  }

  return {
    async database() {
      if (closed) throw new Error(`the store \`${name}\` was closed`);
      opened ??= open().catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    async close() {
      closed = true;
      (await opened)?.close();
    },
  };
}
