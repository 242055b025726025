import type { AccessEvent, Receipt } from "access-engine";
import { durationWords } from "../../words/duration.ts";
import { when } from "../../words/time.ts";

/** What a request that was made or amended has come to: its approvers are told in their own time. */
export function askedWords(): string {
  return "Asked for. The approvers of the first step can decide now.";
}

/** The same of several requests at once. */
export function askedAllWords(count: number): string {
  return `Asked for ${count} targets at once: each is decided on its own.`;
}

export function brokenWords({ shortenedToSeconds }: Receipt): string {
  return `The glass is broken: you have access now${shortenedToSeconds === undefined ? "" : `, shortened to ${durationWords(shortenedToSeconds)}`}.`;
}

/** What a review has come to, as the events of its commit tell it. */
export function reviewWords({ at, events }: Receipt): string {
  const grant = events.find((it) => it.type === "grantCreated")?.grant;
  if (grant !== undefined) {
    return `Approved: that was the last step. ${grant.startsAt > at ? `Access begins on ${when(grant.startsAt)}.` : "Access is given."}`;
  }
  const happened = (type: AccessEvent["type"]) => events.some((it) => it.type === type);
  if (happened("requestRejected")) return "Rejected: the request has ended.";
  if (happened("stepCompleted")) return "Approved: the next step is open.";
  return events.some((it) => it.type === "requestReviewed" && it.review.verdict === "reject")
    ? "Your rejection counts; the step stays open for more."
    : "Approved; the step stays open for more.";
}
