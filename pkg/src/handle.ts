import { AccessError } from "./error.js";
import type { Refused } from "./types.js";
import { lastPanic, type RawEngine } from "./glue.js";

/** Engines that have trapped. They are kept from the garbage collector, which would touch them again. */
const wrecks = new Set<RawEngine>();

/** Holds an engine in WASM: until it is freed, or has trapped. */
export class Handle {
  #raw: RawEngine | undefined;
  #poisoned: AccessError | undefined;
  #asking = 0;
  readonly #inFlight = new Set<(error: AccessError) => void>();

  readonly #ran: () => void;

  /** Calls back after each thing that takes time. */
  constructor(raw: RawEngine, ran: () => void) {
    this.#raw = raw;
    this.#ran = ran;
  }

  /** Whether the engine is of no use any more. */
  get isClosed(): boolean {
    return this.#raw === undefined;
  }

  /** Calls the engine. Whatever it throws comes out as an `AccessError`. */
  ask<T>(question: (raw: RawEngine) => T): T {
    const raw = this.#raw;
    if (raw === undefined) throw this.#poisoned ?? closed();
    this.#asking += 1;
    try {
      return question(raw);
    } catch (thrown) {
      throw this.#refusal(thrown, raw);
    } finally {
      this.#asking -= 1;
      if (this.isClosed) this.#release(raw);
    }
  }

  /** Calls the engine for something that takes time. A trap anywhere in the engine rejects it. */
  run<T>(work: (raw: RawEngine) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const running = this.ask((raw) =>
        work(raw).catch((thrown: unknown) => {
          throw this.#refusal(thrown, raw);
        }),
      );
      this.#inFlight.add(reject);
      void running.then(resolve, reject).finally(() => {
        this.#inFlight.delete(reject);
        this.#ran();
      });
    });
  }

  /** Frees the memory. What is in flight goes on. */
  free(): void {
    const raw = this.#raw;
    this.#raw = undefined;
    if (raw !== undefined) this.#release(raw);
  }

  #release(raw: RawEngine): void {
    // A callback may free the engine that has called it: then the call ends first.
    if (this.#asking === 0 && !wrecks.has(raw)) raw.free();
  }

  #refusal(thrown: unknown, raw: RawEngine): AccessError {
    const error = refusal(thrown);
    if (error.code === "engine_poisoned") {
      wrecks.add(raw);
      this.#raw = undefined;
      this.#poisoned = error;
      for (const reject of this.#inFlight) reject(error);
    }
    return error;
  }
}

/** What the engine has thrown, as an error. Whatever is no refusal is a trap. */
export function refusal(thrown: unknown): AccessError {
  if (thrown instanceof AccessError) return thrown;
  if (isRefused(thrown)) return new AccessError(thrown, "cause" in thrown ? { cause: thrown.cause } : undefined);
  const problem = lastPanic() ?? String(thrown);
  const message = `the engine failed and must be opened again: ${problem}`;
  return new AccessError({ message, fault: "bug", details: { code: "engine_poisoned", problem } }, { cause: thrown });
}

/** The refusal of an engine that was freed, or of what belongs to one. */
export function closed(what = "engine"): AccessError {
  return new AccessError({ message: `the ${what} was freed`, fault: "bug", details: { code: "engine_closed" } });
}

function isRefused(thrown: unknown): thrown is Refused {
  return typeof thrown === "object" && thrown !== null && !(thrown instanceof Error) && "details" in thrown;
}
