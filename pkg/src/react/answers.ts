import { isAccessError } from "../error.js";

/** What is called of an engine to know when its answers may have changed. */
interface Changing {
  readonly version: number;
  subscribe(listener: () => void): () => void;
  nextWakeAt(): number | undefined;
}

/** The time: a clock, or an instant at which it stands still. */
type Clock = number | (() => number);

/** What a question came to. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** A state of the engine at an instant, and until when its answers hold. */
interface Moment {
  readonly version: number;
  readonly at: number;
  endsAt: number;
}

interface Entry {
  readonly moment: Moment;
  readonly outcome: Outcome;
}

/**
 * How long answers hold when nothing is known to be due: an engine that nobody ticks does not say what comes after that, and
 * never that a grant begins. As long as engines wait until they look again.
 */
const LONGEST = 5000;

/**
 * Answers by their questions: each is asked once in a moment, whoever reads it and how often, and one that has not changed
 * is the same object. Listeners are told of each new moment.
 */
export class Answers {
  readonly #engine: Changing;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  #unsubscribe = (): void => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #moment: Moment | undefined;

  constructor(engine: Changing, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  /** What the question came to in this moment. */
  read(question: string, ask: (at: number) => unknown): Outcome {
    const moment = this.#now();
    const before = this.#entries.get(question);
    if (before?.moment === moment) return before.outcome;
    const outcome = kept(before?.outcome, outcomeOf(() => ask(moment.at)));
    this.#entries.set(question, { moment, outcome });
    const until = "value" in outcome ? untilOf(outcome.value) : undefined;
    if (until !== undefined && until > moment.at) moment.endsAt = Math.min(moment.endsAt, until);
    return outcome;
  }

  /** Calls the listener in each new moment, until what is answered is called. */
  subscribe(listener: () => void): () => void {
    if (this.#listeners.size === 0) this.#unsubscribe = this.#engine.subscribe(() => this.#renew());
    this.#listeners.add(listener);
    this.#wait();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#unsubscribe();
      clearTimeout(this.#timer);
    };
  }

  #now(): Moment {
    const [version, at] = [this.#engine.version, this.#time()];
    if (this.#moment?.version !== version || at >= this.#moment.endsAt) {
      const wakeAt = this.#engine.nextWakeAt() ?? Infinity;
      this.#moment = { version, at, endsAt: Math.min(at + LONGEST, wakeAt > at ? wakeAt : Infinity) };
    }
    return this.#moment;
  }

  #time(): number {
    return typeof this.#clock === "number" ? this.#clock : this.#clock();
  }

  /** A newer snapshot may have the version of the one before. */
  #renew(): void {
    this.#moment = undefined;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
    // Whoever still listens has read by now.
    for (const [question, { moment }] of this.#entries) if (moment !== this.#moment) this.#entries.delete(question);
    // An engine that answers nothing any more makes no new moment.
    this.#wait(this.#rest() > 0 ? 0 : LONGEST);
  }

  #wait(least = 0): void {
    clearTimeout(this.#timer);
    if (typeof this.#clock === "number" || this.#listeners.size === 0) return;
    this.#timer = setTimeout(() => this.#tell(), Math.max(least, this.#rest()));
  }

  /** For how long this moment's answers still hold. */
  #rest(): number {
    return this.#moment === undefined ? 0 : this.#moment.endsAt - this.#time();
  }
}

function outcomeOf(ask: () => unknown): Outcome {
  try {
    return { value: ask() };
  } catch (error) {
    return { error };
  }
}

/** The outcome before, where the one now is no other, or is still on its way with a newer snapshot. */
function kept(before: Outcome | undefined, now: Outcome): Outcome {
  if (before === undefined || !("value" in before)) return now;
  const isKept = "error" in now ? isAccessError(now.error, "snapshot_out_of_date") : isSame(before.value, now.value);
  return isKept ? before : now;
}

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isPlain(one) || !isPlain(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]));
}

/** Whether something is data, and has no more to it than what it lists. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}

/** When a decision ends, whoever ticks or does not. */
function untilOf(answer: unknown): number | undefined {
  const until = typeof answer === "object" && answer !== null && "until" in answer ? answer.until : undefined;
  return typeof until === "number" ? until : undefined;
}
