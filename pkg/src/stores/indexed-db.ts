/**
 * A record in the browser, by IndexedDB.
 *
 * @module access-engine/stores/indexed-db
 */
import type { AccessStore } from "../host.js";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Commit, Head, Notice, Settlement, Snapshot } from "../types.js";
import { checkLast } from "./last.js";
import { withoutTextsOf } from "./erasing.js";
import { leftOf, type Outbox } from "./outbox.js";

export type { Outbox, OutboxEntry } from "./outbox.js";

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
  outbox: { key: [version: number, place: number]; value: Entry; indexes: { id: string; left: number } };
  settled: { key: [noticeId: string, recipientId: string]; value: Settlement };
  snapshots: { key: number; value: Snapshot };
}

/** A notice, which is in its commit; a row a notice, so that settling for one of many recipients writes little. */
interface Entry {
  version: number;
  place: number;
  id: string;
  /** For how many recipients it is not settled; absent once it is for all, and so from the index. */
  left?: number;
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
    async load(afterVersion, limit) {
      const database = await connection.database();
      return database.getAll("commits", IDBKeyRange.lowerBound(afterVersion, true), limit);
    },
    async append(commit, expected) {
      const database = await connection.database();
      await append(database, commit, expected);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none, a window does
      channel.postMessage(commit.version);
    },
    async undelivered() {
      const database = await connection.database();
      const entries = await database.getAllFromIndex("outbox", "left");
      const all = entries.toSorted((one, other) => one.version - other.version || one.place - other.place);
      return (await withSettled(database, all)).flatMap(({ notice, settled }) =>
        leftOf(notice, new Set(settled.map(({ recipientId }) => recipientId))),
      );
    },
    async settle(settlement) {
      const database = await connection.database();
      const transaction = database.transaction(["commits", "outbox", "settled"], "readwrite");
      const outbox = transaction.objectStore("outbox");
      const settled = transaction.objectStore("settled");
      const { noticeId, recipientId } = settlement;
      const [entry, isSettled] = await Promise.all([outbox.index("id").get(noticeId), settled.count([noticeId, recipientId])]);
      if (!entry?.left || isSettled) return;
      const commit = await transaction.objectStore("commits").get(entry.version);
      if (!commit?.notices[entry.place]?.to.includes(recipientId)) return;
      const { left, ...settledForAll } = entry;
      await Promise.all([settled.add(settlement), outbox.put(left > 1 ? { ...entry, left: left - 1 } : settledForAll), transaction.done]);
    },
    async erase({ subjectId, upTo }) {
      const database = await connection.database();
      const transaction = database.transaction(["commits", "snapshots"], "readwrite", { durability: "strict" });
      await transaction.objectStore("snapshots").clear();
      let cursor = await transaction.objectStore("commits").openCursor();
      while (cursor) {
        const left = withoutTextsOf(subjectId, upTo, cursor.value);
        // oxlint-disable-next-line no-await-in-loop -- a cursor goes from commit to commit
        if (left) await cursor.update(left);
        // oxlint-disable-next-line no-await-in-loop
        cursor = await cursor.continue();
      }
      await transaction.done;
    },
    async snapshot() {
      const database = await connection.database();
      return (await database.transaction("snapshots").store.openCursor(null, "prev"))?.value;
    },
    async saveSnapshot(snapshot) {
      const database = await connection.database();
      const transaction = database.transaction("snapshots", "readwrite");
      await Promise.all([
        transaction.store.delete(IDBKeyRange.upperBound(snapshot.version)),
        transaction.store.put(snapshot),
        transaction.done,
      ]);
    },
    async outbox() {
      const database = await connection.database();
      return withSettled(database, await database.getAll("outbox"));
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

/** The notices of entries, each with what became of it. */
async function withSettled(database: IDBPDatabase<Schema>, entries: Entry[]): Promise<{ notice: Notice; settled: Settlement[] }[]> {
  const read = database.transaction(["commits", "settled"]);
  const found = await Promise.all(
    entries.map(async ({ version, place, id }) => {
      const [commit, settled] = await Promise.all([
        read.objectStore("commits").get(version),
        read.objectStore("settled").getAll(IDBKeyRange.bound([id], [id, []])),
      ]);
      const notice = commit?.notices[place];
      return notice ? [{ notice, settled }] : [];
    }),
  );
  return found.flat();
}

/** Checks what is there and writes commit and notices in one transaction, on disk when done. */
async function append(database: IDBPDatabase<Schema>, commit: Commit, expected: Head): Promise<void> {
  const transaction = database.transaction(["commits", "outbox"], "readwrite", { durability: "strict" });
  try {
    const commits = transaction.objectStore("commits");
    checkLast((await commits.openCursor(null, "prev"))?.value, expected);
    const outbox = transaction.objectStore("outbox");
    const entries = commit.notices.map((notice, place) =>
      outbox.add({ version: commit.version, place, id: notice.id, left: notice.to.length }),
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
    const database = await openDB<Schema>(name, 2, {
      upgrade(created, before) {
        created.createObjectStore("snapshots", { keyPath: "version" });
        if (before > 0) return;
        created.createObjectStore("commits", { keyPath: "version" });
        const outbox = created.createObjectStore("outbox", { keyPath: ["version", "place"] });
        outbox.createIndex("id", "id", { unique: true });
        outbox.createIndex("left", "left");
        created.createObjectStore("settled", { keyPath: ["noticeId", "recipientId"] });
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
