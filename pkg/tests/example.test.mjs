import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

const example = fileURLToPath(new URL("../../examples/node.mjs", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "access-engine-"));
after(() => rm(folder, { recursive: true }));

const STORY = [
  "Ada protects production's payments: first Sam approves, then Kim",
  "  mail to Ada: Access policy created: Payments",
  "may Dev read it? not_granted",
  "Dev asks for one hour",
  "  mail to Sam: Review asked: Dev wants access to production /payments/stripe",
  "  mail to Kim: Review asked: Dev wants access to production /payments/stripe",
  "  mail to Dev: Granted: your access to production /payments/stripe",
  "may Dev read it? granted",
  "may Dev read it? not_granted",
  "6 commits, intact: true",
];

/** Runs it on a file; it is killed once it has said so many lines, if it has not ended before. */
async function run(file, lines = Infinity) {
  const child = spawn(process.execPath, [example, join(folder, file)], { stdio: ["ignore", "pipe", "pipe"], timeout: 30_000 });
  let [said, wrong] = ["", ""];
  const isOver = () => said.split("\n").length > lines;
  child.stdout.on("data", (text) => {
    said += text;
    if (isOver()) child.kill("SIGKILL");
  });
  child.stderr.on("data", (text) => void (wrong += text));
  const [code] = await new Promise((resolve) => void child.once("close", (...ended) => resolve(ended)));
  assert.ok(code === 0 || isOver(), wrong);
  return said.trimEnd().split("\n");
}

test("the example for Node tells the whole story", async () => {
  assert.deepEqual(await run("whole.db"), STORY);
});

test("the example for Node goes on with its record, wherever it is killed, and sends every mail", async () => {
  const mails = new Set();
  const note = (said) => said.filter((line) => line.startsWith("  mail")).forEach((line) => mails.add(line));
  for (let lines = 1; lines < STORY.length; lines += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, on one file
    note(await run("killed.db", lines));
  }
  const wanted = STORY.filter((line) => line.startsWith("  mail")).toSorted();
  // What was being sent when it was killed is due again after a while.
  for (let runs = 0; runs < 20; runs += 1) {
    // oxlint-disable no-await-in-loop -- until all are sent
    const said = await run("killed.db");
    note(said);
    assert.deepEqual(said.slice(-3), STORY.slice(-3));
    if (mails.size === wanted.length) break;
    await wait(1000);
    // oxlint-enable no-await-in-loop
  }
  assert.deepEqual([...mails].toSorted(), wanted);
});

test("the example for Node has at most 40 lines", async () => {
  const lines = (await readFile(example, "utf8")).trimEnd().split("\n");
  assert.ok(lines.length <= 40, `it has ${lines.length}`);
  assert.ok(lines.every((line) => line.length <= 120));
});
