import type { Notice } from "access-engine";
import type { Cabinet } from "./cabinet.ts";

/** Every notice as the host's `send` was given it; one that comes twice is kept once. */
export class Mailbox {
  readonly #cabinet: Cabinet;
  #onMail = (): void => {};

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
  }

  /** The newest first. */
  get mails(): readonly Notice[] {
    return this.#cabinet.mails().toSorted(newestFirst);
  }

  /** How many mails a commit has sent so far: they go out behind the command. */
  sentBy(version: number): number {
    return this.mails.filter(({ id }) => parts(id)[0] === version).length;
  }

  /** Says whom to tell of each mail. */
  onMail(listener: () => void): void {
    this.#onMail = listener;
  }

  async receive(notice: Notice): Promise<void> {
    if (this.#cabinet.hasMail(notice.id)) return;
    await this.#cabinet.keepMail(notice);
    this.#cabinet.tell("mail");
    this.#onMail();
  }
}

function newestFirst(one: Notice, other: Notice): number {
  const [version, place] = parts(one.id);
  const [otherVersion, otherPlace] = parts(other.id);
  return otherVersion - version || place - otherPlace || other.at - one.at;
}

/** The ids of notices carry the version of their commit and their place in it (`ntc_43_2`). */
function parts(id: string): [number, number] {
  const [place, version] = id.split("_").map(Number).toReversed();
  return [version ?? 0, place ?? 0];
}
