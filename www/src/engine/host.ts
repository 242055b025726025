import type { AccessHost, Claim, Claimed, Commit, Head, Message, Settlement, SubjectErased } from "access-engine";
import type { Calls } from "./calls.ts";
import type { Clock } from "./clock.ts";
import type { Directory } from "./directory.ts";
import type { Mailbox } from "./mailbox.ts";
import type { Progress } from "./progress.ts";
import type { CommitStore } from "./store.ts";

/** Everything that the page lends to the engine: a record, a mail box and a clock. */
export class DemoHost implements AccessHost {
  readonly #store: CommitStore;
  readonly #clock: Clock;
  readonly #mailbox: Mailbox;
  readonly #readers: readonly (Calls | Directory | Progress)[];

  constructor(store: CommitStore, clock: Clock, mailbox: Mailbox, readers: readonly (Calls | Directory | Progress)[]) {
    this.#store = store;
    this.#clock = clock;
    this.#mailbox = mailbox;
    this.#readers = readers;
  }

  now(): number {
    return this.#clock.now();
  }

  async load(afterVersion: number, limit: number): Promise<Commit[]> {
    const commits = await this.#store.load(afterVersion, limit);
    for (const reader of this.#readers) reader.learn(commits);
    return commits;
  }

  async append(commit: Commit, expected: Head): Promise<void> {
    await this.#store.append(commit, expected);
    for (const reader of this.#readers) reader.learn([commit]);
  }

  send(message: Message): Promise<void> {
    return this.#mailbox.receive(message);
  }

  claim(claim: Claim): Promise<Claimed[]> {
    return this.#store.claim(claim);
  }

  erase(erasure: Pick<SubjectErased, "subjectId" | "upTo">): Promise<void> {
    return this.#store.erase(erasure);
  }

  async settle(settlement: Settlement): Promise<void> {
    await this.#store.settle(settlement);
    if (settlement.failed) this.#mailbox.noted();
  }

  retry(at: number): Promise<void> {
    return this.#store.retry(at);
  }
}
