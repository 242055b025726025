import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./AtThumb.module.css";

/** What one can do here: on a phone within reach of the thumb, wherever one has scrolled to. */
export function AtThumb({ children }: { children: ReactNode }) {
  return (
    <Group gap="xs" align="flex-start" justify="space-between" className={classes.place} data-at-thumb>
      {children}
    </Group>
  );
}
