// How long an engine takes to open, from the record and from a snapshot, by the number of grants.
import { AccessEngine, createHost } from "access-engine";
import { openRecord } from "../record.mjs";
import { figure, table } from "../table.mjs";
import { race } from "../timing.mjs";
import { makeWorkload } from "../workload/workload.mjs";

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
    const workload = makeWorkload(size);
    const { engine, store, commits } = await openRecord(workload, options.records);
    console.log(
      `\nopening, grants: ${figure(size.grants)}, policies: ${figure(size.policies)}, commits: ${figure(commits)}\n`,
    );
    const snapshot = await engine.snapshot();
    const open = (given) => async () => {
      const again = await AccessEngine.open({ project: "bench", host: createHost({ store: given, mailer: false }) });
      if (again.head().hash !== engine.head().hash) problems.push("opening: the head is another");
      await again.close();
    };
    const timed = await race(
      [
        { name: "the record read", run: open(store) },
        { name: "from a snapshot", run: open({ ...store, snapshot: async () => snapshot }) },
        { name: "a snapshot made", run: () => engine.snapshot() },
        { name: "the record verified", run: () => engine.verify() },
      ],
      options,
    );
    for (const { name, milliseconds } of timed) options.note?.(size, name, milliseconds.median);
    const rows = timed.map(({ name, milliseconds: { median } }) => [name, figure(median), figure((median * 1e3) / commits)]);
    console.log(table(["", "ms", "µs a commit"], rows));
    await engine.close();
  }
  // oxlint-enable no-await-in-loop
  return [...new Set(problems)];
}
