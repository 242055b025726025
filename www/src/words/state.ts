import type { Explanation } from "access-engine";
import { timeLeft } from "./duration.ts";
import { inWords, namesOf } from "./lists.ts";
import { CANCEL_REASON, END_REASON } from "./reasons.ts";
import { fromNow } from "./time.ts";

/** Where a request really stands, in a few words: for whom it waits, or what has become of its access. */
export function stateWords({ request, steps, grant, you }: Explanation, now: number): string {
  if (request.status === "pending") {
    if (you?.approve.allowed) return "Waiting for your review";
    const open = steps.find(({ state }) => state === "open");
    const count = open?.canApproveCount ?? 0;
    return count === 0 ? "Stuck: nobody can approve it" : `Waiting for ${inWords(namesOf((open?.canApprove ?? []).slice(0, 2), count), "or")}`;
  }
  if (grant?.end !== undefined) return `Access has ended: ${END_REASON[grant.end.reason]}`;
  if (grant?.status === "scheduled") return `Access begins ${fromNow(grant.startsAt, now)}`;
  if (grant !== undefined) return grant.endsAt === undefined ? "Access is live and permanent" : `Access is live, ${timeLeft(grant.endsAt - now)} left`;
  const reason = request.closing?.reason;
  return reason === undefined ? "No access was given" : `No access: ${CANCEL_REASON[reason]}`;
}
