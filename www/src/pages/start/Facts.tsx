import { Text } from "@mantine/core";
import { Fragment } from "react";
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
            <code className={classes.command}>
              {command.split(" ").map((part, index) => (
                // Parts never change places.
                // oxlint-disable-next-line react/no-array-index-key
                <Fragment key={index}>
                  {index > 0 && " "}
                  <span>{part}</span>
                </Fragment>
              ))}
            </code>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
