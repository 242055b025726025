import type { RequestView } from "access-engine";
import { durationWords } from "../../words/duration.ts";
import { inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/request.tsx";

/** One thing that two requests say differently. */
export interface Difference {
  readonly what: string;
  readonly before: string;
  readonly now: string;
}

const SAID: readonly [what: string, say: (request: RequestView) => string][] = [
  [words.target, ({ target }) => target.path],
  [words.actions, ({ actions }) => inWords(actions)],
  [words.durationAskedFor, ({ askedDurationSeconds }) => durationWords(askedDurationSeconds)],
  [words.reason, ({ justification }) => justification ?? words.none],
  [words.ticket, ({ ticketUrl }) => ticketUrl ?? words.none],
  [words.policyVersion, ({ policyVersion }) => String(policyVersion)],
];

export function differences(before: RequestView, now: RequestView): Difference[] {
  return SAID.map(([what, say]) => ({ what, before: say(before), now: say(now) })).filter((it) => it.before !== it.now);
}
