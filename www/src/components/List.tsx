import { Children, isValidElement, type ReactNode, type Ref, useMemo, useRef } from "react";
import { useMergedRef } from "@mantine/hooks";
import classes from "./List.module.css";
import { useRows } from "./useRows.ts";

/** A list that looks like none and is read as one. Of a long one, only the rows are drawn that are in sight. */
export function List({ label, ref, children }: { label: string; ref?: Ref<HTMLUListElement>; children: ReactNode }) {
  const own = useRef<HTMLUListElement>(null);
  const rows = useMemo(() => Children.toArray(children).filter(isValidElement), [children]);
  const { from, to, before, behind } = useRows(own, rows.map(({ key }) => key ?? ""));
  return (
    // Safari forgets that a list without bullets is one.
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles
    <ul ref={useMergedRef(own, ref)} role="list" aria-label={label} className={classes.list} style={{ paddingTop: before, paddingBottom: behind }}>
      {rows.slice(from, to)}
    </ul>
  );
}
