import type { AccessStore, Commit } from "access-engine";
import { openIndexedDbStore } from "access-engine/stores/indexed-db";
import { deleteDB, type IDBPDatabase, openDB } from "idb";
import { PROJECT } from "./company.ts";

const DATABASE = `access-engine-demo:${PROJECT}`;
const TABLES = ["commits", "messages", "snapshots"];
/** More than any record here has. */
export const ALL = 2 ** 31;

/** Where the record is kept. */
export type CommitStore = Required<Omit<AccessStore, "find">>;

/** Opens the record of this browser. */
export function openStore(): Promise<CommitStore> {
  return openIndexedDbStore(DATABASE);
}

/** Puts a record in place of the one of this browser; what it has told counts as delivered. */
export async function replaceRecord(record: readonly Commit[]): Promise<void> {
  // It makes the tables where there are none.
  await (await openIndexedDbStore(DATABASE)).close();
  await inDatabase(async (database) => {
    const writing = database.transaction(TABLES, "readwrite");
    await Promise.all(TABLES.map((name) => writing.objectStore(name).clear()));
    await Promise.all([...record.map((commit) => writing.objectStore("commits").put(commit)), writing.done]);
  });
}

export async function removeStore(): Promise<void> {
  await deleteDB(DATABASE);
}

/** Works on the record behind the engine's back. */
export async function inDatabase(work: (database: IDBPDatabase) => Promise<unknown>): Promise<void> {
  const database = await openDB(DATABASE);
  try {
    await work(database);
  } finally {
    database.close();
  }
}
