import type { ReactNode } from "react";
import classes from "./Columns.module.css";

/** Two columns, under each other where there is no room for both. */
export function Columns({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <div className={classes.columns}>
      <div className={classes.column}>{main}</div>
      <div className={classes.column}>{side}</div>
    </div>
  );
}
