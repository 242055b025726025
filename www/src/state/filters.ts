import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

/** Filters of a list, as the address says them: Back finds them again. */
export function useFilters<T extends object>(search: T): [T, (change: Partial<T>) => void] {
  const navigate = useNavigate();
  // What is typed must not wait for the address.
  const [filters, setFilters] = useState(search);
  const [seen, setSeen] = useState(search);
  if (seen !== search) {
    setSeen(search);
    // Somebody followed a link to this page without its filters.
    if (Object.keys(search).length === 0) setFilters(search);
  }
  const change = (changed: Partial<T>) => {
    const next = { ...filters, ...changed };
    setFilters(next);
    void navigate({ to: ".", search: next as never, replace: true, resetScroll: false });
  };
  return [filters, change];
}

/** What of an address is read, and nothing else: the router keeps what its reader leaves out. */
export function only<T extends object>(read: (search: Record<string, unknown>) => T): (search: Record<string, unknown>) => T {
  return (search) => ({ ...Object.fromEntries(Object.keys(search).map((name) => [name, undefined])), ...read(search) });
}

/** Reads texts out of an address; what is empty or no text is left out. */
export function texts<K extends string>(...names: readonly K[]): (search: Record<string, unknown>) => { [name in K]?: string } {
  return only((search) => {
    const found: { [name in K]?: string } = {};
    for (const name of names) {
      const value = search[name];
      if (typeof value === "number") found[name] = String(value);
      else if (typeof value === "string" && value !== "") found[name] = value;
    }
    return found;
  });
}
