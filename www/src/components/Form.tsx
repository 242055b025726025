import { type FormEvent, type ReactNode, useRef } from "react";

interface Props {
  /** Sends it, or finds that it cannot be sent. */
  onSubmit: () => unknown;
  /** What was said against the fields is about those of before. */
  onEdit?: () => void;
  label?: string;
  children: ReactNode;
}

/** A form: Enter sends it, and if something is wrong, the first such field has the focus. */
export function Form({ onSubmit, onEdit, label, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // A form in a dialog is inside another form for React.
    event.stopPropagation();
    await onSubmit();
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} onInput={onEdit} noValidate {...(label === undefined ? {} : { "aria-label": label })}>
      {children}
    </form>
  );
}
