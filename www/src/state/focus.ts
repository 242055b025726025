import { useEffect } from "react";

/** The library gives the focus back first, to what has opened the dialog. */
const LIBRARY_FIRST = 20;

/** Lists are asked for a moment after their filters have changed, and what was pressed is there until then. */
const SETTLED = 500;
let settling: ReturnType<typeof setTimeout> | undefined;

/**
 * Remembers where the focus is. What it answers gives the focus back to what is left of that place, if it was lost on
 * the way: a button that has done its work is often gone.
 */
export function keepFocus(): () => void {
  const places: HTMLElement[] = [];
  for (let at = document.activeElement; at !== null; at = at.parentElement) {
    if (at instanceof HTMLElement && at.matches("button, a, input, textarea, section, main")) places.push(at);
  }
  // What is behind a dialog is for the dialog to find, once it has closed.
  const otherwise = document.activeElement?.closest("[role=dialog][aria-modal]") ? null : document.querySelector<HTMLElement>("#main");
  const giveBack = () => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const left = places.find((it) => it.isConnected && !it.matches(":disabled"));
    (left ?? otherwise)?.focus({ preventScroll: true });
  };
  return () => {
    requestAnimationFrame(giveBack);
    // Whatever is pressed next looks after the focus itself.
    clearTimeout(settling);
    settling = setTimeout(giveBack, SETTLED);
  };
}

/** Whatever is pressed may be gone at once, with the focus that it had. */
export function guardFocus(): void {
  document.addEventListener("click", () => document.activeElement !== document.body && keepFocus()(), { capture: true });
}

/** The same for what is opened and closed: what has opened it may be gone by then. */
export function useFocusBack(opened: boolean): void {
  useEffect(() => {
    if (!opened) return undefined;
    const giveFocusBack = keepFocus();
    return () => void setTimeout(giveFocusBack, LIBRARY_FIRST);
  }, [opened]);
}
