import { Text } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import type { Answer } from "../../state/ask.ts";
import type { Shown } from "../../state/pages.ts";

interface Props<T> {
  title: string;
  noun: string;
  nouns?: string;
  /** What is said where there was nothing. */
  nothing: string;
  answer: Answer<Shown<T>>;
  onMore: () => void;
  children: (item: T) => ReactNode;
}

/** One list of the past. */
export function Listed<T>({ title, noun, nouns = `${noun}s`, nothing, answer: { value: page, error }, onMore, children }: Props<T>) {
  const list = useRef<HTMLUListElement>(null);
  return (
    <Panel title={title}>
      {error && <RefusalAlert error={error} />}
      {page?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {nothing}
        </Text>
      )}
      <List label={title} ref={list}>
        {page?.items.map(children)}
      </List>
      {page && <MoreButton shown={page.items.length} total={page.total} noun={noun} nouns={nouns} onMore={onMore} list={list} />}
    </Panel>
  );
}
