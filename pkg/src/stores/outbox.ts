import type { Claim, Claimed, Commit, DropReason, Settlement } from "../types.js";

/** A message of an outbox: a notice to one of its recipients. */
export interface OutboxMessage {
  /** The notice. */
  noticeId: string;
  /** The recipient. */
  recipientId: string;
  /** `waiting`: it is to be sent, now or later, or it is being sent; `failed`: it was tried as often as it may be. */
  state: OutboxState;
  /** How often it was tried, or is being tried. */
  attempts: number;
  /** When it is due, was sent or was dropped, in milliseconds since 1970. */
  at?: number;
  /** Why nothing was sent. */
  dropped?: DropReason;
  /** What went wrong at the last attempt. */
  problem?: string;
}

/** How a message of an outbox stands. */
export type OutboxState = "waiting" | "sent" | "dropped" | "failed";

/** Which messages of an outbox are asked for. */
export interface OutboxFilter {
  /** Those that stand so; all unless given. */
  state?: OutboxState;
  /** How many at most; 1,000 unless given. */
  limit?: number;
}

/** How many messages are shown unless a number is given. */
export const SHOWN = 1000;

/** A message as a store keeps it. */
export interface Kept {
  noticeId: string;
  recipientId: string;
  attempts: number;
  /** When it may be claimed; absent where it is settled or has failed for good. */
  dueAt?: number;
  /** Until when nobody else is given one to this recipient. */
  heldUntil?: number;
  settledAt?: number;
  dropped?: DropReason;
  problem?: string;
}

/** How the columns of a table say how a message stands. */
export const STATES: { [state in OutboxState]: string } = {
  waiting: "due_at is not null",
  sent: "settled_at is not null and dropped is null",
  dropped: "settled_at is not null and dropped is not null",
  failed: "settled_at is null and due_at is null",
};

/** A message of the columns of a table. */
export function keptOf(row: { [column: string]: unknown }): Kept {
  const { notice_id: noticeId, recipient, attempts, due_at: dueAt, settled_at: settledAt, dropped, problem } = row;
  return {
    noticeId: String(noticeId),
    recipientId: String(recipient),
    attempts: Number(attempts),
    ...(dueAt === null ? {} : { dueAt: Number(dueAt) }),
    ...(settledAt === null ? {} : { settledAt: Number(settledAt) }),
    ...(dropped === null ? {} : { dropped: dropped as DropReason }),
    ...(problem === null ? {} : { problem: String(problem) }),
  };
}

/** The messages of a commit, due at once. */
export function messagesOf({ at, notices }: Commit): Kept[] {
  return notices.flatMap(({ id, to }) => to.map((recipientId) => ({ noticeId: id, recipientId, attempts: 0, dueAt: at })));
}

/** The first of those that are due, one a recipient, and none to whom one is being sent. */
export function choose<M extends Kept>(due: Iterable<M>, isHeld: (recipientId: string) => boolean, limit: number): M[] {
  const chosen = new Map<string, M>();
  for (const message of due) {
    if (chosen.size >= limit) break;
    if (!chosen.has(message.recipientId) && !isHeld(message.recipientId)) chosen.set(message.recipientId, message);
  }
  return [...chosen.values()];
}

/** The message once it is claimed. */
export function held<M extends Kept>(message: M, { at, leaseSeconds }: Claim): M {
  const until = at + 1000 * leaseSeconds;
  return { ...message, attempts: message.attempts + 1, dueAt: until, heldUntil: until };
}

/** What the engine is given of a message that it has claimed. */
export function claimedOf({ noticeId, recipientId, attempts }: Kept): Claimed {
  return { noticeId, recipientId, attempt: attempts };
}

/** The message once it is known what became of it; nothing where that is known already, or another attempt is under way. */
export function settled<M extends Kept>(message: M, { attempt, at, dropped, failed }: Settlement): M | undefined {
  const counts = message.settledAt === undefined && (failed === undefined || message.attempts === attempt);
  if (!counts) return undefined;
  const after = { ...message };
  delete after.dueAt;
  delete after.heldUntil;
  delete after.problem;
  if (failed === undefined) return { ...after, settledAt: at, ...(dropped === undefined ? {} : { dropped }) };
  const { problem, retryAfterSeconds } = failed;
  return { ...after, problem, ...(retryAfterSeconds === undefined ? {} : { dueAt: at + 1000 * retryAfterSeconds }) };
}

/** The message, due at once where it has failed and is not being sent; else nothing. */
export function retried<M extends Kept>(message: M, at: number): M | undefined {
  const { heldUntil = at, settledAt } = message;
  return settledAt === undefined && heldUntil <= at ? { ...message, attempts: 0, dueAt: at } : undefined;
}

/** The message as it is shown. */
export function shown({ noticeId, recipientId, attempts, dueAt, settledAt, dropped, problem }: Kept): OutboxMessage {
  const at = settledAt ?? dueAt;
  return {
    noticeId,
    recipientId,
    state: stateOf({ dueAt, settledAt, dropped }),
    attempts,
    ...(at === undefined ? {} : { at }),
    ...(dropped === undefined ? {} : { dropped }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function stateOf({ dueAt, settledAt, dropped }: { [name in "dueAt" | "settledAt" | "dropped"]: Kept[name] | undefined }): OutboxState {
  if (settledAt !== undefined) return dropped === undefined ? "sent" : "dropped";
  return dueAt === undefined ? "failed" : "waiting";
}
