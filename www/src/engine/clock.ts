import type { Cabinet } from "./cabinet.ts";

/**
 * The host's clock: the real one, moved forward.
 *
 * It never goes back: the record's times never decrease, so an earlier `now` would change nothing.
 */
export class Clock {
  readonly #cabinet: Cabinet;

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
  }

  now(): number {
    return Date.now() + this.ahead;
  }

  /** How far this clock is ahead of the real one, in milliseconds; the same in all tabs. */
  get ahead(): number {
    return this.#cabinet.recall("ahead") ?? 0;
  }

  async forward(milliseconds: number): Promise<void> {
    await this.#cabinet.change("ahead", (before = 0) => before + Math.max(0, milliseconds));
    this.#cabinet.tell("clock");
  }
}
