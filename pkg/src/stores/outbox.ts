import type { Notice } from "../types.js";

/** A notice and what became of it. */
export interface OutboxEntry {
  /** What was to be told to whom. */
  notice: Notice;
  /** Waiting, handed over, or dropped because its recipient was disabled before. */
  state: "pending" | "sent" | "dropped";
}

/** A store that can show its outbox. */
export interface Outbox {
  /** Every notice ever appended, in order. */
  outbox(): Promise<OutboxEntry[]>;
}
