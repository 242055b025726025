import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Callout.module.css";
import { Icon, type IconName } from "./icons.tsx";

export type Tone = "yes" | "no" | "wait" | "ember";

interface Props {
  tone: Tone;
  icon: IconName;
  title: string;
  /** Read aloud when it appears. */
  alert?: boolean;
  aside?: ReactNode;
  children?: ReactNode;
}

/** One thing that must not be overlooked. */
export function Callout({ tone, icon, title, alert = false, aside, children }: Props) {
  return (
    <div className={classes.callout} data-tone={tone} {...(alert ? { role: "alert" } : {})}>
      <span className={classes.icon}>
        <Icon name={icon} />
      </span>
      <div className={classes.body}>
        <Text component="p" fw={640} m={0}>
          {title}
        </Text>
        {children}
      </div>
      {aside}
    </div>
  );
}
