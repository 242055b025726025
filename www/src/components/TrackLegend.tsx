import * as words from "../words/decisions.tsx";
import classes from "./TrackLegend.module.css";
import track from "./StepTrack.module.css";

const MARKS = [
  ["step", "done", words.approvedStep],
  ["step", "open", words.openStep],
  ["step", "later", words.laterStep],
  ["step", "broken", words.passedOverStep],
  ["access", "later", words.noAccessYet],
  ["access", "done", words.accessWasGiven],
  ["access", "broken", words.accessWithoutApproval],
] as const;

/** What the picture of the steps means. */
export function TrackLegend() {
  return (
    <details className={classes.legend}>
      <summary>{words.whatTheMarksMean}</summary>
      <ul>
        {MARKS.map(([kind, mark, meaning]) => (
          <li key={meaning}>
            <span className={classes.mark} aria-hidden="true">
              <span className={track[kind]} data-mark={mark} />
            </span>
            {meaning}
          </li>
        ))}
      </ul>
    </details>
  );
}
