// Batches: many decisions at once, each query known by its number, beside the loop, asked one query after the other.
import { open as openLoop } from "../contestants/loop.mjs";
import { openRecord } from "../record.mjs";
import { figure, ratio, table } from "../table.mjs";
import { race } from "../timing.mjs";
import { drawQuestions } from "../workload/questions.mjs";
import { makeWorkload } from "../workload/workload.mjs";

const AT_ONCE = 1000;

/**
 * Prints a table for each size.
 *
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<string[]>} What went wrong, a sentence each.
 */
export async function run(options) {
  const problems = [];
  // oxlint-disable no-await-in-loop -- sizes beside each other would be in each other's way
  for (const size of options.grants.flatMap((grants) => options.policies.map((policies) => ({ grants, policies })))) {
    console.log(`\nbatches of ${figure(AT_ONCE)}, grants: ${figure(size.grants)}, policies: ${figure(size.policies)}\n`);
    const workload = makeWorkload(size);
    const { engine } = await openRecord(workload, options.records);
    const loop = await openLoop(workload, options);
    const questions = drawQuestions(workload, options.questions);
    const numbers = Uint32Array.from({ length: AT_ONCE }, (_, place) => place % questions.length);
    const asked = Array.from(numbers, (number) => questions[number]);
    const allowed = asked.filter((it) => it.isAllowed).length;
    const batch = engine.batch(
      questions.map(({ subject, action, environment, path }) => ({
        subject: { subject },
        action,
        resource: { environment, path },
      })),
    );
    const expect = (name, found) => {
      if (found !== allowed) problems.push(`batches: ${name} allows ${found} of ${AT_ONCE}, not ${allowed}`);
    };
    const isWrong = (bits) => asked.some((it, place) => (((bits[place >> 3] >> (place & 7)) & 1) === 1) !== it.isAllowed);
    if (isWrong(batch.isAllowed(numbers))) problems.push(`batches: an answer is wrong, with ${size.grants} grants`);
    const timed = await race(
      [
        {
          name: "loop",
          run() {
            let found = 0;
            for (const it of asked) if (loop.isAllowed(it.subject, it.action, it.environment, it.path)) found += 1;
            expect("loop", found);
          },
        },
        { name: "engine", run: () => expect("engine", batch.isAllowed(numbers).reduce((sum, byte) => sum + ones(byte), 0)) },
      ],
      options,
    );
    for (const { name, milliseconds } of timed) options.note?.(size, name, milliseconds.median / AT_ONCE);
    const rows = timed.map((it) => [it.name, figure((it.milliseconds.median / AT_ONCE) * 1e6), ratio(it.ratio)]);
    if (problems.length === 0) console.log(table(["contestant", "ns", "times the loop"], rows));
    await engine.close();
  }
  // oxlint-enable no-await-in-loop
  return [...new Set(problems)];
}

/** How many bits of a byte are set. */
function ones(byte) {
  let count = 0;
  for (let left = byte; left > 0; left &= left - 1) count += 1;
  return count;
}
