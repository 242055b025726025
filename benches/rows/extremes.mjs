// What is large all at once: crowds of approvers, nested groups, a tick of thousands, analyses; memory, and a cold start.
import { spawnSync } from "node:child_process";
import { AccessEngine, createHost } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import { figure, table } from "../table.mjs";
import { summary } from "../timing.mjs";

const ADA = { subject: "ada" };
const [HOUR, AT_ONCE] = [3_600_000, 1000];

/**
 * Prints a table for the largest of the sizes.
 *
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<string[]>} What went wrong, a sentence each.
 */
export async function run(options) {
  const size = Math.max(...options.grants);
  const rows = [];
  console.log("\nextremes\n");
  for (const measure of [crowd, nested, tick, policies, analyses, memory, coldStart]) {
    // oxlint-disable-next-line no-await-in-loop -- beside each other they would be in each other's way
    for (const [what, milliseconds] of await measure(size, options)) {
      const { median, min, max } = summary(milliseconds);
      rows.push([what, `${figure(median)} (${figure(min)}–${figure(max)})`]);
    }
  }
  console.log(table(["what", "ms, or bytes"], rows));
  return [];
}

async function open(now = 0, store = memoryStore()) {
  const clock = { now };
  const host = createHost({ store, mailer: false, now: () => clock.now });
  return { clock, engine: await AccessEngine.open({ project: "bench", host, administrators: [user("ada")] }) };
}

const user = (id) => ({ type: "user", id, name: id, email: `${id}@example.com` });
const many = (count, name) => Array.from({ length: count }, (_, number) => `${name}${number}`);
const draft = (path) => ({ target: { environment: "production", path }, actions: ["read"], duration: "PT1H" });
const policy = (name, path, approvers) => ({
  name,
  targets: { environments: ["production"], paths: [path] },
  actions: "all",
  steps: [{ quorums: [{ approvers, required: 1 }] }],
});

async function add(engine, changes) {
  for (let from = 0; from < changes.length; from += AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await engine.syncDirectory(ADA, { changes: changes.slice(from, from + AT_ONCE) });
  }
}

const addUsers = (engine, ids) => add(engine, ids.map((id) => ({ upsertSubject: user(id) })));

async function addGroup(engine, id, members) {
  await add(engine, [{ upsertGroup: { id, name: id, members: members.slice(0, AT_ONCE) } }]);
  const parts = Array.from({ length: Math.ceil(members.length / AT_ONCE) - 1 }, (_, number) => (number + 1) * AT_ONCE);
  for (const from of parts) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await add(engine, [{ addMembers: { groupId: id, members: members.slice(from, from + AT_ONCE) } }]);
  }
}

/** What gives a wrong answer has no figure. */
function expect(what, found, expected) {
  if (found !== expected) throw new Error(`extremes: ${what}: ${found}, not ${expected}`);
}

/** How long each of some calls takes, one after the other. */
async function times(count, call) {
  const milliseconds = [];
  for (let number = 0; number < count; number += 1) {
    const start = performance.now();
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await call(number);
    milliseconds.push(performance.now() - start);
  }
  return milliseconds;
}

/** Gives so many grants, in turn to these people. */
async function grantAll(engine, count, people) {
  for (let number = 0; number < count; number += 1) {
    // oxlint-disable no-await-in-loop -- one after the other
    const { requestId } = await engine.requestAccess({ subject: people[number % people.length] }, draft(`/x${number}`));
    const { contentHash } = engine.explain("host", requestId).request;
    await engine.reviewRequest({ subject: "sam" }, { requestId, verdict: "approve", contentHash });
    // oxlint-enable no-await-in-loop
  }
}

