/**
 * A record in memory.
 *
 * @module access-engine/stores/memory
 */
import type { AccessStore } from "../host.js";
import type { Commit, Notice, Settlement, Snapshot } from "../types.js";
import { checkLast } from "./last.js";
import { withoutTextsOf } from "./erasing.js";
import { leftOf, type Outbox } from "./outbox.js";

export type { Outbox, OutboxEntry } from "./outbox.js";

/** A record in memory, for tests and for trying out: gone with the process. */
export interface MemoryStore extends Required<AccessStore>, Outbox {}

/** Makes an empty record in memory. Engines that share it behave like servers that share a database. */
export function memoryStore(): MemoryStore {
  const commits: Commit[] = [];
  let newest: Snapshot | undefined;
  const outbox = new Map<string, { notice: Notice; settled: Map<string, Settlement> }>();
  return {
    async load(afterVersion, limit) {
      return copied(commits.slice(afterVersion, afterVersion + limit));
    },
    async append(commit, expected) {
      checkLast(commits.at(-1), expected);
      const stored = copied(commit);
      commits.push(stored);
      for (const notice of stored.notices) outbox.set(notice.id, { notice, settled: new Map() });
    },
    async undelivered() {
      return copied([...outbox.values()].flatMap(({ notice, settled }) => leftOf(notice, new Set(settled.keys()))));
    },
    async settle(settlement) {
      const { noticeId, recipientId } = settlement;
      const entry = outbox.get(noticeId);
      if (entry?.notice.to.includes(recipientId) && !entry.settled.has(recipientId)) {
        entry.settled.set(recipientId, copied(settlement));
      }
    },
    async erase({ subjectId, upTo }) {
      for (const [place, commit] of commits.entries()) {
        commits[place] = withoutTextsOf(subjectId, upTo, commit) ?? commit;
      }
      newest = undefined;
    },
    async snapshot() {
      return newest && { ...newest, data: newest.data.slice() };
    },
    async saveSnapshot(snapshot) {
      if (newest === undefined || newest.version <= snapshot.version) newest = { ...snapshot, data: snapshot.data.slice() };
    },
    async outbox() {
      return copied([...outbox.values()].map(({ notice, settled }) => ({ notice, settled: inOrder(settled) })));
    },
  };
}

function inOrder(settled: Map<string, Settlement>): Settlement[] {
  return [...settled.values()].toSorted((one, other) => (one.recipientId < other.recipientId ? -1 : 1));
}

/** A copy, as a database would give it. */
function copied<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
