/** Throws unless both have the same JSON form, whatever the order of their properties. */
export function equal(actual: unknown, expected: unknown): void {
  const [found, wanted] = [sorted(actual), sorted(expected)];
  if (found !== wanted) throw new Error(`found ${shortened(found)}\nwhere ${shortened(wanted)} was expected`);
}

/** Throws unless the promise is rejected with an error that the engine takes for a lost race. */
export async function rejectsWithConflict(promise: Promise<unknown>): Promise<void> {
  const error: unknown = await promise.then(
    () => "nothing, as it was accepted",
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error && error.name === "ConflictError")) {
    throw new Error(`found ${String(error)}\nwhere a ConflictError was expected`);
  }
}

function sorted(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1));
  });
}

function shortened(text: string | undefined): string {
  return String(text).slice(0, 2000);
}
