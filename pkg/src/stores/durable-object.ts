/**
 * A record in a Durable Object of Cloudflare's: one project, with its engine, is one object.
 *
 * @module access-engine/stores/durable-object
 */
import type { AccessEngine } from "../engine.js";
import type { AccessStore } from "../host.js";
import { checkPart, checkProject, known } from "../reading.js";
import { openRecord } from "./sqlite-record.js";
import type { Database, Row, Statement } from "./sqlite-tables.js";

/** What is used of `ctx.storage` of a Durable Object that keeps SQLite. */
export interface DurableStorage {
  /** Its database. */
  readonly sql: {
    /** Runs a statement. */
    // oxlint-disable-next-line typescript/no-explicit-any -- as `DurableObjectStorage` has it
    exec(query: string, ...bindings: any[]): { toArray(): { [column: string]: unknown }[] };
  };
  /** Runs statements, all or none. */
  transactionSync<T>(work: () => T): T;
  /** Has the object's `alarm` called at that time. */
  setAlarm(at: number): Promise<void>;
  /** Has it not called. */
  deleteAlarm(): Promise<void>;
}

/** What a store in a Durable Object needs. */
export interface DurableObjectStoreOptions {
  /** `ctx.storage`; the object's class is one of `new_sqlite_classes`. */
  storage: DurableStorage;
  /** The project whose record it is. */
  project: string;
}

/** A record in a Durable Object. */
export interface DurableObjectStore extends Required<AccessStore> {
  /**
   * Sets the object's alarm to when something is due, a `tick` or a message, for as long as the engine is open. What is
   * answered is for the object's `alarm`: it ticks, delivers, and sets the alarm anew.
   */
  useAlarm(engine: Pick<AccessEngine, "deliver" | "nextWakeAt" | "subscribe" | "tick">): Promise<() => Promise<void>>;
}

/**
 * Opens the record of a project in a Durable Object, and makes or migrates the tables where they are missing or older: the
 * same as in an SQLite file, with `access_requests` and `access_grants`.
 *
 * Whatever leaves the object waits until all that was written before is on disk: so does the answer of a command.
 */
export async function openDurableObjectStore(options: DurableObjectStoreOptions): Promise<DurableObjectStore> {
  const { storage, project } = known(options, "storage", "project");
  checkPart(storage, "storage", ["transactionSync", "setAlarm"], "give `ctx.storage` of the object");
  checkProject(project);
  const run = ({ sql, args }: Statement): Row[] => storage.sql.exec(sql, ...inOrder(sql, args)).toArray();
  const database: Database = {
    read: async (statement) => run(statement),
    write: async (statements) => storage.transactionSync(() => statements.map(run)),
  };
  const { head: _, ...record } = await openRecord(database, project);

  const listeners = listenersOf(storage, project);

  /** When the first of the messages that are due later than that is due. */
  function nextMessageAt(after: number): number | undefined {
    const [row] = run({ sql: "select min(due_at) as at from access_outbox where project = :project and due_at > :after", args: { project, after } });
    return typeof row?.["at"] === "number" ? row["at"] : undefined;
  }

  return {
    ...record,
    async append(commit, expected) {
      await record.append(commit, expected);
      for (const listener of listeners) listener(commit.version);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async useAlarm(engine) {
      async function set(after: number): Promise<void> {
        const times = [engine.nextWakeAt(), nextMessageAt(after)].filter((at) => at !== undefined);
        await (times.length > 0 ? storage.setAlarm(Math.min(...times)) : storage.deleteAlarm());
      }
      // An engine that was closed meanwhile needs none.
      engine.subscribe(() => void set(0).catch(() => {}));
      await set(0);
      return async () => {
        const now = Date.now();
        await engine.tick();
        await engine.deliver();
        // What was due by now and is still there is nothing that this engine sends.
        await set(now);
      };
    },
  };
}

/** Who listens, by object: each lives in one place at a time, with all that is connected to it. */
const heard = new WeakMap<DurableStorage, Map<string, Set<(version: number) => void>>>();

function listenersOf(storage: DurableStorage, project: string): Set<(version: number) => void> {
  const projects = heard.get(storage) ?? new Map<string, Set<(version: number) => void>>();
  const listeners = projects.get(project) ?? new Set();
  heard.set(storage, projects.set(project, listeners));
  return listeners;
}

/** Values in the order in which their names first stand in a statement, as SQLite numbers them. */
function inOrder(sql: string, args: Statement["args"]): unknown[] {
  return [...new Set(sql.match(/:\w+/g))].map((name) => args[name.slice(1)]);
}
