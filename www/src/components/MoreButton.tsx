import { Button } from "@mantine/core";
import { type RefObject, useLayoutEffect, useRef } from "react";
import * as words from "../words/controls.tsx";
import { counted } from "../words/lists.ts";

interface Props {
  /** How many are shown of how many; of more than these where nobody has counted. */
  shown: number;
  total: number | undefined;
  noun: string;
  nouns?: string;
  onMore: () => void;
  /** The list, whose first new entry has the focus afterwards. */
  list: RefObject<HTMLElement | null>;
}

/** Shows more of a list, and says how many are left; nothing where all is shown. */
export function MoreButton({ shown, total, noun, nouns = `${noun}s`, onMore, list }: Props) {
  const next = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (next.current === undefined || shown <= next.current) return;
    list.current?.querySelector<HTMLElement>(`:scope > [data-index="${next.current}"] :is(a, button)`)?.focus();
    next.current = undefined;
  }, [shown, list]);
  if (total !== undefined && shown >= total) return null;
  const more = () => {
    next.current = shown;
    onMore();
  };
  return (
    <Button variant="default" onClick={more}>
      {total === undefined ? words.showMore(nouns) : words.showMoreOf(counted(total - shown, noun, nouns))}
    </Button>
  );
}
