// `isAllowed`, by the number of grants and of policies: beside what one would write by hand, and what people use now.
import { figure, ratio, table } from "../table.mjs";
import { race } from "../timing.mjs";
import { drawQuestions } from "../workload/questions.mjs";
import { makeWorkload } from "../workload/workload.mjs";

/**
 * Prints a table for each size.
 *
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<string[]>} What went wrong, a sentence each.
 */
export async function run(options) {
  const problems = [];
  // oxlint-disable no-await-in-loop -- sizes and contestants beside each other would be in each other's way
  for (const size of options.grants.flatMap((grants) => options.policies.map((policies) => ({ grants, policies })))) {
    console.log(`\nisAllowed, grants: ${figure(size.grants)}, policies: ${figure(size.policies)}\n`);
    const workload = makeWorkload(size);
    const contestants = [];
    for (const name of options.contestants) contestants.push(await enter(name, workload, options));
    const { rows, wrong } = await compare(contestants, drawQuestions(workload, options.questions), options, size);
    if (rows.length > 0) console.log(table(["contestant", "ready in s", "ns", "times the loop"], rows));
    problems.push(...wrong);
    for (const { close } of contestants) await close?.();
  }
  // oxlint-enable no-await-in-loop
  return problems;
}

async function enter(name, workload, options) {
  const { open } = await import(`../contestants/${name}.mjs`);
  // A copy of the module for each: in one that all share, the compiler could inline nobody's `isAllowed`.
  const { batch } = await import(`../batch.mjs?${name}`);
  const start = performance.now();
  const contestant = await open(workload, options);
  const readyIn = (performance.now() - start) / 1000;
  if (contestant.note !== undefined) console.log(`${name}: ${contestant.note}\n`);
  return { name, batch, readyIn, ...contestant };
}

/**
 * Checks all answers of every contestant, then times those who gave no wrong one; the first is what the others are
 * compared with.
 *
 * @returns {Promise<{ rows: string[][], wrong: string[] }>}
 */
export async function compare(contestants, questions, options, size = {}) {
  const wrong = contestants.flatMap(({ name, isAllowed }) => {
    const answersWrong = (it) => isAllowed(it.subject, it.action, it.environment, it.path) !== it.isAllowed;
    const [first, ...others] = questions.filter(answersWrong);
    if (first === undefined) return [];
    const count = `${others.length + 1} of ${questions.length}`;
    return [{ name, sentence: `${name} answered ${count} questions wrong, such as ${JSON.stringify(first)}` }];
  });
  const isWrong = (name) => wrong.some((it) => it.name === name);
  const sentences = wrong.map(({ sentence }) => sentence);
  if (isWrong(contestants[0].name)) return { rows: [], wrong: sentences };

  const allowed = questions.filter((it) => it.isAllowed).length;
  const right = contestants.filter(({ name }) => !isWrong(name));
  const runs = right.map(({ name, batch, isAllowed }) => ({
    name,
    run() {
      if (batch(isAllowed, questions) !== allowed) throw new Error(`${name} answers otherwise than before`);
    },
  }));
  const raced = await race(runs, options);
  for (const { name, milliseconds } of raced) options.note?.(size, name, milliseconds.median / questions.length);
  const rows = raced.map((result, place) => [
    result.name,
    right[place].readyIn.toFixed(2),
    figure((result.milliseconds.median / questions.length) * 1e6),
    ratio(result.ratio),
  ]);
  return { rows, wrong: sentences };
}
