import { useVirtualizer, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type Key, type RefObject, useLayoutEffect, useState } from "react";

/** A list that is no longer than this is drawn whole. */
const FEW = 60;
/** The height of a row that has never been drawn. */
const HEIGHT = 80;

interface Rows {
  /** Which rows are drawn: from this one … */
  readonly from: number;
  /** … up to the one before this. */
  readonly to: number;
  /** How high those are that are not: before these, and behind them. */
  readonly before: number;
  readonly behind: number;
}

/** Which rows of a list are in sight or near it. */
export function useRows(list: RefObject<HTMLElement | null>, keys: readonly Key[]): Rows {
  const [pane, setPane] = useState<HTMLElement>();
  const [scrollMargin, setScrollMargin] = useState(0);
  const options = { count: keys.length, scrollMargin, overscan: 12, estimateSize: () => HEIGHT, getItemKey: (index: number) => String(keys[index]) };
  // oxlint-disable-next-line react/incompatible-library -- nothing that it returns is kept from one drawing to the next
  const inWindow = useWindowVirtualizer<HTMLElement>({ ...options, enabled: pane === undefined });
  const inPane = useVirtualizer<HTMLElement, HTMLElement>({ ...options, enabled: pane !== undefined, getScrollElement: () => pane ?? null });
  const rows = pane === undefined ? inWindow : inPane;
  const drawn = rows.getVirtualItems();
  const [first, last] = [drawn[0], drawn.at(-1)];
  const shown =
    keys.length <= FEW || first === undefined || last === undefined
      ? { from: 0, to: keys.length, before: 0, behind: 0 }
      : { from: first.index, to: last.index + 1, before: first.start - scrollMargin, behind: rows.getTotalSize() - (last.end - scrollMargin) };

  // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is above a list grows at any drawing; what is as it was draws nothing anew
  useLayoutEffect(() => {
    if (list.current === null) return;
    const scrolls = paneOf(list.current);
    setPane(scrolls);
    const top = list.current.getBoundingClientRect().top;
    setScrollMargin(Math.round(scrolls === undefined ? top + scrollY : top - scrolls.getBoundingClientRect().top + scrolls.scrollTop));
    let index = shown.from;
    for (const row of list.current.children) {
      if (!(row instanceof HTMLElement)) continue;
      row.dataset["index"] = String(index);
      row.ariaPosInSet = String(index + 1);
      row.ariaSetSize = String(keys.length);
      rows.measureElement(row);
      index += 1;
    }
    rows.measureElement(null);
  });
  return shown;
}

/** What scrolls the element, if it is not the window. */
function paneOf(element: HTMLElement): HTMLElement | undefined {
  const parent = element.parentElement;
  if (parent === null || parent === document.body) return undefined;
  return /auto|scroll/u.test(getComputedStyle(parent).overflowY) ? parent : paneOf(parent);
}
