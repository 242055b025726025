/** Draws that come out the same each time. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number from 0, and below this one (mulberry32). */
  below(end: number): number {
    this.#state = (this.#state + 0x6d_2b_79_f5) % 2 ** 32;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  }

  of<T>(list: readonly T[]): T {
    const it = list[this.below(list.length)];
    if (it === undefined) throw new Error("there is nothing to draw from");
    return it;
  }
}
