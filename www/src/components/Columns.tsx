import type { ReactNode } from "react";
import classes from "./Columns.module.css";

/** Two columns, under each other where there is no room for both; the second may stay in sight. */
export function Columns({ main, side, sticky = false }: { main: ReactNode; side: ReactNode; sticky?: boolean }) {
  return (
    <div className={classes.columns}>
      <div className={classes.column}>{main}</div>
      <div className={classes.column} data-sticky={sticky}>
        {side}
      </div>
    </div>
  );
}
