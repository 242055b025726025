import type { AccessEvent, Receipt } from "access-engine";
import { durationWords } from "../../words/duration.ts";
import * as words from "../../words/pages/request.tsx";
import { when } from "../../words/time.ts";

/** What a request that was made or amended has come to: its approvers are told in their own time. */
export function askedWords(): string {
  return words.askedFor;
}

/** The same of several requests at once. */
export function askedAllWords(count: number): string {
  return words.askedForSeveral(count);
}

export function brokenWords({ shortenedToSeconds }: Receipt): string {
  return words.glassBroken(shortenedToSeconds === undefined ? "" : words.shortenedTo(durationWords(shortenedToSeconds)));
}

/** What a review has come to, as the events of its commit tell it. */
export function reviewWords({ at, events }: Receipt): string {
  const grant = events.find((it) => it.type === "grantCreated")?.grant;
  if (grant !== undefined) {
    return words.lastStepApproved(grant.startsAt > at ? words.accessBeginsOn(when(grant.startsAt)) : words.accessIsGiven);
  }
  const happened = (type: AccessEvent["type"]) => events.some((it) => it.type === type);
  if (happened("requestRejected")) return words.rejectedAndEnded;
  if (happened("stepCompleted")) return words.stepApproved;
  return events.some((it) => it.type === "requestReviewed" && it.review.verdict === "reject")
    ? words.rejectionCounts
    : words.approvedStaysOpen;
}
