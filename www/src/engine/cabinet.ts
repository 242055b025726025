import type { Notice } from "access-engine";
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";

/** What the demo remembers beside the record, by name. */
export interface Remembered {
  /** How far the clock is ahead of the real one, in milliseconds. */
  ahead: number;
  /** Who the visitor is. */
  persona: string;
  /** Whether the guide was put away. */
  guideHidden: boolean;
  /** The version of the record that the seed left; absent while it has not finished. */
  seededVersion: number;
}

interface CabinetSchema extends DBSchema {
  remembered: { key: keyof Remembered; value: Remembered[keyof Remembered] };
  mails: { key: string; value: Notice };
}

/** The demo's own drawer in this browser: its settings, and the mails that were sent. */
export class Cabinet {
  static readonly NAME = "access-engine-demo";
  readonly #database: IDBPDatabase<CabinetSchema>;
  readonly #remembered = new Map<keyof Remembered, Remembered[keyof Remembered]>();

  private constructor(database: IDBPDatabase<CabinetSchema>) {
    this.#database = database;
  }

  static async open(): Promise<Cabinet> {
    const database = await openDB<CabinetSchema>(Cabinet.NAME, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore("remembered");
        fresh.createObjectStore("mails", { keyPath: "id" });
      },
      // Another tab starts over: it must not have to wait for this one.
      blocking: (_current, _blocked, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
      },
    });
    const cabinet = new Cabinet(database);
    const keys = await database.getAllKeys("remembered");
    const values = await database.getAll("remembered");
    for (const [index, key] of keys.entries()) cabinet.#remembered.set(key, values[index] ?? 0);
    return cabinet;
  }

  static async remove(): Promise<void> {
    await deleteDB(Cabinet.NAME);
  }

  recall<K extends keyof Remembered>(name: K): Remembered[K] | undefined {
    // Written by `remember` alone, under the type of its name.
    return this.#remembered.get(name) as Remembered[K] | undefined;
  }

  async remember<K extends keyof Remembered>(name: K, value: Remembered[K]): Promise<void> {
    this.#remembered.set(name, value);
    await this.#database.put("remembered", value, name);
  }

  mails(): Promise<Notice[]> {
    return this.#database.getAll("mails");
  }

  async keepMail(notice: Notice): Promise<void> {
    await this.#database.put("mails", notice);
  }

  close(): void {
    this.#database.close();
  }
}
