/**
 * Remembers where the focus is. What it answers gives the focus back to what is left of that place, if it was lost on
 * the way: a button that has done its work is often gone.
 */
export function keepFocus(): () => void {
  const places: HTMLElement[] = [];
  for (let at = document.activeElement; at !== null; at = at.parentElement) {
    if (at instanceof HTMLElement && at.matches("button, a, input, textarea, section, main")) places.push(at);
  }
  return () => {
    requestAnimationFrame(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const left = places.find((it) => it.isConnected && !it.matches(":disabled"));
      (left ?? document.querySelector<HTMLElement>("#main"))?.focus({ preventScroll: true });
    });
  };
}
