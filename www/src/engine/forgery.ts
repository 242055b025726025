import type { Commit } from "access-engine";
import type { Cabinet } from "./cabinet.ts";
import { inDatabase } from "./store.ts";

/** What was changed in the stored record, behind the engine's back. */
export interface Forgery {
  readonly original: Commit;
  readonly forged: Commit;
}

/** Turns the last review round where it is stored, as somebody with access to the disk could; remembers what stood there. */
export async function forge(cabinet: Cabinet): Promise<void> {
  await inDatabase(async (database) => {
    const commits: Commit[] = await database.getAll("commits");
    const original = commits.findLast(({ events }) => events.some(({ type }) => type === "requestReviewed")) ?? commits.at(-1);
    if (original === undefined) return;
    const forged = turned(original);
    // First what undoes it: the tab may be closed at any moment.
    await cabinet.change("forgery", () => ({ original, forged }));
    await database.put("commits", forged);
  });
}

/** Puts back what stood there. */
export async function undoForgery(cabinet: Cabinet): Promise<void> {
  const forgery = cabinet.recall("forgery");
  if (forgery === undefined) return;
  await inDatabase((database) => database.put("commits", forgery.original));
  await cabinet.forget("forgery");
}

function turned(commit: Commit): Commit {
  const events = commit.events.map((event) => {
    if (event.type !== "requestReviewed") return event;
    const verdict = event.review.verdict === "approve" ? "reject" : "approve";
    return Object.assign(structuredClone(event), { review: { ...event.review, verdict } });
  });
  const isTurned = commit.events.some(({ type }) => type === "requestReviewed");
  return isTurned ? { ...commit, events } : { ...commit, at: commit.at - 1 };
}
