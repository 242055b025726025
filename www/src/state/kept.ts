import { useEffect, useState } from "react";
import { recallInTab, rememberInTab } from "../engine/tab.ts";
import { useDemo } from "./demo.tsx";

interface Kept<T> {
  readonly value: T;
  /** Whether it is not as it was at the start. */
  readonly written: boolean;
  readonly change: (change: Partial<T>) => void;
  /** Begins anew: it was sent, or is not wanted. */
  readonly forget: () => void;
}

/** What somebody writes in a form: it is there again when the person comes back to it in this tab. */
export function useKept<T extends object>(form: string, start: () => T): Kept<T> {
  const { me } = useDemo();
  const name = `${me.id} ${form}`;
  const [value, setValue] = useState<T>(() => ({ ...start(), ...parsed(recallInTab(name)) }));
  const [written, setWritten] = useState(() => recallInTab(name) !== undefined);
  useEffect(() => {
    if (written) rememberInTab(name, JSON.stringify(value));
  }, [name, value, written]);
  const change = (changed: Partial<T>) => {
    setValue((before) => ({ ...before, ...changed }));
    setWritten(true);
  };
  const forget = () => {
    rememberInTab(name, undefined);
    setValue(start());
    setWritten(false);
  };
  return { value, written, change, forget };
}

function parsed(text: string | undefined): object {
  const value: unknown = text === undefined ? {} : JSON.parse(text);
  return typeof value === "object" && value !== null ? value : {};
}
