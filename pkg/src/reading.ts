import { AccessError } from "./error.js";

/** Reads something of the caller's, whose getters and proxies may throw. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw invalid("the input cannot be read as JSON: give plain data", { cause });
  }
}

/** The refusal of an input. */
export function invalid(problem: string, options?: ErrorOptions & { field?: string }): AccessError {
  const { field, ...cause } = options ?? {};
  const details = { code: "invalid_input", problem, ...(field === undefined ? {} : { field }) } as const;
  const message = field === undefined ? problem : `\`${field}\`: ${problem}`;
  return new AccessError({ message, fault: "input", details }, cause);
}

/** Options of the caller's, of which only these are known: what is spelled wrong is not passed over. */
export function known<T extends object>(options: T | undefined, ...names: (keyof T & string)[]): T {
  if (options !== undefined && (typeof options !== "object" || options === null)) {
    throw invalid(`options are an object: give ${listed(names)}`);
  }
  const own = reading(() => ({ ...options })) as T;
  const stranger = Object.keys(own).find((name) => !names.includes(name as keyof T & string));
  if (stranger === undefined) return own;
  throw invalid(`there is no such option: give ${listed(names)}`, { field: stranger });
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
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
