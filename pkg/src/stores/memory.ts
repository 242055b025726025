import type { AccessStore } from "../host.js";
import type { Commit, Notice } from "../types.js";
import { checkLast } from "./last.js";
import type { Outbox, OutboxEntry } from "./outbox.js";

/** A record in memory, for tests and for trying out: gone with the process. */
export interface MemoryStore extends Required<AccessStore>, Outbox {}

/** Makes an empty record in memory. Engines that share it behave like servers that share a database. */
export function memoryStore(): MemoryStore {
  const commits: Commit[] = [];
  const outbox = new Map<string, OutboxEntry>();
  return {
    async load(afterVersion) {
      return structuredClone(commits.slice(afterVersion));
    },
    async append(commit, expected) {
      checkLast(commits.at(-1), expected);
      const stored = structuredClone(commit);
      commits.push(stored);
      for (const notice of stored.notices) outbox.set(notice.id, { notice, state: "pending" });
    },
    async undelivered() {
      const pending = [...outbox.values()].filter((entry) => entry.state === "pending");
      return structuredClone(pending.map((entry) => entry.notice));
    },
    async settle(notice: Notice, outcome) {
      const entry = outbox.get(notice.id);
      if (entry) entry.state = outcome;
    },
    async outbox() {
      return structuredClone([...outbox.values()]);
    },
  };
}
