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
export function invalid(
  problem: string,
  options?: ErrorOptions & { code?: "invalid_input" | "invalid_time"; field?: string },
): AccessError {
  const { code = "invalid_input", field, ...cause } = options ?? {};
  const details = { code, problem, ...(field === undefined ? {} : { field }) };
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

/** Refuses what lacks one of these functions, such as a store that was not waited for; `advice` says what to give. */
export function checkPart<T extends object>(part: T | undefined, field: string, functions: (keyof T & string)[], advice: string): void {
  if (!part) throw invalid(`it is missing: ${advice}`, { field });
  if (reading(() => "then" in part)) throw invalid("it is a promise: `await` it", { field });
  const missing = functions.find((name) => reading(() => typeof part[name] !== "function"));
  if (missing !== undefined) throw invalid(`it has no function \`${missing}\`: ${advice}`, { field });
}

/** Refuses what is no id of a project, before anything is stored under it. */
export function checkProject(project: unknown): void {
  if (typeof project !== "string" || project === "") throw invalid("it is missing: give the project's id", { field: "project" });
}

/** Where something is: a `URL`, or its text. */
export type Address = string | { readonly href: string };

/** An address as text. Whatever is none is refused by whoever reads it. */
export function hrefOf(address: Address): string {
  return String(typeof address === "string" ? address : address?.href);
}

/** What an `AbortSignal` says, of any realm. */
export interface Signal {
  /** Whether it has aborted. */
  readonly aborted: boolean;
  /** Why. */
  readonly reason?: unknown;
  /** Tells when it does. */
  addEventListener(type: "abort", listener: () => void): void;
  /** Tells no more. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Refuses what is no signal: what cannot abort would be passed over. */
export function checkSignal(signal: Signal | undefined): void {
  const isSignal = signal === undefined || reading(() => typeof signal?.addEventListener === "function");
  if (!isSignal) throw invalid(`${shown(signal)} is no signal: give an \`AbortSignal\``, { field: "signal" });
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

/** An input as JSON text. Inherited properties are not in it; a lone surrogate is escaped, so that it is refused. */
export function text(input: unknown, name = ""): string {
  const json = reading(() => JSON.stringify(input) as string | undefined) ?? "null";
  const lost = json.includes("null") ? reading(() => lostIn(input, name)) : undefined;
  if (lost === undefined) return json;
  const [value, field] = lost;
  const problem = `${shown(value)} has no JSON form: give ${value instanceof Date ? "a valid one" : "a finite number"}`;
  throw invalid(problem, field === "" ? {} : { field });
}

/** What JSON would say `null` of, as if it had been left out, and where: `NaN`, an infinity, an invalid `Date`. */
function lostIn(input: unknown, place: string): [value: unknown, place: string] | undefined {
  if (input instanceof Date) return Number.isNaN(input.getTime()) ? [input, place] : undefined;
  if (typeof input === "number") return Number.isFinite(input) ? undefined : [input, place];
  if (typeof input !== "object" || input === null) return undefined;
  for (const [key, value] of Object.entries(input)) {
    const lost = lostIn(value, place + (Array.isArray(input) ? `[${key}]` : `${place && "."}${key}`));
    if (lost !== undefined) return lost;
  }
  return undefined;
}

/** A point in time: milliseconds since 1970, a `Date`, or RFC 3339 text with its offset, such as `2026-11-26T12:00:00Z`. */
export type Instant = number | Date | string;

/** What goes with a question. */
export interface QuestionOptions {
  /** The instant it is about; now unless given. It moves the clock, never back the policies or the directory. */
  at?: Instant;
}

/** The instant that a question is about, where it says so. */
export function at(options: QuestionOptions | undefined): number | undefined {
  return options === undefined ? undefined : millis(known(options, "at").at, "at");
}

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** A point in time as the engine takes it, which knows which numbers are one; `field` is where it was given. */
export function millis(time: Instant | undefined, field: string): number | undefined {
  if (time === undefined || typeof time === "number") return time;
  const instant = reading(() => {
    if (typeof time === "string") return RFC_3339.test(time) ? Date.parse(time) : Number.NaN;
    return time instanceof Date ? time.getTime() : Number.NaN;
  });
  if (!Number.isNaN(instant)) return instant;
  const lacksOffset = typeof time === "string" && RFC_3339.test(`${time}Z`);
  const problem = lacksOffset
    ? `${shown(time)} lacks its offset from UTC: add one, such as \`Z\` or \`+02:00\``
    : `${shown(time)} is not a point in time: give milliseconds since 1970, a \`Date\`, or RFC 3339 with its offset`;
  throw invalid(problem, { code: "invalid_time", field });
}

function shown(value: unknown): string {
  if (typeof value === "string") return `the text \`${value.slice(0, 60)}\``;
  if (typeof value !== "object" || value === null) return `\`${String(value)}\``;
  return value instanceof Date ? "an invalid `Date`" : "an object";
}

/** The id of a subject; nothing where only JSON text tells what it is. */
export function idOf(subject: unknown): string | undefined {
  if (typeof subject !== "object" || subject === null || "toJSON" in subject) return undefined;
  for (const key in subject) if (key !== "subject" || !Object.hasOwn(subject, key)) return undefined;
  const id = "subject" in subject ? subject.subject : undefined;
  return typeof id === "string" ? id : undefined;
}

/** The parts of a resource as texts, by default a secret in no environment, which is an empty text; nothing where only JSON text tells what it is. */
export function flat(resource: unknown): { type: string; environment: string; path: string } | undefined {
  if (typeof resource !== "object" || resource === null) return undefined;
  let type = "secret";
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
  return { type, environment, path };
}

/** A query without attributes as its five texts, a NUL between them; nothing where only JSON text tells what it is. */
export function flatQuery(query: unknown): string | undefined {
  if (typeof query !== "object" || query === null || "toJSON" in query) return undefined;
  for (const key in query) {
    if ((key !== "subject" && key !== "action" && key !== "resource") || !Object.hasOwn(query, key)) return undefined;
  }
  const { subject, action, resource } = query as Record<string, unknown>;
  const [id, parts] = [idOf(subject), flat(resource)];
  if (id === undefined || typeof action !== "string" || parts === undefined) return undefined;
  return `${id}\0${action}\0${parts.type}\0${parts.environment}\0${parts.path}`;
}
