import type { Cabinet } from "./cabinet.ts";

/**
 * The host's clock: the real one, moved forward.
 *
 * It never goes back: the record's times never decrease, so an earlier `now` would change nothing.
 */
export class Clock {
  readonly #cabinet: Cabinet;
  #ahead: number;
  #held: number | undefined;

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
    this.#ahead = cabinet.recall("ahead") ?? 0;
  }

  now(): number {
    return this.#held ?? Date.now() + this.#ahead;
  }

  /** How far this clock is ahead of the real one, in milliseconds. */
  get ahead(): number {
    return this.#ahead;
  }

  async forward(milliseconds: number): Promise<void> {
    this.#ahead += Math.max(0, milliseconds);
    await this.#cabinet.remember("ahead", this.#ahead);
  }

  /** Stands still at a time, so that a seeded company has a past. */
  hold(at: number): void {
    this.#held = at;
  }

  /** Runs with the real time again. */
  run(): void {
    this.#held = undefined;
  }
}
