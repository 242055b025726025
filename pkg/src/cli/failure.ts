import { isAccessError } from "../error.js";

/** How the program ends, for scripts. */
export const EXIT = { fine: 0, found: 1, usage: 2, failed: 3, interrupted: 130, terminated: 143 } as const;

/** Why a command was not carried out, as a sentence, and how the program ends then. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** What went wrong, whoever threw it. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const options = { cause: thrown };
  if (!isAccessError(thrown)) return new Failure(EXIT.failed, problemOf(thrown), options);
  // What was thrown inside a callback of the engine.
  if (thrown.cause instanceof Failure) return thrown.cause;
  if (isAccessError(thrown, "corrupt_record")) {
    const { version, problem } = thrown.details;
    return new Failure(EXIT.found, `the record is broken at commit ${version}: ${problem}`, options);
  }
  const isOfCall = ["input", "state", "authority"].includes(thrown.fault);
  return new Failure(isOfCall ? EXIT.usage : EXIT.failed, thrown.message, options);
}

/** What an error says, in a line. */
export function problemOf(thrown: unknown): string {
  const { message, errors } = (thrown ?? {}) as { message?: string; errors?: unknown[] };
  // Of several addresses of a host each was tried.
  return (message || String(errors?.[0] ?? thrown)).replaceAll(/\s*\n\s*/g, " ");
}
