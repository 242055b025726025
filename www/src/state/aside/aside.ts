import type { Demo } from "../../engine/demo.ts";
import type { Order, Reply } from "./aside.worker.ts";
import type { Answers, Question } from "./questions.ts";
import { versionOf } from "../version.ts";

/** From so many commits on the page does not answer by itself. */
const MANY = 2000;

const waiting = new Map<number, (answers: Answers) => void>();
let worker: Worker | undefined;
let count = 0;

/** Whether the project is so large that long questions are asked in a worker, which reads what this browser keeps. */
export function isAside({ engine, cabinet }: Demo): boolean {
  return cabinet.lasts && versionOf(engine) > MANY;
}

/** Asks what may take long; no answer comes where the same is asked anew meanwhile. */
export async function askAside(demo: Demo, question: Question): Promise<Answers> {
  if (!isAside(demo)) return (await import("./questions.ts")).answered({ engine: demo.engine, copy: () => demo.copy() }, question);
  worker ??= opened();
  count += 1;
  const order: Order = { number: count, project: demo.project, question };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  worker.postMessage(order);
  return new Promise((resolve) => waiting.set(order.number, resolve));
}

function opened(): Worker {
  const own = new Worker(new URL("./aside.worker.ts", import.meta.url), { type: "module" });
  own.addEventListener("message", ({ data: { number, answers } }: MessageEvent<Reply>) => {
    waiting.get(number)?.(answers);
    waiting.delete(number);
  });
  return own;
}
