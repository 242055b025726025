import type { AccessEvent } from "access-engine";
import { counted, inWords } from "./lists.ts";

/** What has ended with a command, as its events tell it: `1 grant ended and 2 requests were cancelled`. */
export function endingWords(events: readonly AccessEvent[]): string {
  const count = (type: AccessEvent["type"]) => events.filter((it) => it.type === type).length;
  const grants = count("grantEnded");
  const requests = count("requestCancelled");
  const delegations = count("delegationEnded");
  const parts = [
    ...(grants > 0 ? [`${counted(grants, "grant")} ended`] : []),
    ...(requests > 0 ? [`${counted(requests, "request")} ${requests === 1 ? "was" : "were"} cancelled`] : []),
    ...voidedWords(events),
    ...(delegations > 0 ? [`${counted(delegations, "delegation")} ended`] : []),
  ];
  return parts.length === 0 ? "nothing else ended" : inWords(parts);
}

/** How many reviews count no more, if there are any. */
export function voidedWords(events: readonly AccessEvent[]): string[] {
  const reviews = events.filter(({ type }) => type === "reviewVoided").length;
  return reviews === 0 ? [] : [`${counted(reviews, "review")} no longer ${reviews === 1 ? "counts" : "count"}`];
}
