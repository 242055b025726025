import { useVirtualizer, useWindowVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
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
  const shown = keys.length <= FEW ? { from: 0, to: keys.length, before: 0, behind: 0 } : near(rows, scrollMargin, keys.length);

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

function near(rows: Virtualizer<HTMLElement, HTMLElement> | Virtualizer<Window, HTMLElement>, top: number, count: number): Rows {
  const items = rows.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  // What is in sight is known once something is drawn.
  if (first === undefined || last === undefined) return { from: 0, to: FEW, before: 0, behind: HEIGHT * (count - FEW) };
  return { from: first.index, to: last.index + 1, before: first.start - top, behind: rows.getTotalSize() - (last.end - top) };
}

/** What scrolls the element, if it is not the window. */
function paneOf(element: HTMLElement): HTMLElement | undefined {
  const parent = element.parentElement;
  if (parent === null || parent === document.body) return undefined;
  return /auto|scroll/u.test(getComputedStyle(parent).overflowY) ? parent : paneOf(parent);
}
