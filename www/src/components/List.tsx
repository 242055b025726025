import type { ReactNode } from "react";

/** A list that looks like none and is read as one. */
export function List({ label, children }: { label: string; children: ReactNode }) {
  return (
    // Safari forgets that a list without bullets is one.
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles
    <ul role="list" aria-label={label} style={{ listStyle: "none", margin: 0, padding: 0 }}>
      {children}
    </ul>
  );
}
