import type { AccessEngine } from "access-engine";
import { type Answer, answer, type Question } from "./ask.ts";
import { useDemo } from "./demo.tsx";
import { versionOf } from "./version.ts";

/** What somebody was answered about a version. */
interface Kept {
  readonly version: number;
  readonly asker: string;
  readonly answers: Map<string, Answer<unknown>>;
}

const kept = new WeakMap<AccessEngine, Kept>();

/** Asks as the visitor what no time of day changes: once for each version, since in a large project it takes a while. */
export function useOnce<T>(name: string, question: Question<T>): Answer<T> {
  const { engine, actor, me, at } = useDemo();
  const version = versionOf(engine);
  let known = kept.get(engine);
  if (known?.version !== version || known.asker !== me.id) {
    known = { version, asker: me.id, answers: new Map() };
    kept.set(engine, known);
  }
  const before = known.answers.get(name);
  // A name stands for one question, and so for one kind of answer.
  if (before !== undefined) return before as Answer<T>;
  const now = answer(() => question(engine, actor, { at }));
  known.answers.set(name, now);
  return now;
}
