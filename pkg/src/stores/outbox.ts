import type { DropReason, Notice, Settlement } from "../types.js";

/** A notice, and what became of it for those of its recipients for whom it is settled. */
export interface OutboxEntry {
  /** What was to be told to whom. */
  notice: Notice;
  /** By recipient, in order of their ids. */
  settled: Settlement[];
}

/** A store that can show its outbox. */
export interface Outbox {
  /** Every notice ever appended, in order. */
  outbox(): Promise<OutboxEntry[]>;
}

/** The notice to those for whom it is not settled; nothing where it is for all. */
export function leftOf(notice: Notice, settled: ReadonlySet<string>): Notice[] {
  const to = notice.to.filter((id) => !settled.has(id));
  return to.length > 0 ? [{ ...notice, to }] : [];
}

/** What became of a notice, of the columns of a table; the one for which there is no reason was sent. */
export function settlementOf(noticeId: string, recipientId: string, dropped: DropReason | null): Settlement {
  return dropped === null ? { noticeId, recipientId } : { noticeId, recipientId, dropped };
}
