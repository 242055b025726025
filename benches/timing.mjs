/** How long each contestant takes its turn in a round, at least. */
const TURN_MILLISECONDS = 100;

/**
 * Times contestants side by side: in each round every one has a turn, so that what else the machine does hits all
 * alike.
 *
 * @param {{ name: string, run: () => unknown }[]} contestants Each `run` is one batch; the first is what the others are
 *   compared with.
 * @param {{ rounds: number, turnMilliseconds?: number }} options
 * @returns {Promise<{ name: string, milliseconds: Summary, ratio: Summary }[]>} Of one batch; the ratio is to the first
 *   contestant in the same round.
 */
export async function race(contestants, { rounds, turnMilliseconds = TURN_MILLISECONDS }) {
  // oxlint-disable no-await-in-loop -- one after the other
  for (const { run } of contestants) await turn(run, turnMilliseconds); // to warm up
  const times = contestants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    // Each round another one begins: what one leaves to the collector of garbage is not always the same one's burden.
    for (let place = 0; place < contestants.length; place += 1) {
      const index = (round + place) % contestants.length;
      times[index].push(await turn(contestants[index].run, turnMilliseconds));
    }
  }
  // oxlint-enable no-await-in-loop
  return contestants.map(({ name }, index) => ({
    name,
    milliseconds: summary(times[index]),
    ratio: summary(times[index].map((time, round) => time / times[0][round])),
  }));
}

/** Milliseconds for one batch. */
async function turn(run, atLeast) {
  const start = performance.now();
  let [batches, spent] = [0, 0];
  do {
    const batch = run();
    // oxlint-disable-next-line no-await-in-loop -- what is answered at once is not waited for
    if (batch instanceof Promise) await batch;
    batches += 1;
    spent = performance.now() - start;
  } while (spent < atLeast);
  return spent / batches;
}

/**
 * The median, and the spread around it.
 *
 * @typedef {{ median: number, min: number, max: number }} Summary
 * @returns {Summary}
 */
export function summary(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
}
