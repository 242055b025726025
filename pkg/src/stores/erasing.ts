import type { Commit, StoredText, SubjectId } from "../types.js";

/** The commit without the texts that go when a subject is erased up to a version; nothing where it has none. */
export function withoutTextsOf(subjectId: SubjectId, upTo: number, commit: Commit): Commit | undefined {
  const goes = ({ of }: StoredText): boolean => Object.hasOwn(of, subjectId) && Number(of[subjectId]) <= upTo;
  const all = Object.entries(commit.texts ?? {});
  const left = all.filter(([, text]) => !goes(text));
  return left.length < all.length ? { ...commit, texts: Object.fromEntries(left) } : undefined;
}
