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

/** Reads texts out of an address; what is empty or no text is left out. */
export function texts<K extends string>(...names: readonly K[]): (search: Record<string, unknown>) => { [name in K]?: string } {
  return (search) => {
    const found: { [name in K]?: string } = {};
    for (const name of names) {
      const value = search[name];
      if (typeof value === "string" && value !== "") found[name] = value;
    }
    return found;
  };
}
