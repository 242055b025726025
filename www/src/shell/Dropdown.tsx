import { UnstyledButton } from "@mantine/core";
import { type ReactNode, Suspense, useId, useState } from "react";
import classes from "./Dropdown.module.css";

interface Props {
  /** What opens it. */
  button: ReactNode;
  className: string | undefined;
  kind: "dialog" | "menu";
  label: string;
  children: (close: () => void) => ReactNode;
  [data: `data-${string}`]: unknown;
}

/** What a button of the header opens below itself, as the browser's own popover: it closes and gives back the focus by itself. */
export function Dropdown({ button, className, kind, label, children, ...data }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const close = () => document.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.hidePopover();
  return (
    <>
      <UnstyledButton className={className} popoverTarget={id} aria-haspopup={kind} {...data}>
        {button}
      </UnstyledButton>
      <div
        id={id}
        popover="auto"
        className={classes.panel}
        role={open ? kind : undefined}
        aria-label={open ? label : undefined}
        onToggle={(event) => setOpen(event.newState === "open")}
      >
        {open && <Suspense>{children(close)}</Suspense>}
      </div>
    </>
  );
}
