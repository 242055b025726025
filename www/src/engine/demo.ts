import { type AccessEngine, type Commit, isAccessError, type OutboxMessage } from "access-engine";
import { Cabinet } from "./cabinet.ts";
import type { Calls } from "./calls.ts";
import type { Clock } from "./clock.ts";
import { COMPANY, PROJECT } from "./company.ts";
import type { Directory } from "./directory.ts";
import type { Mailbox } from "./mailbox.ts";
import type { Progress } from "./progress.ts";
import { copyOf, type Past, pastOf } from "./replicas.ts";
import { ALL, type CommitStore, removeStore } from "./store.ts";
import { forgetTab } from "./tab.ts";
import { capitalized } from "../words/lists.ts";

const LONGEST_TIMER = 2 ** 31 - 1;
const BEAT = 20_000;
const SAID_AT_MOST = 5;
/** What comes within so many milliseconds is drawn at once. */
const TOGETHER = 50;

/** What the page was drawn from: grows with every change, and says for which time. */
export interface Moment {
  readonly revision: number;
  readonly at: number;
}

interface Parts {
  project: string;
  engine: AccessEngine;
  calls: Calls;
  clock: Clock;
  directory: Directory;
  mailbox: Mailbox;
  progress: Progress;
  cabinet: Cabinet;
  store: CommitStore;
  isCopy: boolean;
}

/** The engine with the host that the page gives it, and a bell that rings when something has changed. */
export class Demo {
  readonly project: string;
  readonly engine: AccessEngine;
  /** The same for what the visitor asks and does: its calls are kept. */
  readonly watched: AccessEngine;
  readonly calls: Calls;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly mailbox: Mailbox;
  readonly progress: Progress;
  readonly cabinet: Cabinet;
  /** Whether it came by a link: a copy for this tab, beside the project of this browser. */
  readonly isCopy: boolean;
  readonly #store: CommitStore;
  readonly #listeners = new Set<() => void>();
  #moment: Moment;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isResting = false;
  /** Draws before long, where it is set. */
  #soonAt: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Parts) {
    this.project = parts.project;
    this.engine = parts.engine;
    this.calls = parts.calls;
    this.watched = parts.calls.watch(parts.engine);
    this.clock = parts.clock;
    this.directory = parts.directory;
    this.mailbox = parts.mailbox;
    this.progress = parts.progress;
    this.cabinet = parts.cabinet;
    this.isCopy = parts.isCopy;
    this.#store = parts.store;
    this.#moment = { revision: 0, at: this.clock.now() };
    this.engine.subscribe(() => this.changed());
    this.mailbox.onMail(() => this.#soon());
    this.cabinet.onNews((news) => (news === "gone" ? this.#leave() : void this.#catchUp()));
    parts.store.onChange(() => void this.#catchUp());
    setInterval(() => void this.#catchUp(), BEAT);
    this.#wait();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The sample, whose people the story is about. */
  get isSample(): boolean {
    return this.project === PROJECT;
  }

  /** What the project is called. */
  get name(): string {
    return this.isSample ? COMPANY : this.project.split("-").map(capitalized).join(" ");
  }

  /** The whole record. */
  commits(): Promise<Commit[]> {
    return this.#store.load(0, ALL);
  }

  readonly moment = (): Moment => this.#moment;

  /** Whether another project takes its place, or it is gone: then nothing asks it any more, and the page is loaded anew. */
  readonly isResting = (): boolean => this.#isResting;

  rest(): void {
    this.#isResting = true;
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener();
  }

  /** Another engine on the same record, to try things on. */
  copy(): Promise<AccessEngine> {
    return copyOf(this.#store, this.project, () => this.clock.now());
  }

  /** The project as it was behind a commit. */
  past(version: number): Promise<Past> {
    return pastOf(this.#store, this.project, version);
  }

  /** Draws the page anew. */
  changed(): void {
    this.#moment = { revision: this.#moment.revision + 1, at: this.clock.now() };
    for (const listener of this.#listeners) listener();
    this.#wait();
  }

  /** Mails come by the hundred when much falls due: they are drawn together. */
  #soon(): void {
    if (this.#soonAt !== undefined) return;
    this.#soonAt = setTimeout(() => {
      this.#soonAt = undefined;
      this.changed();
    }, TOGETHER);
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

  /** The messages that were tried and are not delivered. */
  async undelivered(): Promise<readonly OutboxMessage[]> {
    const left = await Promise.all((["waiting", "failed"] as const).map((state) => this.#store.outbox({ state })));
    return left.flat().filter(({ attempts }) => attempts > 0);
  }

  /** Sends now what has failed. */
  async sendAgain(): Promise<void> {
    await this.watched.deliver({ retryFailed: true });
    this.changed();
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
    this.rest();
    forgetTab();
    location.reload();
  }

  async #tick(): Promise<void> {
    await this.watched.tick({ now: this.clock.now() });
    await this.engine.deliver();
    this.changed();
  }

  async #catchUp(): Promise<void> {
    if (this.#isResting) return;
    try {
      await this.cabinet.refresh();
      await this.engine.refresh();
      await this.engine.tick({ now: this.clock.now() });
      await this.engine.deliver();
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
