import type { InboxItem } from "access-engine";
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

interface Selection {
  /** Which request is open; on a wide screen the first where none was chosen. */
  readonly selected: string | undefined;
  readonly select: (requestId: string | undefined) => void;
  readonly move: (by: 1 | -1) => void;
}

/** Which request is open, as the address says; when it leaves the list, the next one is. */
export function useSelection(items: readonly InboxItem[]): Selection {
  const search = useSearch({ from: "/inbox" });
  const navigate = useNavigate();
  const isWide = useMediaQuery("(min-width: 62em)", undefined, { getInitialValueInEffect: false });
  const selected = search.request ?? (isWide ? items[0]?.request.id : undefined);
  const index = items.findIndex(({ request }) => request.id === selected);
  const last = useRef({ selected, index });
  const select = (request: string | undefined) =>
    void navigate({ to: "/inbox", search: (before) => ({ ...before, request }), replace: search.request !== undefined, resetScroll: false });
  useEffect(() => {
    const before = last.current;
    last.current = { selected, index };
    const hasLeft = selected !== undefined && selected === before.selected && index === -1 && before.index !== -1;
    if (hasLeft) select(items[Math.min(before.index, items.length - 1)]?.request.id);
  });
  const move = (by: 1 | -1) => {
    const next = items[index === -1 ? 0 : index + by];
    if (next !== undefined) select(next.request.id);
  };
  return { selected, select, move };
}
