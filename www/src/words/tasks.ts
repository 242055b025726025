import type { InboxItem, InboxTask } from "access-engine";

export const TASK: Record<InboxTask, string> = {
  review: "Waiting for your review",
  acknowledge: "Break-glass: waiting for your acknowledgement",
};

/** One task is read or not: its request, as it is worded now. */
export function markOf({ task, request }: InboxItem): string {
  return `${task} ${request.id} ${request.contentHash}`;
}
