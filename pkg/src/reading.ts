import { AccessError } from "./error.js";

/** Reads something of the caller's, whose getters and proxies may throw. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const problem = "the input cannot be read as JSON: give plain data";
    const details = { code: "invalid_input", problem } as const;
    throw new AccessError({ message: problem, fault: "input", details }, { cause });
  }
}

/** An input as JSON text. Inherited properties are not in it; a lone surrogate is escaped, so that it is refused. */
export function text(input: unknown): string {
  return reading(() => JSON.stringify(input) as string | undefined) ?? "null";
}

/** A point in time as the engine takes it; what is neither a number nor a date is none, and refused by the engine. */
export function millis(time: number | Date | undefined): number | undefined {
  if (time === undefined || typeof time === "number") return time;
  return reading(() => (time instanceof Date ? time.getTime() : Number.NaN));
}

/** The parts of a resource as texts, absent ones empty; nothing where only JSON text tells what it is. */
export function flat(resource: object): [type: string, environment: string, path: string] | undefined {
  let type = "";
  let environment = "";
  let path = "";
  if ("toJSON" in resource) return undefined;
  for (const key in resource) {
    const value: unknown = (resource as Record<string, unknown>)[key];
    if (typeof value !== "string" || value === "" || !Object.hasOwn(resource, key)) return undefined;
    if (key === "type") type = value;
    else if (key === "environment") environment = value;
    else if (key === "path") path = value;
    else return undefined;
  }
  return [type, environment, path];
}
