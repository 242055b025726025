import { VisuallyHidden } from "@mantine/core";
import type { RequestView } from "access-engine";
import * as words from "../words/decisions.tsx";
import classes from "./StepTrack.module.css";

type Mark = "done" | "open" | "later" | "broken";

/** How far a request has come, as one mark for each step and one for the access at the end. */
export function StepTrack({ request }: { request: RequestView }) {
  const marks = Array.from({ length: request.steps }, (_, index) => markOf(request, index + 1));
  const label = labelOf(request);
  return (
    <span className={classes.track} title={label}>
      <VisuallyHidden>{label}</VisuallyHidden>
      {marks.map((mark, index) => (
        // A step is its place.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className={classes.step} data-mark={mark} />
      ))}
      <span className={classes.access} data-mark={accessMark(request)} />
    </span>
  );
}

function isBroken(request: RequestView): boolean {
  return request.closing?.origin === "break_glass";
}

function markOf(request: RequestView, step: number): Mark {
  if (isBroken(request)) return step < request.step ? "done" : "broken";
  if (request.status === "approved" || step < request.step) return "done";
  return request.status === "pending" && step === request.step ? "open" : "later";
}

function accessMark(request: RequestView): Mark {
  if (request.status !== "approved") return "later";
  return isBroken(request) ? "broken" : "done";
}

function labelOf(request: RequestView): string {
  if (isBroken(request)) return words.glassBroken;
  if (request.status === "pending") return words.waitingAtStep(request.step, request.steps);
  if (request.status === "approved") return words.allStepsApproved(request.steps);
  return words.endedAtStep(request.step, request.steps);
}
