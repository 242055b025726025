import { Panel } from "../../components/Panel.tsx";
import classes from "./Simulator.module.css";

/** What has happened last, the newest first. */
export function Told({ lines }: { lines: readonly string[] }) {
  return (
    <Panel title="What happens" hint="Every line has its virtual time. A server carries the number of its life, a new one after each restart: 1.92, then 1.97.">
      {/* Who has no mouse scrolls it by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ol className={classes.told} tabIndex={0} aria-label="What happens, the newest first">
        {lines.toReversed().map((line, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a line is not changed
          <li key={lines.length - place}>{line}</li>
        ))}
      </ol>
    </Panel>
  );
}
