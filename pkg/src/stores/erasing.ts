import type { Commit, SubjectId } from "../types.js";

/** The commit without the texts of a subject; nothing where it has none. */
export function withoutTextsOf(subjectId: SubjectId, commit: Commit): Commit | undefined {
  const all = Object.entries(commit.texts ?? {});
  const left = all.filter(([, text]) => !text.of.includes(subjectId));
  return left.length < all.length ? { ...commit, texts: Object.fromEntries(left) } : undefined;
}
