import type { RequestView } from "access-engine";
import { durationWords } from "../../words/duration.ts";
import { inWords } from "../../words/lists.ts";

/** One thing that two requests say differently. */
export interface Difference {
  readonly what: string;
  readonly before: string;
  readonly now: string;
}

const SAID: readonly [what: string, say: (request: RequestView) => string][] = [
  ["Target", ({ target }) => target.path],
  ["Actions", ({ actions }) => inWords(actions)],
  ["Duration", ({ askedDurationSeconds }) => durationWords(askedDurationSeconds)],
  ["Reason", ({ justification }) => justification ?? "none"],
  ["Ticket", ({ ticketUrl }) => ticketUrl ?? "none"],
  ["Policy version", ({ policyVersion }) => String(policyVersion)],
];

export function differences(before: RequestView, now: RequestView): Difference[] {
  return SAID.map(([what, say]) => ({ what, before: say(before), now: say(now) })).filter((it) => it.before !== it.now);
}
