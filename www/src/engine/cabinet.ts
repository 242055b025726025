import type { Message } from "access-engine";
import type { Forgery } from "./forgery.ts";
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";

/** What the demo remembers beside the record, by name; all tabs share it. */
export interface Remembered {
  /** How far the clock is ahead of the real one, in milliseconds. */
  ahead: number;
  /** Whether the story was put away. */
  storyHidden: boolean;
  /** Whether the page that ends the story was seen. */
  productSeen: boolean;
  /** Whether no mail is delivered. */
  mailDown: boolean;
  /** How the stored record was tampered with; absent while it was not. */
  forgery: Forgery;
  /** The version of the record that the seed left; absent while it has not finished. */
  seededVersion: number;
}

/** What one tab tells the others: the clock was moved, a mail came, everything is gone. */
export type News = "clock" | "mail" | "gone";

interface CabinetSchema extends DBSchema {
  remembered: { key: keyof Remembered; value: Remembered[keyof Remembered] };
  mails: { key: string; value: Message };
}

type Database = IDBPDatabase<CabinetSchema>;

/** The demo's own drawer in this browser: its settings, and the mails that were sent. */
export class Cabinet {
  static readonly NAME = "access-engine-demo";
  /** Absent where the browser keeps nothing: then this tab has a world of its own. */
  readonly #database: Database | undefined;
  readonly #tabs: BroadcastChannel | undefined;
  readonly #remembered = new Map<keyof Remembered, Remembered[keyof Remembered]>();
  readonly #mails = new Map<string, Message>();

  private constructor(database: Database | undefined) {
    this.#database = database;
    this.#tabs = database && new BroadcastChannel(Cabinet.NAME);
  }

  static async open(): Promise<Cabinet> {
    const cabinet = new Cabinet(await openDatabase().catch(() => undefined));
    await cabinet.refresh();
    return cabinet;
  }

  /** One that is gone with its tab, and of which no other tab knows. */
  static inMemory(): Cabinet {
    return new Cabinet(undefined);
  }

  static async remove(): Promise<void> {
    await deleteDB(Cabinet.NAME);
  }

  /** Whether what is put here outlives the tab. */
  get lasts(): boolean {
    return this.#database !== undefined;
  }

  recall<K extends keyof Remembered>(name: K): Remembered[K] | undefined {
    // Written by `change` alone, under the type of its name.
    return this.#remembered.get(name) as Remembered[K] | undefined;
  }

  /** Makes a new value of what is remembered, whichever tab changed it last. */
  async change<K extends keyof Remembered>(name: K, change: (before: Remembered[K] | undefined) => Remembered[K]): Promise<void> {
    const values = this.#database?.transaction("remembered", "readwrite").store;
    const before = values === undefined ? this.recall(name) : ((await values.get(name)) as Remembered[K] | undefined);
    const after = change(before);
    this.#remembered.set(name, after);
    await values?.put(after, name);
  }

  async forget(name: keyof Remembered): Promise<void> {
    this.#remembered.delete(name);
    await this.#database?.delete("remembered", name);
  }

  mails(): readonly Message[] {
    return [...this.#mails.values()];
  }

  hasMail(id: string): boolean {
    return this.#mails.has(id);
  }

  async keepMail(message: Message): Promise<void> {
    this.#mails.set(message.id, message);
    await this.#database?.put("mails", message);
  }

  /** Begins anew, with the mails and the memories of another project. */
  async replace(mails: readonly Message[], remembered: Partial<Remembered>): Promise<void> {
    this.#mails.clear();
    this.#remembered.clear();
    for (const message of mails) this.#mails.set(message.id, message);
    for (const [name, value] of Object.entries(remembered)) this.#remembered.set(name as keyof Remembered, value);
    const writing = this.#database?.transaction(["remembered", "mails"], "readwrite");
    if (writing === undefined) return;
    const values = writing.objectStore("remembered");
    const messages = writing.objectStore("mails");
    await Promise.all([values.clear(), messages.clear()]);
    await Promise.all([...this.#mails.values()].map((message) => messages.put(message)));
    await Promise.all([...[...this.#remembered].map(([name, value]) => values.put(value, name)), writing.done]);
  }

  /** Reads what all tabs have left here. */
  async refresh(): Promise<void> {
    if (this.#database === undefined) return;
    const read = this.#database.transaction(["remembered", "mails"]);
    const values = read.objectStore("remembered");
    const [keys, remembered, mails] = await Promise.all([values.getAllKeys(), values.getAll(), read.objectStore("mails").getAll()]);
    for (const [index, key] of keys.entries()) this.#remembered.set(key, remembered[index] ?? 0);
    for (const message of mails) this.#mails.set(message.id, message);
  }

  tell(news: News): void {
    // A channel has no origin to name: it is this one.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    this.#tabs?.postMessage(news);
  }

  onNews(listener: (news: News) => void): void {
    this.#tabs?.addEventListener("message", ({ data }: MessageEvent<News>) => listener(data));
  }

  close(): void {
    this.#database?.close();
  }
}

async function openDatabase(): Promise<Database> {
  return openDB<CabinetSchema>(Cabinet.NAME, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore("remembered");
      fresh.createObjectStore("mails", { keyPath: "id" });
    },
    // Another tab starts over: it must not have to wait for this one.
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });
}
