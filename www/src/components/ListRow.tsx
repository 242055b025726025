import type { ReactNode } from "react";
import classes from "./ListRow.module.css";

/** One entry of a list, with what can be done to it at its end. */
export function ListRow({ aside, children }: { aside?: ReactNode; children: ReactNode }) {
  return (
    <li className={classes.row}>
      <div className={classes.what}>{children}</div>
      {aside}
    </li>
  );
}
