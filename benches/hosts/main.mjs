// How fast the stores are, side by side: `npm run hosts` in `benches`. It starts a PostgreSQL of its own, which writes to the disk
// as it would in earnest. Figures are of this machine, on which client and server share the processors.
// oxlint-disable no-await-in-loop -- one measurement after the other
import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { AccessEngine, createHost } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import { startPostgres } from "../../pkg/tests/servers/postgres.mjs";
import { connect } from "../../pkg/tests/writers/stores.mjs";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    commits: { type: "string", default: "100000" },
    messages: { type: "string", default: "1000" },
    revocations: { type: "string", default: "200" },
  },
});
const [seconds, rounds, commits, messages, revocations] = Object.values(values).map(Number);
const WRITER = fileURLToPath(new URL("writer.mjs", import.meta.url));
const ada = { subject: "ada" };
const target = { environment: "production", path: "/payments" };
/** One of those who ask: each makes so few requests that nobody has to wait. */
const developer = (number) => `dev-${number % 10}`;
const person = (id) => ({ type: "user", id, name: id, email: `${id}@example.com` });

const folder = await mkdtemp(join(tmpdir(), "access-engine-"));
const postgres = await startPostgres({ fsync: "on" });
let projects = 0;
/** A project of its own on each store. */
const stores = {
  SQLite: () => ({ url: `file:${join(folder, `${(projects += 1)}.db`)}`, project: `project-${projects}` }),
  PostgreSQL: () => ({ url: postgres.url, project: `project-${(projects += 1)}` }),
};

try {
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
  for (const [name, place] of Object.entries(stores)) {
    await figure(name, "commits a second, one writer", () => writing([place()]));
    const one = () => Array(4).fill(place());
    await figure(name, "commits a second, four writers on one project", () => writing(one()));
    await figure(name, "commits a second, four writers on a project each", () => {
      const own = Array.from({ length: 4 }, () => place());
      return writing(name === "SQLite" ? own.map(({ project }) => ({ url: own[0].url, project })) : own);
    });
    await figure(name, "messages delivered a second", () => delivering(place()));
    const times = await revoking(place());
    print(name, `a revocation reaches another server in, of ${times.length}`, `${median(times).toFixed(1)} ms (median), ${quantile(times, 0.99).toFixed(1)} ms (99th percentile)`);
    await opening(name, place());
  }
} catch (error) {
  // What is still open would keep the process alive.
  console.error(error);
  process.exitCode = 1;
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true });
}

function print(name, what, value) {
  console.log(`${name.padEnd(10)} ${what}: ${value}`);
}

async function figure(name, what, measure) {
  const figures = [];
  for (let round = 0; round < rounds; round += 1) figures.push(await measure());
  print(name, what, `${Math.round(median(figures))} (${figures.map(Math.round).toSorted((one, other) => one - other).join(", ")})`);
}

/** Commits a second of as many processes as there are places. */
async function writing(places) {
  const ready = [];
  for (const place of places) {
    const child = fork(WRITER, [JSON.stringify({ ...place, seconds })]);
    await new Promise((resolve) => void child.once("message", resolve));
    ready.push(child);
  }
  const counts = ready.map((child) => {
    const counted = new Promise((resolve) => void child.once("message", resolve));
    child.send("go");
    return counted;
  });
  const total = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  await Promise.all(ready.map((child) => child.exitCode ?? new Promise((resolve) => void child.once("exit", resolve))));
  return total / seconds;
}

/** A project in which developers may ask Ada, and as many approvers as are wanted beside her. */
async function prepare(engine, approvers = []) {
  const people = [...Array.from({ length: 10 }, (_, number) => developer(number)), "ada", ...approvers];
  await engine.syncDirectory(ada, { changes: people.map((id) => ({ upsertSubject: person(id) })) });
  const group = { upsertGroup: { id: "approvers", name: "Approvers", members: ["ada", ...approvers].map((subject) => ({ subject })) } };
  await engine.syncDirectory(ada, { changes: [group] });
  await engine.createPolicy(ada, {
    name: "All",
    targets: { environments: ["*"], paths: ["/**"] },
    actions: "all",
    steps: [{ quorums: [{ approvers: [{ group: "approvers" }], required: 1 }] }],
  });
}

function open(store, project, options = {}) {
  return AccessEngine.open({ project, administrators: [person("ada")], host: createHost({ store, mailer: false }), ...options });
}

async function delivering({ url, project }) {
  const { store, end } = await connect(url, project);
  const engine = await open(store, project);
  await prepare(engine, Array.from({ length: messages - 1 }, (_, number) => `approver-${number}`));
  await engine.requestAccess({ subject: developer(0) }, { target, actions: ["read"], duration: "PT1H" });
  const sender = await open(store, project, { host: createHost({ store, mailer: { send: async () => {} } }) });
  const start = performance.now();
  const { sent } = await sender.deliver();
  const took = (performance.now() - start) / 1000;
  await Promise.all([engine.close(), sender.close()]);
  await end();
  return sent / took;
}

/** From when a revocation is acknowledged until another server denies, in milliseconds; both are in this process. */
async function revoking({ url, project }) {
  const [here, there] = [await connect(url, project), await connect(url, project)];
  const engine = await open(here.store, project, { pollSeconds: 0 });
  const other = await open(there.store, project);
  await prepare(engine);
  const times = [];
  for (let round = 0; round < revocations; round += 1) {
    const dev = { subject: developer(round) };
    const query = { subject: dev, action: "read", resource: target };
    const { requestId } = await engine.requestAccess(dev, { target, actions: ["read"], duration: "PT1H" });
    const { contentHash } = engine.explain("host", requestId).request;
    const { grantId } = await engine.reviewRequest(ada, { requestId, verdict: "approve", contentHash });
    await seen(other, () => other.evaluate(query).decision);
    await engine.revokeGrant(ada, { grantId, reason: "Measured." });
    const start = performance.now();
    await seen(other, () => !other.evaluate(query).decision);
    times.push(performance.now() - start);
  }
  await Promise.all([engine.close(), other.close()]);
  await Promise.all([here.end(), there.end()]);
  return times;
}

function seen(engine, isSo) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`nothing was heard within 30 seconds, at version ${engine.version}`)), 30_000);
    const look = () => {
      if (!isSo()) return;
      clearTimeout(late);
      end();
      resolve();
    };
    const end = engine.subscribe(look);
    look();
  });
}

async function opening(name, { url, project }) {
  const { store, end } = await connect(url, project);
  const memory = memoryStore();
  const made = await open(memory, project);
  await prepare(made);
  for (let number = made.version; number < commits; number += 1) {
    const change = { upsertSubject: person(`dev-${number % 1000}`) };
    await made.syncDirectory(ada, { changes: [{ upsertSubject: { ...change.upsertSubject, name: `Dev ${number}` } }] });
  }
  for (let after = 0; after < commits; after += 1000) {
    for (const commit of await memory.load(after, 1000)) await store.append(commit, { version: commit.version - 1, hash: commit.previousHash });
  }
  made.free();
  for (const what of ["without a snapshot", "with a snapshot"]) {
    await figure(name, `milliseconds to open ${commits} commits ${what}`, async () => {
      const start = performance.now();
      const engine = await open(store, project);
      const took = performance.now() - start;
      engine.free();
      return took;
    });
    const engine = await open(store, project);
    await engine.snapshot();
    engine.free();
  }
  await end();
}

function quantile(figures, share) {
  const sorted = figures.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function median(figures) {
  return quantile(figures, 0.5);
}
