import type { ReactNode, Ref } from "react";
import classes from "./List.module.css";

/** A list that looks like none and is read as one. */
export function List({ label, ref, children }: { label: string; ref?: Ref<HTMLUListElement>; children: ReactNode }) {
  return (
    // Safari forgets that a list without bullets is one.
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles
    <ul ref={ref} role="list" aria-label={label} className={classes.list}>
      {children}
    </ul>
  );
}
