import { ConflictError } from "../error.js";
import type { Head } from "../types.js";

/** Throws a `ConflictError` unless this is the record's last commit; an empty record has version 0 and any hash. */
export function checkLast(last: Head | undefined, expected: Head): void {
  const { version, hash } = expected;
  const isExpected = last === undefined ? version === 0 : last.version === version && last.hash === hash;
  if (!isExpected) throw new ConflictError(expected, last);
}
