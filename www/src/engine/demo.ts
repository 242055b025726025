import { AccessEngine, type AccessHost, type Commit, isAccessError } from "access-engine";
import { Cabinet } from "./cabinet.ts";
import type { Calls } from "./calls.ts";
import type { Clock } from "./clock.ts";
import { PROJECT } from "./company.ts";
import type { Directory } from "./directory.ts";
import type { Mailbox } from "./mailbox.ts";
import type { Progress } from "./progress.ts";
import { type CommitStore, removeStore } from "./store.ts";
import { forgetTab } from "./tab.ts";

const LONGEST_TIMER = 2 ** 31 - 1;
const BEAT = 20_000;
const SAID_AT_MOST = 5;
const PART = 1000;

/** What the page was drawn from: grows with every change, and says for which time. */
export interface Moment {
  readonly revision: number;
  readonly at: number;
}

/** The project at a past moment. */
export interface Past {
  readonly engine: AccessEngine;
  readonly version: number;
  readonly at: number;
}

interface Parts {
  engine: AccessEngine;
  calls: Calls;
  clock: Clock;
  directory: Directory;
  mailbox: Mailbox;
  progress: Progress;
  cabinet: Cabinet;
  store: CommitStore;
}

/** The engine with the host that the page gives it, and a bell that rings when something has changed. */
export class Demo {
  readonly engine: AccessEngine;
  /** The same for what the visitor asks and does: its calls are kept. */
  readonly watched: AccessEngine;
  readonly calls: Calls;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly mailbox: Mailbox;
  readonly progress: Progress;
  readonly cabinet: Cabinet;
  readonly #store: CommitStore;
  readonly #listeners = new Set<() => void>();
  #moment: Moment;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Parts) {
    this.engine = parts.engine;
    this.calls = parts.calls;
    this.watched = parts.calls.watch(parts.engine);
    this.clock = parts.clock;
    this.directory = parts.directory;
    this.mailbox = parts.mailbox;
    this.progress = parts.progress;
    this.cabinet = parts.cabinet;
    this.#store = parts.store;
    this.#moment = { revision: 0, at: this.clock.now() };
    this.engine.subscribe(() => this.changed());
    this.mailbox.onMail(() => this.changed());
    this.cabinet.onNews((news) => (news === "gone" ? this.#leave() : void this.#catchUp()));
    parts.store.onChange(() => void this.#catchUp());
    setInterval(() => void this.#catchUp(), BEAT);
    this.#wait();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly moment = (): Moment => this.#moment;

  /** Another engine on the same record, to try things on: what it appends is kept nowhere, and nobody is told. */
  copy(): Promise<AccessEngine> {
    const host: AccessHost = {
      now: () => this.clock.now(),
      load: (after, limit) => this.#store.load(after, limit),
      append: async () => {},
      send: async () => {},
    };
    return AccessEngine.open({ project: PROJECT, host, pollSeconds: 0 });
  }

  /** Everything that is stored of the record, from its beginning. */
  async commits(): Promise<readonly Commit[]> {
    const commits: Commit[] = [];
    while (commits.length < this.engine.version) {
      // oxlint-disable-next-line no-await-in-loop -- a part begins where the one before ends
      const part = await this.#store.load(commits.length, PART);
      if (part.length === 0) break;
      commits.push(...part);
    }
    return commits;
  }

  /** The project as it was behind a commit: an engine that reads no further, at the time of that commit. */
  async past(version: number): Promise<Past> {
    let at = 0;
    const host: AccessHost = {
      now: () => at,
      load: async (after, limit) => {
        const commits = after < version ? await this.#store.load(after, Math.min(limit, version - after)) : [];
        at = commits.at(-1)?.at ?? at;
        return commits;
      },
      append: () => Promise.reject(new Error("the past cannot be changed")),
      send: async () => {},
    };
    const engine = await AccessEngine.open({ project: PROJECT, host, pollSeconds: 0 });
    return { engine, version, at };
  }

  /** Draws the page anew. */
  changed(): void {
    this.#moment = { revision: this.#moment.revision + 1, at: this.clock.now() };
    for (const listener of this.#listeners) listener();
    this.#wait();
  }

  async forward(seconds: number): Promise<void> {
    await this.clock.forward(seconds * 1000);
    await this.#tick();
  }

  /** Moves the clock to when something is due next; says what happened then. */
  async toNextEvent(): Promise<readonly string[]> {
    const wakeAt = this.engine.nextWakeAt();
    if (wakeAt === undefined) return [];
    const { version } = this.engine;
    await this.clock.forward(wakeAt - this.clock.now());
    await this.#tick();
    const { items } = await this.engine.history("host", { limit: SAID_AT_MOST });
    return items.filter((entry) => entry.version > version).map(({ summary }) => summary);
  }

  async startOver(): Promise<void> {
    this.cabinet.close();
    if (this.cabinet.lasts) await Promise.all([removeStore(), Cabinet.remove()]);
    this.cabinet.tell("gone");
    location.hash = "";
    this.#leave();
  }

  /** What the tab has kept was about what is gone. */
  #leave(): void {
    forgetTab();
    location.reload();
  }

  async #tick(): Promise<void> {
    await this.watched.tick({ now: this.clock.now() });
    await this.engine.deliver();
    this.changed();
  }

  async #catchUp(): Promise<void> {
    try {
      await this.cabinet.refresh();
      await this.engine.refresh();
      await this.engine.tick({ now: this.clock.now() });
    } catch (error) {
      // Another tab has started over: what this one shows is gone.
      if (isAccessError(error, "record_replaced")) return this.#leave();
      throw error;
    }
    this.changed();
  }

  /** Ticks when the engine says that something is due. */
  #wait(): void {
    clearTimeout(this.#timer);
    const wakeAt = this.engine.nextWakeAt();
    if (wakeAt === undefined) return;
    const milliseconds = Math.min(Math.max(wakeAt - this.clock.now(), 0) + 50, LONGEST_TIMER);
    this.#timer = setTimeout(() => void this.#tick(), milliseconds);
  }
}
