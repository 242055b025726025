import { AccessEngine, type AccessHost } from "access-engine";
import type { CommitStore } from "./store.ts";

/** The project at a moment that is over. */
export interface Past {
  readonly engine: AccessEngine;
  readonly version: number;
  readonly at: number;
}

const nothing = async (): Promise<void> => {};
/** A host that keeps nothing, and tells nobody. */
const QUIET = { append: nothing, send: nothing, saveSnapshot: nothing };

/** Another engine on the same record, to try things on: what it appends is kept nowhere, and nobody is told. */
export function copyOf(store: CommitStore, project: string, now: () => number): Promise<AccessEngine> {
  const host: AccessHost = { ...QUIET, now, load: (after, limit) => store.load(after, limit) };
  return AccessEngine.open({ project, host, pollSeconds: 0 });
}

/** The same of an engine that is such a copy itself, and need not read the record again. */
export async function copyOfCopy(engine: AccessEngine, store: CommitStore, project: string, now: () => number): Promise<AccessEngine> {
  const snapshot = await engine.snapshot();
  const host: AccessHost = { ...QUIET, now, load: (after, limit) => store.load(after, limit), snapshot: async () => snapshot };
  return AccessEngine.open({ project, host, pollSeconds: 0 });
}

/** The project as it was behind a commit: an engine that reads no further, at the time of that commit. */
export async function pastOf(store: CommitStore, project: string, version: number): Promise<Past> {
  let at = 0;
  const host: AccessHost = {
    now: () => at,
    load: async (after, limit) => {
      const commits = after < version ? await store.load(after, Math.min(limit, version - after)) : [];
      at = commits.at(-1)?.at ?? at;
      return commits;
    },
    append: () => Promise.reject(new Error("the past cannot be changed")),
    send: async () => {},
  };
  const engine = await AccessEngine.open({ project, host, pollSeconds: 0 });
  return { engine, version, at };
}
