import { Text } from "@mantine/core";
import { Panel } from "../../components/Panel.tsx";
import { FACTS } from "../../words/facts.ts";
import * as words from "../../words/pages/start.ts";
import classes from "./Start.module.css";

/** What was measured, and how to measure it again. */
export function Facts() {
  return (
    <Panel title={words.measured} hint={words.measuredHint}>
      <ul className={classes.facts}>
        {FACTS.map(({ figure, text, command }) => (
          <li key={figure}>
            <Text component="p" className={classes.figure}>
              {figure}
            </Text>
            <Text size="sm">{text}</Text>
            <code className={classes.command}>{command}</code>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
