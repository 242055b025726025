// The record of a workload, made as its users would make it: by commands of the engine, from policies to approvals.
import { AccessEngine, createHost } from "access-engine";

const ADMINISTRATOR = { subject: "administrator" };
const APPROVER = { subject: "approver" };
const STEPS = [{ quorums: [{ approvers: [APPROVER], required: 1 }] }];
/** As many subjects as fit into a command, and the engine's limit of policies made at once. */
const [SUBJECTS_AT_ONCE, POLICIES_AT_ONCE] = [1000, 100];

/**
 * Opens an engine with all of a workload in it.
 *
 * @param {import("./workload/workload.mjs").Workload} workload
 * @param {string} [folder] Where records are kept from run to run, since to make a large one takes minutes.
 * @param {import("access-engine").AccessMailer | false} [mailer] What sends the mail of what comes then; nothing unless given.
 * @returns {Promise<{ engine: AccessEngine, store: import("access-engine").AccessStore, commits: number, buildSeconds?: number, openSeconds: number }>} Without
 *   `buildSeconds` where the record was kept.
 */
export async function openRecord(workload, folder, mailer = false) {
  // A browser has no files.
  const kept = folder === undefined ? undefined : await import("./kept.mjs").then((it) => it.keptIn(folder, workload));
  const commits = (await kept?.read()) ?? [];
  const isKept = commits.length > 0;
  const buildSeconds = isKept ? undefined : await seconds(() => build(workload, commits));
  if (!isKept) await kept?.write(commits);
  const store = storeOf(commits);
  let engine;
  const openSeconds = await seconds(async () => (engine = await open(store, workload.now, mailer)));
  return { engine, store, commits: commits.length, buildSeconds, openSeconds };
}

async function seconds(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Keeps commits as texts, as a database does. */
const storeOf = (commits) => ({
  load: async (after, limit) => commits.slice(after, after + limit).map((text) => JSON.parse(text)),
  append: async (commit) => void commits.push(JSON.stringify(commit)),
});

function open(store, now, mailer) {
  return AccessEngine.open({
    project: "bench",
    host: createHost({ store, mailer, now: () => now }),
    administrators: [user("administrator"), user("approver")],
  });
}

async function build(workload, commits) {
  const engine = await open(storeOf(commits), workload.now, false);
  await inTurn(chunks(workload.subjects, SUBJECTS_AT_ONCE), (subjects) =>
    engine.syncDirectory(ADMINISTRATOR, { changes: subjects.map((id) => ({ upsertSubject: user(id) })) }),
  );
  await inTurn(workload.permissions, ({ holders, ...permission }) =>
    engine.createPermission(ADMINISTRATOR, { ...terms(permission), holders: holders.map((subject) => ({ subject })) }),
  );
  const made = await createPolicies(engine, workload.policies.filter(({ whenAsked }) => whenAsked));
  await inTurn(workload.grants, (grant) => give(engine, grant, workload.now));
  await inTurn(made.filter(({ live }) => !live), ({ policyId }) => engine.deletePolicy(ADMINISTRATOR, { policyId }));
  await createPolicies(engine, workload.policies.filter(({ whenAsked }) => !whenAsked));
  await engine.close();
}

async function createPolicies(engine, policies) {
  const receipts = await inTurn(chunks(policies, POLICIES_AT_ONCE), (some) =>
    engine.createPolicies(ADMINISTRATOR, { policies: some.map((policy) => ({ ...terms(policy), steps: STEPS })) }),
  );
  const ids = receipts.flatMap(({ policyIds }) => policyIds);
  return policies.map((policy, place) => ({ ...policy, policyId: ids[place] }));
}

async function give(engine, grant, now) {
  const { subject, environment, path, actions, endsAt, policy } = grant;
  const draft = { target: { environment, path }, actions, duration: { seconds: (endsAt - now) / 1000 } };
  const { requestId } = await engine.requestAccess({ subject }, draft);
  const { request } = engine.explain(APPROVER, requestId);
  if (request.policy.name !== policy) throw new Error(`${requestId} is under ${request.policy.name}, not ${policy}`);
  const verdict = { requestId, verdict: "approve", contentHash: request.contentHash };
  const { grantId } = await engine.reviewRequest(APPROVER, verdict);
  if (grantId === undefined) throw new Error(`${requestId} was approved and gave no grant`);
}

/** One after the other, as a record is written. */
async function inTurn(list, work) {
  const answers = [];
  // oxlint-disable-next-line no-await-in-loop
  for (const item of list) answers.push(await work(item));
  return answers;
}

const user = (id) => ({ type: "user", id, name: id, email: `${id}@example.com` });
const terms = ({ name, environment, path, actions }) => ({
  name,
  targets: { environments: [environment], paths: [path] },
  actions,
});
const chunks = (list, size) =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, number) => list.slice(number * size, (number + 1) * size));
