// What else is asked and done, by the number of grants: whether it grows with what there is.
import { openRecord } from "../record.mjs";
import { figure, ratio, table } from "../table.mjs";
import { race } from "../timing.mjs";
import { drawQuestions } from "../workload/questions.mjs";
import { makeWorkload } from "../workload/workload.mjs";

const APPROVER = { subject: "approver" };
const DAY = 86_400_000;

/**
 * Prints a table for each size.
 *
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<string[]>} What went wrong, a sentence each.
 */
export async function run(options) {
  // oxlint-disable no-await-in-loop -- sizes beside each other would be in each other's way
  for (const size of options.grants.flatMap((grants) => options.policies.map((policies) => ({ grants, policies })))) {
    console.log(`\nquestions, grants: ${figure(size.grants)}, policies: ${figure(size.policies)}\n`);
    const workload = makeWorkload(size);
    const { engine } = await openRecord(workload, options.records);
    const timed = await race(asked(engine, workload, drawQuestions(workload, options.questions)), options);
    for (const { name, milliseconds } of timed) options.note?.(size, name, milliseconds.median);
    const rows = timed.map(({ name, milliseconds, ratio: times }) => [
      name,
      figure(milliseconds.median * 1e3),
      ratio(times),
    ]);
    console.log(table(["question", "µs", "times the first"], rows));
    await engine.close();
  }
  // oxlint-enable no-await-in-loop
  return [];
}

/** Each question is asked again and again, by somebody with a few grants and by an administrator, who sees all. */
function asked(engine, workload, questions) {
  const subject = workload.subjects.at(workload.subjects.length >> 1);
  const user = { subject };
  const [yes, no] = [true, false].map((isAllowed) => queryOf(questions.find((it) => it.isAllowed === isAllowed)));
  const mine = engine.requests(user, { limit: 1 }).items[0];
  const draft = { target: { environment: "production", path: "/elsewhere/x" }, actions: ["read"], duration: "PT1H" };
  const later = { at: workload.now + 31 * DAY };
  return [
    { name: "`isAllowed`, yes", run: () => engine.isAllowed(yes.subject, yes.action, yes.resource) },
    { name: "`evaluate`, yes", run: () => engine.evaluate(yes) },
    { name: "`evaluate`, no", run: () => engine.evaluate(no) },
    { name: "`explain`", run: () => engine.explain(user, mine.id) },
    { name: "`preview`", run: () => engine.preview(user, draft) },
    { name: "`inbox` of a user", run: () => engine.inbox(user) },
    { name: "`requests` of a user", run: () => engine.requests(user) },
    { name: "`grants` of a user", run: () => engine.grants(user) },
    { name: "`history` of a user", run: () => engine.history(user) },
    { name: "`inbox` of an administrator", run: () => engine.inbox(APPROVER) },
    { name: "`requests` of an administrator", run: () => engine.requests(APPROVER) },
    { name: "`grants` of an administrator", run: () => engine.grants(APPROVER) },
    { name: "`history` of an administrator", run: () => engine.history(APPROVER) },
    { name: "`explain`, all grants being over", run: () => engine.explain(user, mine.id, later) },
    { name: "`grants` of a user, all being over", run: () => engine.grants(user, {}, later) },
  ];
}

const queryOf = ({ subject, action, environment, path }) => ({
  subject: { subject },
  action,
  resource: { environment, path },
});
