import { AccessEngine } from "../engine.js";
import { isAccessError } from "../error.js";
import type { AccessHost, AccessStore } from "../host.js";
import type { Head } from "../types.js";
import { EXIT, Failure } from "./failure.js";
import { lengthOf, type Progress, progressOn, type Screen } from "./progress.js";
import { type Opened, openStore } from "./store.js";
import { type Call, type Usage, usageFailure } from "./usage.js";

/** What a command answers. */
export interface Answer {
  /** For programs. */
  data: unknown;
  /** For people. */
  text: string;
  /** Whether it has found something wrong. */
  isWrong?: boolean;
  /** Whether standard output is taken by what the command itself wrote there. */
  isBeside?: boolean;
}

/** A command: how it is called, and what it does in one run. */
export interface Command extends Usage {
  run(run: Run): Promise<Answer>;
}

/** One run of the program: what was asked for, and what it takes. */
export class Run {
  readonly call: Call;
  readonly project: string;
  /** Aborts when the program is interrupted. */
  readonly signal: AbortSignal;
  readonly #address: string;
  readonly #screen: Screen;
  #opened: Opened | undefined;

  constructor(call: Call, signal: AbortSignal, screen: Screen) {
    const { store, project } = { store: process.env["ACCESS_ENGINE_STORE"], project: process.env["ACCESS_ENGINE_PROJECT"], ...call.options };
    if (!store) throw usageFailure("--store is missing", call.command);
    if (!project) throw usageFailure("--project is missing", call.command);
    this.call = call;
    this.project = project;
    this.signal = signal;
    this.#address = store;
    this.#screen = screen;
  }

  /** Opens the store, which this run closes; with `make` also where there is none yet. */
  async open({ make } = { make: false }): Promise<Opened> {
    this.#opened = await openStore({ address: this.#address, project: this.project, make });
    return this.#opened;
  }

  /** Lets go of the store. */
  async close(): Promise<void> {
    await this.#opened?.close();
  }

  /** Opens an engine, and closes it when it was used; each callback of its host may take so long. */
  async withEngine<T>(host: AccessHost, use: (engine: AccessEngine) => T | Promise<T>, hostTimeoutSeconds = 30): Promise<T> {
    const engine = await AccessEngine.open({ project: this.project, host, hostTimeoutSeconds, pollSeconds: 0 }).catch((error: unknown) => {
      if (!isAccessError(error, "no_project")) throw error;
      throw new Failure(EXIT.usage, `the store has no record of ${this.project}`, { cause: error });
    });
    try {
      return await use(engine);
    } finally {
      await engine.close();
    }
  }

  /** The progress of something that goes through the whole record. */
  async progress(what: string, store: AccessStore): Promise<Progress> {
    return this.progressOf(what, this.#screen.isTTY ? await lengthOf(store) : 0);
  }

  /** The progress of something that goes through so many commits. */
  progressOf(what: string, total: number): Progress {
    return progressOn(this.#screen, what, total);
  }

  /** The head that was given as `--head`. */
  get head(): Head | undefined {
    const given = this.call.options.head;
    if (given === undefined) return undefined;
    const [, version, hash] = /^(\d{1,15}):([\da-f]{64})$/.exec(given) ?? [];
    if (!version || !hash) throw usageFailure("--head is VERSION:HASH, such as the head that `stats` shows", this.call.command);
    return { version: Number(version), hash };
  }
}

/**
 * A host that only reads: no right to write is needed, and nothing is erased, sent or begun. It stops when the run is
 * interrupted.
 */
export function readingHost(store: Pick<AccessStore, "load" | "snapshot">, { signal }: Run, progress: Progress): AccessHost {
  return {
    async load(afterVersion, limit) {
      signal.throwIfAborted();
      const commits = await store.load(afterVersion, limit);
      progress.at(afterVersion + commits.length);
      return commits;
    },
    append: () => Promise.reject(new Error("this only reads")),
    send: async () => {},
    ...(store.snapshot ? { snapshot: () => store.snapshot?.() ?? Promise.resolve(undefined) } : {}),
  };
}

/** A head as `--head` takes it. */
export function written({ version, hash }: Head): string {
  return `${version}:${hash}`;
}
