import type { AccessEvent } from "access-engine";
import { counted, inWords } from "./lists.ts";

/** What has ended with a command, as its events tell it: `1 grant has ended and 2 requests are cancelled`. */
export function endingWords(events: readonly AccessEvent[]): string {
  const count = (type: AccessEvent["type"]) => events.filter((it) => it.type === type).length;
  const grants = count("grantEnded");
  const requests = count("requestCancelled");
  const delegations = count("delegationEnded");
  const parts = [
    ...(grants > 0 ? [`${counted(grants, "grant")} ${grants === 1 ? "has" : "have"} ended`] : []),
    ...(requests > 0 ? [`${counted(requests, "request")} ${requests === 1 ? "is" : "are"} cancelled`] : []),
    ...voidedWords(events),
    ...(delegations > 0 ? [`${counted(delegations, "delegation")} ${delegations === 1 ? "has" : "have"} ended`] : []),
  ];
  return parts.length === 0 ? "nothing ended because of it" : inWords(parts);
}

/** How many reviews count no more, if there are any. */
export function voidedWords(events: readonly AccessEvent[]): string[] {
  const reviews = events.filter(({ type }) => type === "reviewVoided").length;
  return reviews === 0 ? [] : [`${counted(reviews, "review")} no longer ${reviews === 1 ? "counts" : "count"}`];
}
