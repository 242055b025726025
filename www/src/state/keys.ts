import { useEffect, useEffectEvent } from "react";

/** Calls what belongs to a key that is pressed alone, where nothing is being written and no dialog is open. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

function isTaken(target: EventTarget | null): boolean {
  const writes = target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
  return writes || document.querySelector("[role=dialog], [role=menu]") !== null;
}
