import { type IndexedDbStore, openIndexedDbStore } from "access-engine/stores/indexed-db";
import { deleteDB } from "idb";
import { PROJECT } from "./company.ts";

const DATABASE = `access-engine-demo:${PROJECT}`;

/** Where the record is kept. */
export type CommitStore = IndexedDbStore;

export function openStore(): Promise<CommitStore> {
  return openIndexedDbStore(DATABASE);
}

export async function removeStore(): Promise<void> {
  await deleteDB(DATABASE);
}
