/**
 * A record in memory.
 *
 * @module access-engine/stores/memory
 */
import type { AccessStore } from "../host.js";
import type { Commit, Snapshot } from "../types.js";
import { checkLast } from "./last.js";
import { withoutProblem, withoutTextsOf } from "./erasing.js";
import { choose, claimedOf, held, type Kept, messagesOf, retried, settled, shown, SHOWN } from "./outbox.js";
import { erases, MemoryIndex } from "./sought.js";

/** A record in memory, for tests and for trying out: gone with the process. */
export interface MemoryStore extends Required<AccessStore> {}

/** Makes an empty record in memory. Engines that share it behave like servers that share a database. */
export function memoryStore(): MemoryStore {
  const commits: Commit[] = [];
  let newest: Snapshot | undefined;
  const messages = new Map<string, Kept>();
  // Those for which nothing is settled, in order: all that a claim has to look at.
  const open = new Set<string>();
  const listeners = new Set<(version: number) => void>();
  const index = new MemoryIndex();

  function keep(message: Kept): void {
    messages.set(keyOf(message), message);
    if (message.settledAt !== undefined) open.delete(keyOf(message));
  }

  function* waiting(): Generator<Kept> {
    for (const key of open) {
      const message = messages.get(key);
      if (message) yield message;
    }
  }

  return {
    async load(afterVersion, limit) {
      return copied(commits.slice(afterVersion, afterVersion + limit));
    },
    async append(commit, expected) {
      checkLast(commits.at(-1), expected);
      const stored = copied(commit);
      commits.push(stored);
      index.add(stored);
      for (const message of messagesOf(stored)) {
        open.add(keyOf(message));
        keep(message);
      }
      for (const listener of listeners) listener(stored.version);
    },
    async claim(claim) {
      const { limit, at } = claim;
      const all = [...waiting()];
      const busy = new Set(all.filter(({ heldUntil = at }) => heldUntil > at).map(({ recipientId }) => recipientId));
      const due = all.filter(({ dueAt = Infinity }) => dueAt <= at);
      const chosen = choose(due, (id) => busy.has(id), limit).map((message) => held(message, claim));
      for (const message of chosen) keep(message);
      return chosen.map(claimedOf);
    },
    async settle(settlement) {
      const message = messages.get(keyOf(settlement));
      const after = message && settled(message, settlement);
      if (after) keep(after);
    },
    async retry(at) {
      for (const message of waiting()) keep(retried(message, at) ?? message);
    },
    async erase({ subjectId, upTo }) {
      for (const [place, commit] of commits.entries()) {
        commits[place] = withoutTextsOf(subjectId, upTo, commit) ?? commit;
      }
      for (const message of waiting()) keep(withoutProblem(subjectId, message) ?? message);
      newest = undefined;
    },
    async snapshot() {
      return newest && { ...newest, data: newest.data.slice() };
    },
    async saveSnapshot(snapshot) {
      if (commits.slice(snapshot.version).some(erases)) return;
      if (newest === undefined || newest.version <= snapshot.version) newest = { ...snapshot, data: snapshot.data.slice() };
    },
    async outbox({ state, limit = SHOWN } = {}) {
      const all = [...messages.values()].map(shown);
      return all.filter((message) => state === undefined || message.state === state).slice(0, limit);
    },
    async find(sought) {
      return index.find(sought);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function keyOf({ noticeId, recipientId }: { noticeId: string; recipientId: string }): string {
  return `${noticeId} ${recipientId}`;
}

/** A copy, as a database would give it. */
function copied<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
