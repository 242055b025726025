import type { AccessStore } from "access-engine";
import { openIndexedDbStore } from "access-engine/stores/indexed-db";
import { memoryStore } from "access-engine/stores/memory";
import { deleteDB } from "idb";
import { PROJECT } from "./company.ts";

export const DATABASE = `access-engine-demo:${PROJECT}`;

/** Where the record is kept. */
export type CommitStore = Required<Omit<AccessStore, "find">>;

/** Opens the record of this browser, or where the browser keeps nothing, one in memory. */
export async function openStore(lasts: boolean): Promise<CommitStore> {
  return lasts ? openIndexedDbStore(DATABASE) : memoryStore();
}

export async function removeStore(): Promise<void> {
  await deleteDB(DATABASE);
}
