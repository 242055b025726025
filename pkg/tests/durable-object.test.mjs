// The store in Durable Objects, inside the real workerd.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { storeCases } from "access-engine/testing";
import { assertRows } from "./reports.mjs";
import { bundleWorker } from "./workers/bundle.mjs";

const folder = await mkdtemp(join(tmpdir(), "access-engine-"));
const bundle = await bundleWorker(fileURLToPath(new URL("workers/objects.mjs", import.meta.url)), join(folder, "out"));

const mails = [];
let isRefused = () => false;
/** Starts it, with the storage that it had before. */
function start(bindings = { BEHIND: 0 }) {
  const kinds = ["Case", "Reports", "Large", "Project"];
  return bundle.start({
    compatibilityFlags: ["nodejs_compat"],
    durableObjects: Object.fromEntries(kinds.map((className) => [className, { className, useSQLite: true }])),
    durableObjectsPersist: join(folder, "objects"),
    bindings,
    serviceBindings: {
      MAIL: async (request) => {
        const mail = await request.json();
        if (isRefused(mail)) return new Response("no", { status: 503 });
        mails.push(mail);
        return new Response("yes");
      },
    },
  });
}

let worker = start();
after(async () => {
  await worker.dispose();
  await rm(folder, { recursive: true });
});

async function ask(path, init) {
  const answer = await worker.dispatchFetch(`http://localhost/${path}`, init);
  assert.equal(answer.status, 200, answer.status === 200 ? "" : await answer.text());
  return answer;
}

/** What the tables of the project say. */
async function look() {
  return (await ask("Project/a")).json();
}

/** What the engine of the project answers. */
async function tell(command, actor, input) {
  return (await ask("Project/a", { method: "POST", body: JSON.stringify({ command, actor, input }) })).json();
}

for (const [place, { name }] of storeCases.entries()) {
  test(`Durable Object: ${name}`, () => ask(`Case/${place}?name=${encodeURIComponent(name)}`));
}

test("Durable Object: the tables for reports say what the engine says", async () => {
  for (const { rows, expected } of await (await ask("Reports/a")).json()) assertRows(rows, expected);
});

test("Durable Object: what is longer than a row may be is kept, erased and read again", async () => {
  assert.deepEqual(await (await ask("Large/a")).json(), { isSame: true, messages: 5000, left: ["b"], isWhole: true });
});

test("Durable Object: a project goes on when its object is started anew, and an alarm ends access and sends what is left", async () => {
  const [ada, dev] = [{ subject: "ada" }, { subject: "dev" }];
  // So that a minute of access is over a few seconds after it begins.
  await worker.dispose();
  worker = start({ BEHIND: 55_000 });
  isRefused = ({ to }) => to === "dev";
  await tell("createPolicy", ada, { name: "All", targets: { environments: ["prod"], paths: ["/**"] }, actions: "all", steps: [{ quorums: [{ approvers: [ada], required: 1 }] }] });
  const { answer: { requestId } } = await tell("requestAccess", dev, { target: { environment: "prod", path: "/db" }, actions: ["read"], duration: "PT1M" });
  const { answer: { request: { contentHash } } } = await tell("explain", ada, requestId);
  const approved = await tell("reviewRequest", ada, { requestId, verdict: "approve", contentHash });
  assert.equal(approved.isAllowed, true);
  assert.deepEqual(mails.map(({ to }) => to).includes("dev"), false);

  await worker.dispose();
  worker = start();
  isRefused = () => false;
  // Nobody asks the engine for anything.
  // oxlint-disable no-await-in-loop -- one look after the other
  for (let looks = 0; ; looks += 1) {
    const seen = await look();
    if (seen.grants[0].ended_at !== null && mails.some(({ to }) => to === "dev")) break;
    assert.ok(looks < 300, `no alarm has ended it and told of it: ${JSON.stringify([seen, mails])}`);
    await wait(100);
  }
  // oxlint-enable no-await-in-loop
  const { grants: [grant], rings } = await look();
  assert.deepEqual([grant.end_reason, grant.ended_at], ["expired", grant.ends_at]);
  const { answer, isAllowed, version } = await tell("verify");
  assert.deepEqual([answer.intact, isAllowed, version], [true, false, approved.version + 1]);
  // No alarm follows another without an end.
  await wait(1000);
  assert.ok((await look()).rings <= rings + 1 && rings < 10, `${rings} rings`);
});
