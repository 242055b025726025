import { Panel } from "../../components/Panel.tsx";
import * as words from "../../words/pages/simulator.tsx";
import classes from "./Simulator.module.css";

/** What has happened last, the newest first. */
export function Told({ lines }: { lines: readonly string[] }) {
  return (
    <Panel title={words.whatHappens} hint={words.toldHint}>
      {/* Who has no mouse scrolls it by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ol className={classes.told} tabIndex={0} aria-label={words.toldLabel}>
        {lines.toReversed().map((line, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a line is not changed
          <li key={lines.length - place}>{line}</li>
        ))}
      </ol>
    </Panel>
  );
}
