import type { InboxItem } from "access-engine";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useSaid } from "../../state/command.tsx";
import { useIsWide } from "../../state/wide.ts";

interface Selection {
  /** Which request is open; on a wide screen the first where none was chosen. */
  readonly selected: string | undefined;
  readonly select: (requestId: string | undefined) => void;
  readonly move: (by: 1 | -1) => void;
}

/**
 * Which request is open, as the address says. When the visitor has dealt with it, the next one is; what others have dealt with
 * stays, since nobody should decide what has just taken the place of what was read.
 */
export function useSelection(items: readonly InboxItem[], text: string): Selection {
  const search = useSearch({ from: "/inbox" });
  const navigate = useNavigate();
  const isWide = useIsWide();
  const [first, setFirst] = useState<{ readonly text: string; readonly id: string }>();
  const foremost = items[0]?.request.id;
  const isKept = first?.text === text;
  if (!isKept && foremost !== undefined) setFirst({ text, id: foremost });
  const selected = search.request ?? (isWide ? (isKept ? first.id : foremost) : undefined);
  const index = items.findIndex(({ request }) => request.id === selected);
  const own = useSaid().said?.version;
  const last = useRef({ selected, index, own });
  const select = (request: string | undefined) =>
    void navigate({ to: "/inbox", search: (before) => ({ ...before, request }), replace: search.request !== undefined, resetScroll: false });
  useEffect(() => {
    const before = last.current;
    if (index !== -1 || selected !== before.selected) last.current = { selected, index, own };
    else if (own !== undefined && own !== before.own && before.index !== -1) select(items[Math.min(before.index, items.length - 1)]?.request.id);
  });
  const move = (by: 1 | -1) => {
    const next = items[index === -1 ? 0 : index + by];
    if (next !== undefined) select(next.request.id);
  };
  return { selected, select, move };
}
