import { AccessEngine, type AccessHost } from "access-engine";
import type { CommitStore } from "./store.ts";

/** The project at a moment that is over. */
export interface Past {
  readonly engine: AccessEngine;
  readonly version: number;
  readonly at: number;
}

/** Another engine on the same record, to try things on: what it appends is kept nowhere, and nobody is told. */
export function copyOf(store: CommitStore, project: string, now: () => number): Promise<AccessEngine> {
  const host: AccessHost = {
    now,
    load: (after, limit) => store.load(after, limit),
    append: async () => {},
    send: async () => {},
  };
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
