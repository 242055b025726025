import type { Message } from "access-engine";
import type { Cabinet } from "./cabinet.ts";

/** Every message as the host's `send` was given it; one that comes twice is kept once. */
export class Mailbox {
  readonly #cabinet: Cabinet;
  /** By their ids, those that this tab could not deliver. */
  readonly #attempted = new Map<string, Message>();
  #onMail = (): void => {};

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
  }

  get count(): number {
    return this.#cabinet.mails().length;
  }

  /** The newest first. */
  get mails(): readonly Message[] {
    return this.#cabinet.mails().toSorted(newestFirst);
  }

  /** How many mails a commit has sent so far: they go out behind the command. */
  sentBy(version: number): number {
    return this.mails.filter(({ id }) => parts(id)[0] === version).length;
  }

  /** A mail that could not be delivered. */
  attempted(id: string): Message | undefined {
    return this.#attempted.get(id);
  }

  /** Whether the mail server is down, and every delivery fails. */
  get isDown(): boolean {
    return this.#cabinet.recall("mailDown") ?? false;
  }

  async setDown(down: boolean): Promise<void> {
    await this.#cabinet.change("mailDown", () => down);
    this.#cabinet.tell("mail");
    this.#onMail();
  }

  /** Says whom to tell of each mail, and of each that failed. */
  onMail(listener: () => void): void {
    this.#onMail = listener;
  }

  async receive(message: Message): Promise<void> {
    if (this.#cabinet.hasMail(message.id)) return;
    if (this.isDown) {
      this.#attempted.set(message.id, message);
      throw new Error("the mail server does not answer");
    }
    await this.#cabinet.keepMail(message);
    this.#cabinet.tell("mail");
    this.#onMail();
  }

  /** Why a mail was not delivered was noted. */
  noted(): void {
    this.#onMail();
  }
}

function newestFirst(one: Message, other: Message): number {
  const [version, place] = parts(one.id);
  const [otherVersion, otherPlace] = parts(other.id);
  return otherVersion - version || place - otherPlace || other.at - one.at;
}

/** The ids of messages begin with the version of their commit and the place of their notice in it (`ntc_43_2:ada`). */
function parts(id: string): [number, number] {
  const [, version, place] = /^ntc_(\d+)_(\d+):/u.exec(id) ?? [];
  return [Number(version ?? 0), Number(place ?? 0)];
}
