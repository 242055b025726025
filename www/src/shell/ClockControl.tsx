import { VisuallyHidden } from "@mantine/core";
import { lazy } from "react";
import { Icon } from "../components/icons.tsx";
import { useDemo } from "../state/demo.tsx";
import { useNow } from "../state/now.ts";
import * as words from "../words/shell.ts";
import classes from "./ClockControl.module.css";
import { Dropdown } from "./Dropdown.tsx";

const ClockPanel = lazy(async () => ({ default: (await import("./ClockPanel.tsx")).ClockPanel }));

/** What time it is in the demo, and how to make it later. */
export function ClockControl() {
  const { demo } = useDemo();
  const now = useNow();
  const button = (
    <>
      <Icon name="clock" />
      <span className={classes.words}>
        <VisuallyHidden>{words.itIs}</VisuallyHidden>
        <span className={classes.time}>{clockTime(now)}</span> <span className={classes.day}>{day(now)}</span>
        <VisuallyHidden>{words.andMoveIt}</VisuallyHidden>
      </span>
    </>
  );
  return (
    <Dropdown kind="dialog" label={words.clock} className={classes.clock} button={button} data-story="end" data-moved={demo.clock.ahead > 0}>
      {() => <ClockPanel />}
    </Dropdown>
  );
}

function clockTime(at: number): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(at);
}

function day(at: number): string {
  return new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" }).format(at);
}