async function crowd(size, { rounds }) {
  const { engine } = await open();
  const people = many(size, "p");
  await addUsers(engine, [...people, "dev"]);
  await addGroup(engine, "crowd", people.map((subject) => ({ subject })));
  await engine.createPolicy(ADA, policy("Crowd", "/**", [{ group: "crowd" }]));
  const dev = { subject: "dev" };
  const asked = [];
  const request = await times(rounds, async (number) => asked.push((await engine.requestAccess(dev, draft(`/x${number}`))).requestId));
  // It waits for the mail to all of them, as the others below do.
  await engine.deliver();
  const explain = await times(rounds, (number) => engine.explain({ subject: people[number] }, asked[number]));
  const review = await times(rounds, (number) => {
    const { contentHash } = engine.explain("host", asked[number]).request;
    return engine.reviewRequest({ subject: people[number] }, { requestId: asked[number], verdict: "approve", contentHash });
  });
  await engine.requestAccess(dev, draft("/y"));
  await engine.deliver();
  const leave = await times(rounds, (number) =>
    engine.syncDirectory(ADA, { changes: [{ removeMembers: { groupId: "crowd", members: [{ subject: people[number] }] } }] }),
  );
  const analyze = await times(1, () => engine.analyze(ADA));
  const [step] = engine.explain("host", engine.requests("host", { limit: 1 }).items[0].id).steps;
  expect("who is left in the crowd", step.canApproveCount, size - rounds);
  await engine.close();
  const of = `of ${figure(size)} approvers`;
  return [
    [`a request ${of}`, request],
    [`\`explain\` ${of}`, explain],
    [`\`explain\` and a review ${of}`, review],
    [`one ${of} leaves`, leave],
    [`\`analyze\`, one policy ${of}`, analyze],
  ];
}

async function nested(size, { rounds }) {
  const { engine } = await open();
  const [subjects, groups] = [many(size * 10, "s"), many(Math.max(1, size / 10), "g")];
  await addUsers(engine, [...subjects, "new"]);
  const share = subjects.length / groups.length;
  for (const [number, id] of groups.entries()) {
    const members = subjects.slice(number * share, (number + 1) * share).map((subject) => ({ subject }));
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await addGroup(engine, id, members);
  }
  // A tree in which each has ten below it.
  const inside = groups.slice(1).map((group, number) => ({ addMembers: { groupId: groups[Math.floor(number / 10)], members: [{ group }] } }));
  await add(engine, inside);
  const change = (number) => {
    const members = [{ subject: "new" }];
    const groupId = groups.at(-1);
    return engine.syncDirectory(ADA, { changes: [number % 2 === 0 ? { addMembers: { groupId, members } } : { removeMembers: { groupId, members } }] });
  };
  const changes = await times(rounds * 2, change);
  await engine.close();
  return [[`one member among ${figure(subjects.length)} in ${figure(groups.length)} nested groups`, changes]];
}

async function tick(size) {
  const count = Math.round(size * 1.6);
  const { engine, clock } = await open();
  const people = many(Math.ceil(count / 50), "p");
  await addUsers(engine, [...people, "sam"]);
  await engine.createPolicy(ADA, policy("All", "/**", [{ subject: "sam" }]));
  await grantAll(engine, count, people);
  await engine.deliver();
  clock.now += HOUR;
  const question = await times(1, () => engine.grants("host"));
  const took = await times(1, () => engine.tick());
  expect("the grants that have ended", engine.grants("host").counts.ended, count);
  await engine.close();
  return [
    [`\`grants\` while ${figure(count)} grants are due to end`, question],
    [`a tick that ends ${figure(count)} grants`, took],
  ];
}

async function policies(size, { rounds }) {
  const { engine } = await open();
  await addUsers(engine, ["sam", "dev"]);
  for (let from = 0; from < size; from += 100) {
    const some = many(Math.min(100, size - from), "").map((_, number) => policy(`P${from + number}`, `/p${from + number}/**`, [{ subject: "sam" }]));
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await engine.createPolicies(ADA, { policies: some });
  }
  await engine.deliver();
  const dev = { subject: "dev" };
  expect("the policy that governs", engine.preview(dev, draft("/p7/x")).policy?.name, "P7");
  const preview = await times(rounds * 10, (number) => engine.preview(dev, draft(`/p${number}/x`)));
  const request = await times(rounds * 5, (number) => engine.requestAccess(dev, draft(`/p${number % size}/x${number}`)));
  const evaluate = await times(rounds * 100, () => engine.evaluate({ subject: dev, action: "read", resource: { environment: "production", path: "/p7/x" } }));
  const analyze = await times(1, () => engine.analyze(ADA));
  await engine.close();
  return [
    [`\`evaluate\` among ${figure(size)} policies`, evaluate],
    [`\`preview\` among ${figure(size)} policies`, preview],
    [`a request among ${figure(size)} policies`, request],
    [`\`analyze\`, ${figure(size)} policies`, analyze],
  ];
}

