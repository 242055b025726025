import type { AccessEngine } from "access-engine";
import { copyOf, copyOfCopy } from "../../engine/replicas.ts";
import { type CommitStore, openStore } from "../../engine/store.ts";
import { type Answers, answered, type Question } from "./questions.ts";

export interface Order {
  readonly number: number;
  readonly project: string;
  readonly question: Question;
}

/** Without answers where a later question of the same kind has come. */
export interface Reply {
  readonly number: number;
  readonly answers: Answers;
}

const newest = new Map<string, number>();
let opened: Promise<{ store: CommitStore; engine: AccessEngine }> | undefined;
/** The time that is asked about. */
let at = 0;
let before: Promise<unknown> = Promise.resolve();

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  newest.set(kindOf(data.question), data.number);
  before = before.then(() => follow(data));
});

async function follow({ number, project, question }: Order): Promise<void> {
  const isNewest = newest.get(kindOf(question)) === number;
  const answers = isNewest ? await find(project, question).catch(() => ({})) : {};
  postMessage({ number, answers } satisfies Reply);
}

async function find(project: string, question: Question): Promise<Answers> {
  ({ at } = "foresee" in question ? question.foresee : question.analyze);
  opened ??= open(project);
  const { store, engine } = await opened;
  await engine.refresh();
  return answered({ engine, copy: () => copyOfCopy(engine, store, project, () => at) }, question);
}

async function open(project: string): Promise<{ store: CommitStore; engine: AccessEngine }> {
  const store = await openStore();
  return { store, engine: await copyOf(store, project, () => at) };
}

function kindOf(question: Question): string {
  return Object.keys(question).join();
}
