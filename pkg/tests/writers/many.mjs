// Many processes write to one record, and are killed and started again meanwhile: afterwards it is one record, nothing that
// somebody was told of is missing, and every message has gone out.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { AccessEngine, createHost } from "access-engine";
import { administrators, prepare, REQUIRED } from "./story.mjs";
import { connect } from "./stores.mjs";

const WRITER = fileURLToPath(new URL("writer.mjs", import.meta.url));

/**
 * Has processes send so many commands each, one of them killed every so often, and holds what is left against what they were
 * told; answers figures. `seed` draws the commands, not the order in which they meet.
 */
export async function writeAtOnce({ url, project, processes, commands, killEveryMs, seed = 1, watch = () => {} }) {
  const folder = await mkdtemp(join(tmpdir(), "access-engine-"));
  const own = await connect(url, project);
  try {
    const first = await AccessEngine.open({ project, administrators, host: createHost({ store: own.store, mailer: false }) });
    await prepare(first).finally(() => first.close());
    const mail = join(folder, "mail");
    const start = performance.now();
    const writers = Array.from({ length: processes }, (_, place) => {
      const name = `writer-${place}`;
      return { place, log: join(folder, name), argument: { url, project, name, seed: seed + 1e6 * place, commands, log: join(folder, name), mail } };
    });
    const killed = await runAll(writers, killEveryMs, watch);
    const seconds = (performance.now() - start) / 1000;
    const logs = await Promise.all(writers.map(async ({ log }) => (await lines(log)).map((line) => JSON.parse(line))));
    return { ...(await check({ ...own, project, logs: logs.flat(), mail })), killed, seconds };
  } finally {
    await own.end();
    await rm(folder, { recursive: true });
  }
}

/** Runs each writer to its end, however often it is killed before; answers how often that was. */
async function runAll(writers, killEveryMs, watch) {
  const running = new Map();
  let killed = 0;
  const over = new AbortController();
  const run = async ({ place, argument }) => {
    for (;;) {
      const child = spawn(process.execPath, [WRITER, JSON.stringify(argument)], { stdio: ["ignore", "inherit", "pipe"] });
      running.set(place, child);
      let said = "";
      child.stderr.on("data", (data) => (said += data));
      // oxlint-disable-next-line no-await-in-loop -- started again once it has ended
      const [code, signal] = await new Promise((resolve) => child.on("exit", (...ended) => resolve(ended)));
      running.delete(place);
      if (code === 0) return;
      assert.equal(signal, "SIGKILL", `a writer ended with ${code}: ${said}`);
    }
  };
  const killing = (async () => {
    while (!over.signal.aborted) {
      // oxlint-disable-next-line no-await-in-loop -- every so often
      await wait(killEveryMs, undefined, { ref: false });
      const children = [...running.values()];
      if (over.signal.aborted || children.length === 0) continue;
      children[killed % children.length].kill("SIGKILL");
      killed += 1;
      watch({ killed });
    }
  })();
  try {
    await Promise.all(writers.map(run));
  } finally {
    over.abort();
    for (const child of running.values()) child.kill("SIGKILL");
  }
  void killing;
  return killed;
}

// oxlint-disable no-await-in-loop -- one look after the other
/** Holds the record and the mail against what the writers were told. */
async function check({ store, project, logs, mail }) {
  const late = [];
  const open = () => AccessEngine.open({ project, host: createHost({ store, mailer: { send: async ({ id }) => void late.push(id) } }), pollSeconds: 0 });
  const engine = await open();
  // What the killed had claimed.
  let left = Number.POSITIVE_INFINITY;
  for (let looks = 0; ; looks += 1) {
    const waiting = await store.outbox({ state: "waiting", limit: 1e6 });
    if (waiting.length === 0) break;
    if (waiting.length < left) looks = 0;
    left = waiting.length;
    assert.ok(looks < 100, `a message is never sent: ${JSON.stringify(waiting[0])}`);
    await engine.deliver();
    await wait(500);
  }

  const commits = await all(store);
  assert.deepEqual(commits.map(({ version }) => version), commits.map((_, place) => place + 1));
  assert.equal((await engine.verify()).intact, true);

  const versions = new Map(commits.filter(({ idempotency }) => idempotency).map(({ idempotency, version }) => [idempotency.key, version]));
  assert.equal(versions.size, commits.filter(({ idempotency }) => idempotency).length, "a command is in the record twice");
  const told = logs.filter(([what, , answer]) => what === "told" && typeof answer === "number");
  for (const [, key, version] of told) assert.equal(versions.get(key), version, `${key} was acknowledged`);

  const reviews = new Map();
  const requesters = new Map();
  let grants = 0;
  for (const { events, actor } of commits) {
    for (const event of events) {
      if (event.type === "requestMade") requesters.set(event.requestId, event.content.requester);
      if (event.type === "requestReviewed") {
        const by = reviews.get(event.requestId) ?? new Set();
        reviews.set(event.requestId, by.add(actor.subject));
      }
      if (event.type !== "grantCreated") continue;
      grants += 1;
      const { requestId, holder } = event.grant;
      const by = reviews.get(requestId) ?? new Set();
      assert.ok(by.size >= REQUIRED && !by.has(holder) && requesters.get(requestId) === holder, `${event.grant.id} has its reviews`);
    }
  }

  // Each server reads the record for itself, and comes to the same.
  const digests = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const server = await open();
      const { data } = await server.snapshot();
      server.free();
      return createHash("sha256").update(data).digest("hex");
    }),
  );
  assert.equal(new Set(digests).size, 1);

  const delivered = [...(await lines(mail)), ...late];
  const notices = commits.flatMap((commit) => commit.notices.flatMap(({ id, to }) => to.map((recipient) => `${id}:${recipient}`)));
  const gone = new Set(delivered);
  const shown = await store.outbox({ limit: 1e6 });
  assert.deepEqual(shown.map(({ noticeId, recipientId }) => `${noticeId}:${recipientId}`).toSorted(), notices.toSorted());
  for (const { noticeId, recipientId, state, problem } of shown) {
    assert.equal(problem, undefined);
    assert.ok(state === "dropped" || (state === "sent" && gone.has(`${noticeId}:${recipientId}`)), `${noticeId} to ${recipientId} is ${state}`);
  }
  await engine.close();
  return {
    commands: logs.filter(([what]) => what === "send").length,
    accepted: told.length,
    commits: commits.length,
    lostRaces: logs.filter(([what]) => what === "lost").length,
    grants,
    messages: notices.length,
    twice: delivered.length - gone.size,
    late: late.length,
  };
}

async function all(store) {
  const commits = [];
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- page by page
    const page = await store.load(commits.length, 1000);
    commits.push(...page);
    if (page.length < 1000) return commits;
  }
}

async function lines(file) {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").filter(Boolean);
}