/** A tenth as many policies, each with a group of its own of a hundred approvers. */
async function analyses(size) {
  const { engine } = await open();
  const [people, count] = [many(size, "p"), Math.ceil(size / 10)];
  await addUsers(engine, people);
  for (let number = 0; number < count; number += 1) {
    const members = Array.from({ length: 100 }, (_, other) => ({ subject: people[(number * 10 + other) % size] }));
    // oxlint-disable no-await-in-loop -- one after the other
    await addGroup(engine, `g${number}`, members);
    await engine.createPolicy(ADA, policy(`P${number}`, `/p${number}/**`, [{ group: `g${number}` }]));
    // oxlint-enable no-await-in-loop
  }
  const analyze = await times(3, () => engine.analyze(ADA));
  expect("what is wrong with them", engine.analyze(ADA).length, 0);
  await engine.close();
  return [[`\`analyze\`, ${figure(count)} policies with 100 members each`, analyze]];
}

/** Of a live grant: what each further engine takes that opens from a snapshot, then its sheets once all were asked about. */
async function memory(size, { rounds }) {
  const { engineMemory } = await import(new URL("wasm/access_engine.js", import.meta.resolve("access-engine")));
  const store = memoryStore();
  const { engine } = await open(0, store);
  const people = many(Math.ceil(size / 10), "p");
  await addUsers(engine, [...people, "sam"]);
  await engine.createPolicy(ADA, policy("All", "/**", [{ subject: "sam" }]));
  await grantAll(engine, size, people);
  const { data } = await engine.snapshot();
  const engines = [engine];
  const grown = async (work) => {
    const before = engineMemory().buffer.byteLength;
    await work();
    return (engineMemory().buffer.byteLength - before) / size;
  };
  const [all, hot] = [[], []];
  // What the first one takes is partly there already: others have given it back.
  for (let number = 0; number <= rounds; number += 1) {
    // oxlint-disable no-await-in-loop -- one after the other
    all.push(await grown(async () => engines.push((await open(0, store)).engine)));
    const further = engines.at(-1);
    const ask = () => {
      for (const subject of people) further.isAllowed({ subject }, "read", { environment: "production", path: "/x" });
    };
    hot.push(await grown(ask));
    // oxlint-enable no-await-in-loop
  }
  for (const it of engines) it.free();
  const of = `a live grant of ${figure(size)}, bytes`;
  return [
    [`a snapshot, ${of}`, [data.length / size]],
    [`in memory, ${of}`, all.slice(1)],
    [`its sheets, ${of}`, hot.slice(1)],
  ];
}

/** How long a Node takes to start, run a module and end. */
function nodeRuns(code) {
  const before = performance.now();
  const { status } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], { cwd: new URL("..", import.meta.url) });
  if (status !== 0) throw new Error("a cold start has failed");
  return performance.now() - before;
}

/** To the first decision, above a Node that does nothing. */
function coldStart(_, { rounds }) {
  const script = `
    import { AccessEngine, createHost } from "access-engine";
    const store = { load: async () => [], append: async () => {} };
    const administrators = [{ type: "user", id: "ada", name: "Ada" }];
    const engine = await AccessEngine.open({ project: "bench", host: createHost({ store, mailer: false }), administrators });
    engine.isAllowed({ subject: "ada" }, "read", { environment: "production", path: "/x" });
    process.exit(0);`;
  nodeRuns(script);
  return [["a cold start, above an empty Node", Array.from({ length: rounds }, () => nodeRuns(script) - nodeRuns("process.exit(0)"))]];
}
