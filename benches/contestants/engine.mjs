// The engine, by its public API: see "Question what is allowed" in docs/javascript.md.
import { openRecord } from "../record.mjs";

export async function open(workload, { records }) {
  const { engine, commits, buildSeconds, openSeconds } = await openRecord(workload, records);
  const built = buildSeconds === undefined ? "was kept" : `built in ${buildSeconds.toFixed(1)} s`;
  return {
    note: `record of ${commits.toLocaleString("en")} commits ${built}, opened in ${openSeconds.toFixed(2)} s`,
    isAllowed: (subject, action, environment, path) => engine.isAllowed({ subject }, action, { environment, path }),
    close: () => engine.close(),
  };
}
