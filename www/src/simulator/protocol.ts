import type { Mischief, Place, Scene } from "./wasm/simulator.js";

export type { Mischief, Place, Scene };

/** How fast a seed is told: a minute for all of it, some seconds, or one seed after the other as fast as it goes. */
export const PACES = ["pause", "slow", "fast", "full"] as const;
export type Pace = (typeof PACES)[number];

/** Something that a spectator broke, at an instant of virtual time. */
export interface Broken {
  readonly at: number;
  readonly mischief: Mischief;
  readonly server?: number;
}

/** What the page asks of the worker that tells seeds. */
export type Order =
  | { readonly do: "begin"; readonly seed: number; readonly broken: readonly Broken[] }
  | { readonly do: "pace"; readonly pace: Pace }
  | { readonly do: "break"; readonly mischief: Mischief; readonly server?: number };

/** What the page is shown. */
export interface Report {
  readonly scene: Scene;
  /** What was broken by hand so far, or will be where a link is told again. */
  readonly broken: readonly Broken[];
  /** How many seeds were told to their end since the page was opened, and what was checked in all of them. */
  readonly seeds: number;
  readonly looks: number;
  /** How much faster than life it goes. */
  readonly speed: number;
}
