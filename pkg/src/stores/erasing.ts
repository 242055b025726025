import type { Commit, StoredText, SubjectErased, SubjectId } from "../types.js";
import type { Kept } from "./outbox.js";

/** The commit without the texts that go when a subject is erased up to a version; nothing where it has none. */
export function withoutTextsOf(subjectId: SubjectId, upTo: number, commit: Commit): Commit | undefined {
  const goes = ({ of }: StoredText): boolean => Object.hasOwn(of, subjectId) && Number(of[subjectId]) <= upTo;
  const all = Object.entries(commit.texts ?? {});
  const left = all.filter(([, text]) => !goes(text));
  return left.length < all.length ? { ...commit, texts: Object.fromEntries(left) } : undefined;
}

/** The commits of a table, as they are changed by an erasure. */
interface Pages<Row> {
  /** The first that may have texts of the subject, behind a version. */
  read(after: number): Promise<Row[]>;
  /** Writes what is left of each, and answers whether all were still as they were read. */
  write(page: (Row & { left: Commit })[]): Promise<boolean>;
}

/** Takes texts out of a table of commits, a page at a time; what somebody else has changed meanwhile is looked at once more. */
export async function eraseByPage<Row extends { commit: Commit }>(
  { subjectId, upTo }: Pick<SubjectErased, "subjectId" | "upTo">,
  { read, write }: Pages<Row>,
): Promise<void> {
  let [after, rows] = [0, await read(0)];
  while (rows.length > 0) {
    const page = rows.flatMap((row) => {
      const left = withoutTextsOf(subjectId, upTo, row.commit);
      return left ? [{ ...row, left }] : [];
    });
    // oxlint-disable no-await-in-loop -- page by page
    if (page.length === 0 || (await write(page))) after = rows.at(-1)?.commit.version ?? after;
    rows = await read(after);
    // oxlint-enable no-await-in-loop
  }
}

/** The message without what went wrong with it, which may name an address, where it is to the subject who is erased. */
export function withoutProblem<M extends Kept>(subjectId: SubjectId, message: M): M | undefined {
  if (message.recipientId !== subjectId || message.problem === undefined) return undefined;
  const left = { ...message };
  delete left.problem;
  return left;
}
