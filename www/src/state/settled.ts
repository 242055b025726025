import { useEffect, useState } from "react";

const REST = 300;

/** A value as it was when it last rested, for what must not be asked with every key; and what lets it rest at once. */
export function useSettled<T>(value: T): readonly [T, () => void] {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), REST);
    return () => clearTimeout(timer);
  }, [value]);
  return [settled, () => setSettled(value)];
}
