import type { Notice } from "access-engine";
import type { Cabinet } from "./cabinet.ts";

/** Every notice as the host's `send` was given it; one that comes twice is kept once. */
export class Mailbox {
  readonly #cabinet: Cabinet;
  #mails: readonly Notice[];

  private constructor(cabinet: Cabinet, mails: readonly Notice[]) {
    this.#cabinet = cabinet;
    this.#mails = mails.toSorted(newestFirst);
  }

  static async open(cabinet: Cabinet): Promise<Mailbox> {
    return new Mailbox(cabinet, await cabinet.mails());
  }

  /** Reads what other tabs have received. */
  async refresh(): Promise<void> {
    const mails = await this.#cabinet.mails();
    this.#mails = mails.toSorted(newestFirst);
  }

  /** The newest first. */
  get mails(): readonly Notice[] {
    return this.#mails;
  }

  async receive(notice: Notice): Promise<void> {
    await this.#cabinet.keepMail(notice);
    if (this.#mails.some(({ id }) => id === notice.id)) return;
    this.#mails = [notice, ...this.#mails].toSorted(newestFirst);
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
