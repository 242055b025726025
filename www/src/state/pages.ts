import type { AccessEngine, Actor, HistoryEntry, HistoryFilter } from "access-engine";
import { useEffect, useState } from "react";
import { type Answer, answering, useAnswer } from "./ask.ts";
import { isOfKind, type Kind } from "../words/kinds.ts";
import { useDemo } from "./demo.tsx";

/** The most that the engine gives at once. */
export const LARGEST = 200;

/** Which part of a list is asked for. */
export interface Part<C> {
  limit: number;
  after?: C;
}

/** A part of a list as the engine gives it; where `next` is missing it was the last. */
interface Page<T, C> {
  items: readonly T[];
  next?: C;
  total: number;
  counts?: Partial<Record<string, number>>;
}

/** The beginning of a list, as far as it is shown. */
export interface Shown<T> {
  readonly items: readonly T[];
  /** How many there are, shown or not. */
  readonly total: number;
  readonly counts: Readonly<Partial<Record<string, number>>>;
}

/** Reads the first items of a list, page after page. This alone knows how the engine gives a list. */
export function first<T, C>(most: number, ask: (part: Part<C>) => Page<T, C>): Shown<T> {
  const items: T[] = [];
  let after: C | undefined;
  for (;;) {
    const page = ask({ limit: Math.min(LARGEST, most - items.length), ...(after === undefined ? {} : { after }) });
    items.push(...page.items);
    after = page.next;
    if (after === undefined || items.length >= most) return { items, total: page.total, counts: page.counts ?? {} };
  }
}

/** All of a list. */
export function every<T, C>(ask: (part: Part<C>) => Page<T, C>): readonly T[] {
  return first(Number.MAX_SAFE_INTEGER, ask).items;
}

type Question<T, C> = (engine: AccessEngine, actor: Actor, part: Part<C>, options: { at: number }) => Page<T, C>;

interface List<T> {
  readonly answer: Answer<Shown<T>>;
  readonly showMore: () => void;
}

/** A list of which the beginning is read, and more when asked, to its end. */
export function useList<T, C>(beginning: number, key: readonly unknown[], question: Question<T, C>): List<T> {
  const [most, setMost] = useState(beginning);
  const answer = useAnswer([...key, most], (engine, actor, options) => first<T, C>(most, (part) => question(engine, actor, part, options)));
  return { answer, showMore: () => setMost(most + LARGEST) };
}

/** The beginning of the history, as far as it is shown. */
export interface ShownHistory {
  readonly items: readonly HistoryEntry[];
  /** Whether there is more. */
  readonly goesOn: boolean;
}

/** Which entries are wanted; of one kind, which the engine does not look for by itself, or of all. */
export interface Wanted {
  readonly filter: HistoryFilter;
  readonly kind?: Kind | undefined;
}

async function firstEntries(engine: AccessEngine, actor: Actor, { filter, kind }: Wanted, most: number, at: number): Promise<ShownHistory> {
  const items: HistoryEntry[] = [];
  let after: string | undefined;
  do {
    const limit = kind === undefined ? Math.min(LARGEST, most - items.length) : LARGEST;
    const part = { limit, ...(after === undefined ? {} : { after }) };
    // oxlint-disable-next-line no-await-in-loop -- a page begins where the one before ends
    const page = await engine.history(actor, { ...filter, ...part }, { at });
    items.push(...page.items.filter(({ event }) => isOfKind(event, kind)));
    after = page.next;
  } while (after !== undefined && items.length < most);
  return { items: items.slice(0, most), goesOn: after !== undefined || items.length > most };
}

/** All of the history that is wanted. */
export async function everyEntry(engine: AccessEngine, actor: Actor, wanted: Wanted, at: number): Promise<readonly HistoryEntry[]> {
  return (await firstEntries(engine, actor, wanted, Number.MAX_SAFE_INTEGER, at)).items;
}

/** The history, which is read from the record: again after every change, and more of it when asked. */
export function useHistory(beginning: number, wanted: Wanted): { answer: Answer<ShownHistory> | undefined; showMore: () => void } {
  const { engine, actor, at, revision } = useDemo();
  const [most, setMost] = useState(beginning);
  const [read, setRead] = useState<{ readonly asked: string; readonly answer: Answer<ShownHistory> }>();
  // What was answered is shown until the next answer is there, but never to somebody else.
  const asked = JSON.stringify([actor, wanted]);
  const askedNow = JSON.stringify([revision, asked]);
  useEffect(() => {
    let isWanted = true;
    const [, question] = JSON.parse(askedNow);
    const keep = (answer: Answer<ShownHistory>): void => {
      if (isWanted) setRead({ asked: question, answer });
    };
    const [asker, sought] = JSON.parse(question);
    void answering(firstEntries(engine, asker, sought, most, at)).then(keep);
    return () => {
      isWanted = false;
    };
  }, [engine, at, most, askedNow]);
  return { answer: read?.asked === asked ? read.answer : undefined, showMore: () => setMost(most + LARGEST) };
}
