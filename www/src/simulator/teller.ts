import type { Broken, Mischief, Pace, Report } from "./protocol.ts";
import { Simulation } from "./wasm/simulator.js";

const SECONDS: Record<Exclude<Pace, "pause" | "full">, number> = { slow: 60, fast: 12 };
/** At full speed it goes on for so many milliseconds before it listens again. */
const SLICE = 40;

/** Tells one seed after the other, and breaks what it is told to break at the instant at which it was broken first. */
export class Teller {
  pace: Pace = "fast";
  #simulation: Simulation;
  #seed: number;
  #broken: readonly Broken[];
  /** How much of what was broken has been broken again. */
  #done = 0;
  #seeds = 0;
  #looks = 0;
  #speed = 0;

  constructor(seed: number, broken: readonly Broken[]) {
    this.#simulation = new Simulation(seed);
    this.#seed = seed;
    this.#broken = broken;
  }

  begin(seed: number, broken: readonly Broken[] = []): void {
    this.#simulation.free();
    this.#simulation = new Simulation(seed);
    this.#seed = seed;
    this.#broken = broken;
    this.#done = 0;
  }

  /** Goes on by as much as so many milliseconds of real time are worth. */
  goOn(real: number): void {
    const began = this.#simulation.now;
    if (this.pace === "full") {
      const until = performance.now() + SLICE;
      while (performance.now() < until && this.#next()) this.#step(this.#simulation.end / 500);
      return;
    }
    if (this.pace !== "pause") this.#step((this.#simulation.end / SECONDS[this.pace] / 1000) * real);
    this.#speed = (this.#simulation.now - began) / real;
  }

  breakNow(mischief: Mischief, server?: number): void {
    const broken: Broken = { at: this.#simulation.now, mischief, ...(server === undefined ? {} : { server }) };
    this.#broken = [...this.#broken.slice(0, this.#done), broken];
    this.#simulation.breakNow(mischief, server);
    this.#done += 1;
  }

  report(): Report {
    const scene = this.#simulation.look();
    return { scene, broken: this.#broken, seeds: this.#seeds, looks: this.#looks + scene.looks, speed: this.#speed };
  }

  #step(milliseconds: number): void {
    const before = performance.now();
    const began = this.#simulation.now;
    const until = began + Math.max(1, Math.round(milliseconds));
    for (let next = this.#broken[this.#done]; next !== undefined && next.at <= until; next = this.#broken[this.#done]) {
      this.#simulation.goOn(next.at - this.#simulation.now);
      this.#simulation.breakNow(next.mischief, next.server);
      this.#done += 1;
    }
    this.#simulation.goOn(until - this.#simulation.now);
    this.#speed = (this.#simulation.now - began) / Math.max(performance.now() - before, 0.1);
  }

  /** At full speed a seed follows the other, unless one has failed: whether there is something to go on with. */
  #next(): boolean {
    if (this.#simulation.now < this.#simulation.end) return true;
    if (this.#simulation.hasFailed) return false;
    this.#seeds += 1;
    this.#looks += this.#simulation.look().looks;
    this.begin(this.#seed + 1);
    return true;
  }
}
