// How long commands take, with mail, by the number of grants: whether they take longer as there is more.
import { openRecord } from "../record.mjs";
import { figure, table } from "../table.mjs";
import { summary } from "../timing.mjs";
import { makeWorkload } from "../workload/workload.mjs";

const APPROVER = { subject: "approver" };
/** How many of each command a round has, for each question that there would be; and how often one may ask within a day. */
const [COMMANDS, REQUESTS_A_DAY] = [1 / 32, 80];

/**
 * Prints a table for each size.
 *
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<string[]>} What went wrong, a sentence each.
 */
export async function run(options) {
  const problems = [];
  // oxlint-disable no-await-in-loop -- sizes and rounds beside each other would be in each other's way
  for (const size of options.grants.flatMap((grants) => options.policies.map((policies) => ({ grants, policies })))) {
    console.log(`\ncommands, grants: ${figure(size.grants)}, policies: ${figure(size.policies)}\n`);
    const workload = makeWorkload(size);
    let sent = 0;
    const { engine } = await openRecord(workload, options.records, { send: async () => void (sent += 1) });
    const mostInRound = (REQUESTS_A_DAY * workload.subjects.length) / (options.rounds + 1);
    const count = Math.ceil(Math.min(options.questions * COMMANDS, mostInRound));
    const times = new Map();
    // The first round is to warm up.
    for (let number = 0; number <= options.rounds; number += 1) {
      const round = await carryOut(engine, drafts(workload, number, count));
      if (number === 0) continue;
      for (const [name, { milliseconds }] of round) times.set(name, [...(times.get(name) ?? []), milliseconds]);
    }
    const rows = [...times].map(([name, milliseconds]) => {
      const { median, min, max } = summary(milliseconds);
      options.note?.(size, name, median);
      return [name, `${figure(median * 1e3)} (${figure(min * 1e3)}–${figure(max * 1e3)})`, figure(1e3 / median)];
    });
    console.log(table(["command", "µs", "a second"], rows));
    // It waits for the mail.
    await engine.close();
    if (sent === 0) problems.push(`commands: no mail was sent, with ${size.grants} grants`);
  }
  // oxlint-enable no-await-in-loop
  return problems;
}

/** Each by another subject, for something that nobody has asked for. */
const drafts = ({ subjects }, round, count) =>
  Array.from({ length: count }, (_, number) => ({
    user: { subject: subjects[number % subjects.length] },
    draft: {
      target: { environment: "production", path: `/elsewhere/${round}/${number}` },
      actions: ["read"],
      duration: "PT1H",
    },
  }));

/** All ask, all are let in, all give their access back: by command the milliseconds of one. */
async function carryOut(engine, asked) {
  const request = await timed(asked, ({ user, draft }) => engine.requestAccess(user, draft));
  const requests = request.receipts.map(({ requestId }) => engine.explain(APPROVER, requestId).request);
  const verdicts = requests.map(({ id, contentHash }) => ({ requestId: id, verdict: "approve", contentHash }));
  const review = await timed(verdicts, (verdict) => engine.reviewRequest(APPROVER, verdict));
  const given = review.receipts.map(({ grantId }, number) => ({ user: asked[number].user, grantId }));
  const release = await timed(given, ({ user, grantId }) => engine.releaseGrant(user, { grantId }));
  return Object.entries({ "a request": request, "a review that gives access": review, "a release": release });
}

async function timed(list, work) {
  const receipts = [];
  const start = performance.now();
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  for (const item of list) receipts.push(await work(item));
  return { receipts, milliseconds: (performance.now() - start) / list.length };
}
