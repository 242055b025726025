/** What a field says in JSON. What is no JSON is handed on as the text that it is, for the engine to refuse. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The same the other way, as a field shows it; nothing where there is nothing. */
export function writtenJson(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value, undefined, 2);
}
