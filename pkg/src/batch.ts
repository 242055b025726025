/// <reference lib="esnext.disposable" preserve="true" />
import { closed, type Handle } from "./handle.js";
import { at, invalid, type QuestionOptions } from "./reading.js";
import type { RawBatch } from "./glue.js";

/** Queries that are asked again and again, each by its number, counted from 0: what `batch` of an engine answers. */
export class Batch {
  readonly #handle: Handle;
  #raw: RawBatch | undefined;

  /** @internal */
  constructor(handle: Handle, raw: RawBatch) {
    this.#handle = handle;
    this.#raw = raw;
  }

  /** How many queries there are. */
  get length(): number {
    return this.#raw?.length ?? 0;
  }

  /**
   * Whether the queries of these numbers are allowed, as of one instant. The answer to `numbers[i]` is the bit `i & 7` of
   * the byte `i >> 3`: `(bits[i >> 3] >> (i & 7)) & 1`.
   */
  isAllowed(numbers: Uint32Array, options?: QuestionOptions): Uint8Array {
    return this.#handle.ask((raw) => {
      const own = numbersIn(numbers);
      const time = at(options);
      // It may be freed by now, also by reading the options.
      if (this.#raw === undefined) throw closed("batch");
      this.#raw.checkCount(own.length);
      return raw.areAllowed(this.#raw, own, time);
    });
  }

  /** Frees the memory; twice is harmless. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  /** Frees the memory, at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.free();
  }
}

/** What kind of typed array something is, as no object can pretend. */
const kindOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint32Array.prototype), Symbol.toStringTag)?.get;

/** A copy of the caller's numbers, whose array may be of another realm, or detached. */
function numbersIn(numbers: Uint32Array): Uint32Array {
  if (kindOf?.call(numbers) !== "Uint32Array") {
    throw invalid("give the numbers in a `Uint32Array`", { field: "numbers" });
  }
  try {
    return new Uint32Array(numbers);
  } catch (cause) {
    throw invalid("the array cannot be copied: its buffer was transferred, or is too large", { cause, field: "numbers" });
  }
}
