import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { promisify } from "node:util";

const example = fileURLToPath(new URL("../../examples/node.mjs", import.meta.url));

test("the example for Node tells the whole story", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [example], { timeout: 10_000 });
  assert.deepEqual(stdout.trim().split("\n"), [
    "Ada protects production's payments: first Sam approves, then Kim",
    "  mail to Ada: Access policy created: Payments",
    "may Dev read it? not_granted",
    "Dev asks for one hour",
    "  mail to Sam: Review asked: Dev wants access to production /payments/stripe",
    "  mail to Kim: Review asked: Dev wants access to production /payments/stripe",
    "  mail to Dev: Approved: your access to production /payments/stripe",
    "may Dev read it? granted",
    "may Dev read it? not_granted",
    "6 commits, intact: true",
  ]);
});

test("the example for Node has at most 40 lines", async () => {
  const lines = (await readFile(example, "utf8")).trimEnd().split("\n");
  assert.ok(lines.length <= 40, `it has ${lines.length}`);
  assert.ok(lines.every((line) => line.length <= 120));
});
