import { closed, type Handle } from "./handle.js";
import { at, invalid, type QuestionOptions } from "./reading.js";
import type { RawBatch } from "./wasm/access_engine.js";

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
      if (this.#raw === undefined) throw closed("batch");
      // That of another realm is one, too.
      if (Object.prototype.toString.call(numbers) !== "[object Uint32Array]") {
        throw invalid("give the numbers in a `Uint32Array`", { field: "numbers" });
      }
      return raw.areAllowed(this.#raw, numbers, at(options));
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
