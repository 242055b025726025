import classes from "./TrackLegend.module.css";
import track from "./StepTrack.module.css";

const MARKS = [
  ["step", "done", "A step that is approved"],
  ["step", "open", "The step that is open now"],
  ["step", "later", "A step that comes later, or was not reached"],
  ["step", "broken", "A step that was passed over: the glass was broken"],
  ["access", "later", "No access yet"],
  ["access", "done", "Access was given"],
  ["access", "broken", "Access without approval"],
] as const;

/** What the picture of the steps means. */
export function TrackLegend() {
  return (
    <details className={classes.legend}>
      <summary>What the marks mean</summary>
      <ul>
        {MARKS.map(([kind, mark, words]) => (
          <li key={words}>
            <span className={classes.mark} aria-hidden="true">
              <span className={track[kind]} data-mark={mark} />
            </span>
            {words}
          </li>
        ))}
      </ul>
    </details>
  );
}
