import type { Actor, Closing, GrantView, RequestView } from "access-engine";
import { forDuration, timeLeft } from "./duration.ts";
import { CANCEL_REASON } from "./reasons.ts";
import { fromNow, when } from "./time.ts";

/** How a request stands, in a sentence. */
export function outcomeWords(request: RequestView, grant: GrantView | undefined, now: number, name: (id: string) => string): string {
  const { closing, status } = request;
  if (closing === undefined) {
    if (status === "expired") return `Nobody decided in time: the request expired ${fromNow(request.expiresAt, now)}.`;
    return `Step ${request.step} of ${request.steps} is open. If nobody decides, the request expires ${fromNow(request.expiresAt, now)}.`;
  }
  const at = `on ${when(closing.at)}`;
  switch (status) {
    case "approved":
      return closing.origin === "break_glass"
        ? `Break-glass access ${length(request, grant)}, ${at}.`
        : `Approved ${at}, ${length(request, grant)}.`;
    case "rejected":
      return `Rejected${by(closing, name)} ${at}${note(closing)}.`;
    case "cancelled":
      return `Cancelled ${at}: ${closing.reason === undefined ? "by the requester" : CANCEL_REASON[closing.reason]}${note(closing)}.`;
    default:
      return `Nobody decided in time: the request expired ${at}.`;
  }
}

/** Whoever did something, by name. */
export function actorName(actor: Actor, name: (id: string) => string): string {
  if (typeof actor === "object") return name(actor.subject);
  return actor === "host" ? "The host" : "The clock";
}

/** What was given, which a break-glass may have made less than what was asked for. */
function length({ durationSeconds }: RequestView, grant: GrantView | undefined): string {
  return grant?.endsAt === undefined ? forDuration(durationSeconds) : `for ${timeLeft(grant.endsAt - grant.startsAt)}`;
}

function by({ by: actor }: Closing, name: (id: string) => string): string {
  return typeof actor === "object" ? ` by ${name(actor.subject)}` : "";
}

function note({ note: text }: Closing): string {
  return text === undefined ? "" : `, “${text}”`;
}
