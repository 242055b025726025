import { type AccessEngine, type AccessError, type Commit, isAccessError, type Receipt } from "access-engine";

/** A call of the engine that the visitor's presses and pages have made. */
export interface Call {
  readonly number: number;
  readonly name: string;
  readonly args: readonly unknown[];
  readonly milliseconds: number;
  /** Of a command that was carried out. */
  readonly receipt?: Receipt;
  /** Of one that was refused. */
  readonly error?: AccessError;
}

const QUESTIONS: ReadonlySet<PropertyKey> = new Set([
  "evaluate", "explain", "inbox", "requests", "grants", "policies", "permissions", "preview", "simulate", "analyze", "delegations", "history", "verify",
]);
const COMMANDS_KEPT = 50;
const QUESTIONS_KEPT = 60;
const HASHES_KEPT = 500;

/** The last calls, as they were made, and the hashes of the commits that came of them. */
export class Calls {
  /** The newest first. */
  commands: readonly Call[] = [];
  questions: readonly Call[] = [];
  readonly #hashes = new Map<number, string>();
  readonly #listeners = new Set<() => void>();
  #count = 0;
  #told = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Grows with what is kept. */
  readonly count = (): number => this.#told;

  hashOf(version: number): string | undefined {
    return this.#hashes.get(version);
  }

  learn(commits: readonly Commit[]): void {
    for (const { version, hash } of commits) {
      this.#hashes.set(version, hash);
      this.#hashes.delete(version - HASHES_KEPT);
    }
  }

  /** The same engine, whose calls are kept here. */
  watch(engine: AccessEngine): AccessEngine {
    return new Proxy(engine, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        return (...args: unknown[]) => this.#make(name, args, () => Reflect.apply(member, target, args));
      },
    });
  }

  #make(name: PropertyKey, args: readonly unknown[], call: () => unknown): unknown {
    const start = performance.now();
    const keep = (more: Pick<Call, "receipt" | "error">): void => this.#keep({ name: String(name), args, milliseconds: performance.now() - start, ...more });
    const result = call();
    if (result instanceof Promise) {
      result.then(
        (value: unknown) => (isReceipt(value) ? keep({ receipt: value }) : QUESTIONS.has(name) && keep({})),
        (error: unknown) => isAccessError(error) && !QUESTIONS.has(name) && keep({ error }),
      );
    } else if (QUESTIONS.has(name)) {
      keep({});
    }
    return result;
  }

  #keep(made: Omit<Call, "number">): void {
    this.#count += 1;
    const call = { number: this.#count, ...made };
    if (QUESTIONS.has(call.name)) this.questions = [call, ...this.questions].slice(0, QUESTIONS_KEPT);
    else this.commands = [call, ...this.commands].slice(0, COMMANDS_KEPT);
    // Questions are asked while a page is drawn, which is no time to draw another part of it.
    queueMicrotask(() => this.#tell());
  }

  #tell(): void {
    if (this.#told === this.#count) return;
    this.#told = this.#count;
    for (const listener of this.#listeners) listener();
  }
}

function isReceipt(value: unknown): value is Receipt {
  return typeof value === "object" && value !== null && "events" in value && "version" in value;
}
