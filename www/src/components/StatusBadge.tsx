import type { GrantOrigin, GrantStatus, RequestStatus, RequestView } from "access-engine";
import * as words from "../words/controls.tsx";
import { GRANT_STATUS, STATUS } from "../words/reasons.ts";
import classes from "./StatusBadge.module.css";

type Tone = "done" | "open" | "no" | "over" | "later" | "ember";

const REQUEST_TONE: Record<RequestStatus, Tone> = {
  pending: "open",
  approved: "done",
  rejected: "no",
  cancelled: "over",
  expired: "over",
};
const GRANT_TONE: Record<GrantStatus, Tone> = { live: "done", scheduled: "later", ended: "over" };

/** How a request stands; nobody approved one whose glass was broken. */
export function RequestBadge({ request: { status, closing } }: { request: Pick<RequestView, "status" | "closing"> }) {
  return closing?.origin === "break_glass" ? <OriginBadge origin={closing.origin} /> : <Mark tone={REQUEST_TONE[status]}>{STATUS[status]}</Mark>;
}

export function GrantBadge({ status }: { status: GrantStatus }) {
  return <Mark tone={GRANT_TONE[status]}>{GRANT_STATUS[status]}</Mark>;
}

/** Says that nobody approved this; nothing for what was approved. */
export function OriginBadge({ origin }: { origin: GrantOrigin | undefined }) {
  return origin === "break_glass" ? <Mark tone="ember">{words.breakGlass}</Mark> : null;
}

/** One word about something, in the colour of its meaning. */
export function Mark({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      {children}
    </span>
  );
}
