import type { Fault, Head, Refusal, Refused } from "./types.js";

/** What names each refusal for programs, for ever. */
export type AccessErrorCode = Refusal["code"];

// Registered, so that copies of this package recognise each other's errors.
const brand = Symbol.for("access-engine.AccessError");

/**
 * What the engine throws, and nothing else: it did not do what it was asked for. Nothing has changed, unless the host
 * failed (`fault` is `host`): then the commit may stand.
 *
 * A denial is no refusal: `evaluate` returns it.
 */
export class AccessError extends Error {
  /** The name of the class, for logs. */
  override readonly name = "AccessError";
  /** Names the refusal for programs; messages may change, codes never do. */
  readonly code: AccessErrorCode;
  /** Who is at fault: the input, the state, the actor's authority, a conflict, the host or the engine. */
  readonly fault: Fault;
  /** The code again, with the fields to show. */
  readonly details: Refusal;

  /** Made by the engine, of what it refuses with. */
  constructor(refused: Pick<Refused, "message" | "fault" | "details">, options?: ErrorOptions) {
    super(refused.message, options);
    this.code = refused.details.code;
    this.fault = refused.fault;
    this.details = refused.details;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Whether something thrown is an {@link AccessError}, also one of another copy of this package. */
export function isAccessError(error: unknown): error is AccessError;
/** Whether something thrown is an {@link AccessError} with this code; its `details` are then those of the code. */
export function isAccessError<Code extends AccessErrorCode>(
  error: unknown,
  code: Code,
): error is AccessError & { readonly code: Code; readonly details: { code: Code } };
export function isAccessError(error: unknown, code?: AccessErrorCode): boolean {
  if (typeof error !== "object" || error === null || !(brand in error)) return false;
  return code === undefined || ("code" in error && error.code === code);
}

/**
 * What a store throws from `append` when the record's last commit is not the expected one: somebody else was faster.
 * The engine catches up and decides again. Any error of this `name` counts.
 */
export class ConflictError extends Error {
  /** The name by which the engine knows a lost race. */
  override readonly name = "ConflictError";

  /** What was expected, and the record's last commit, if it has one. */
  constructor(expected: Head, last: Head | undefined) {
    const found = last === undefined ? "is empty" : `ends with ${inWords(last)}`;
    super(`the record ${found}, not with the expected ${inWords(expected)}`);
  }
}

/**
 * What a mailer throws when a message was not delivered. Any error of this `name` counts; whatever else it throws is tried
 * again.
 */
export class DeliveryError extends Error {
  /** The name by which the engine knows a message that was not delivered. */
  override readonly name = "DeliveryError";
  /** Whether it is of no use to try again: the receiver has refused it for good. */
  readonly isFinal: boolean;
  /** After how many seconds at the earliest it is to be tried again, where the receiver has said so. */
  readonly retryAfterSeconds: number | undefined;

  /** What went wrong, and what that means for another attempt: unless it is said, that one may succeed. */
  constructor(problem: string, options: ErrorOptions & { isFinal?: boolean; retryAfterSeconds?: number | undefined } = {}) {
    const { isFinal = false, retryAfterSeconds, ...cause } = options;
    super(problem, cause);
    this.isFinal = isFinal;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function inWords({ version, hash }: Head): string {
  return `commit ${version} (${hash})`;
}
