/**
 * A record in the browser, by IndexedDB.
 *
 * @module access-engine/stores/indexed-db
 */
import type { AccessStore } from "../host.js";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Commit, Head, Snapshot } from "../types.js";
import { checkLast } from "./last.js";
import { withoutProblem, withoutTextsOf } from "./erasing.js";
import { choose, claimedOf, held, type Kept, messagesOf, retried, settled, shown, SHOWN } from "./outbox.js";
import { erases } from "./sought.js";

/**
 * A record in the browser's IndexedDB: it survives a reload, and the tabs of one origin share it. It keeps no index: a history is
 * read commit by commit.
 */
export interface IndexedDbStore extends Required<Omit<AccessStore, "find">> {
  /** Closes the database; the store is of no use any more. */
  close(): Promise<void>;
}

interface Schema extends DBSchema {
  commits: { key: number; value: Commit };
  // The key is the place in the record: messages sort as they were written.
  messages: {
    key: [version: number, place: number];
    value: Message;
    indexes: { id: [noticeId: string, recipientId: string]; dueAt: number; heldUntil: number };
  };
  snapshots: { key: number; value: Snapshot };
}

/** A message of the outbox, with its place in the record. */
interface Message extends Kept {
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
  if (typeof indexedDB === "undefined") {
    throw new Error("there is no IndexedDB here: outside of browsers use another store, such as `access-engine/stores/sqlite`");
  }
  const connection = reopening(name);
  await connection.database();
  const channel = new BroadcastChannel(`access-engine:${name}`);

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
    async claim(claim) {
      const database = await connection.database();
      const { store, done } = database.transaction("messages", "readwrite");
      const [due, busy] = await Promise.all([
        store.index("dueAt").getAll(IDBKeyRange.upperBound(claim.at)),
        store.index("heldUntil").getAll(IDBKeyRange.lowerBound(claim.at, true)),
      ]);
      const recipients = new Set(busy.map(({ recipientId }) => recipientId));
      const inOrder = due.toSorted((one, other) => one.version - other.version || one.place - other.place);
      const chosen = choose(inOrder, (id) => recipients.has(id), claim.limit).map((message) => held(message, claim));
      await Promise.all([...chosen.map((message) => store.put(message)), done]);
      return chosen.map(claimedOf);
    },
    async settle(settlement) {
      const database = await connection.database();
      const { store, done } = database.transaction("messages", "readwrite");
      const message = await store.index("id").get([settlement.noticeId, settlement.recipientId]);
      const after = message && settled(message, settlement);
      await Promise.all([after && store.put(after), done]);
    },
    async retry(at) {
      await changeEach(await connection.database(), (message) => retried(message, at));
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
      await changeEach(database, (message) => withoutProblem(subjectId, message));
    },
    async snapshot() {
      const database = await connection.database();
      return (await database.transaction("snapshots").store.openCursor(null, "prev"))?.value;
    },
    async saveSnapshot(snapshot) {
      const database = await connection.database();
      const transaction = database.transaction(["commits", "snapshots"], "readwrite");
      const snapshots = transaction.objectStore("snapshots");
      const later = await transaction.objectStore("commits").getAll(IDBKeyRange.lowerBound(snapshot.version, true));
      const kept = later.some(erases) ? [] : [snapshots.delete(IDBKeyRange.upperBound(snapshot.version)), snapshots.put(snapshot)];
      await Promise.all([...kept, transaction.done]);
    },
    async outbox({ state, limit = SHOWN } = {}) {
      const database = await connection.database();
      const all = (await database.getAll("messages")).map(shown);
      return all.filter((message) => state === undefined || message.state === state).slice(0, limit);
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

/** Changes messages for which nothing is settled. */
async function changeEach(database: IDBPDatabase<Schema>, change: (message: Message) => Message | undefined): Promise<void> {
  const { store, done } = database.transaction("messages", "readwrite");
  const changed = (await store.getAll()).filter(({ settledAt }) => settledAt === undefined).map(change);
  await Promise.all([...changed.map((message) => message && store.put(message)), done]);
}

/** Checks what is there and writes commit and notices in one transaction, on disk when done. */
async function append(database: IDBPDatabase<Schema>, commit: Commit, expected: Head): Promise<void> {
  const transaction = database.transaction(["commits", "messages"], "readwrite", { durability: "strict" });
  try {
    const commits = transaction.objectStore("commits");
    checkLast((await commits.openCursor(null, "prev"))?.value, expected);
    const messages = transaction.objectStore("messages");
    const added = messagesOf(commit).map((message, place) => messages.add({ ...message, version: commit.version, place }));
    await Promise.all([...added, commits.add(commit), transaction.done]);
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
    const database = await openDB<Schema>(name, 3, {
      upgrade(created, before) {
        if (before < 1) created.createObjectStore("commits", { keyPath: "version" });
        if (before < 2) created.createObjectStore("snapshots", { keyPath: "version" });
        // An outbox of before version 3 cannot be read: what it had not sent is not sent.
        for (const old of ["outbox", "settled"] as never[]) if (before > 0) created.deleteObjectStore(old);
        const messages = created.createObjectStore("messages", { keyPath: ["version", "place"] });
        messages.createIndex("id", ["noticeId", "recipientId"], { unique: true });
        messages.createIndex("dueAt", "dueAt");
        messages.createIndex("heldUntil", "heldUntil");
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
