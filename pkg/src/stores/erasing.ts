import type { Commit, StoredText, SubjectId } from "../types.js";
import type { Kept } from "./outbox.js";

/** The commit without the texts that go when a subject is erased up to a version; nothing where it has none. */
export function withoutTextsOf(subjectId: SubjectId, upTo: number, commit: Commit): Commit | undefined {
  const goes = ({ of }: StoredText): boolean => Object.hasOwn(of, subjectId) && Number(of[subjectId]) <= upTo;
  const all = Object.entries(commit.texts ?? {});
  const left = all.filter(([, text]) => !goes(text));
  return left.length < all.length ? { ...commit, texts: Object.fromEntries(left) } : undefined;
}

/** The message without what went wrong with it, which may name an address, where it is to the subject who is erased. */
export function withoutProblem<M extends Kept>(subjectId: SubjectId, message: M): M | undefined {
  if (message.recipientId !== subjectId || message.problem === undefined) return undefined;
  const left = { ...message };
  delete left.problem;
  return left;
}
