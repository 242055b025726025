import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { AccessEngine } from "access-engine";

const lines = readFileSync(new URL("../../tests/records/format-1.ndjson", import.meta.url), "utf8").trimEnd().split("\n");
const commits = lines.map((line) => JSON.parse(line));

test("a record of format 1 is opened and verifies", async () => {
  const host = { load: (after) => commits.slice(after), append: assert.fail, now: () => commits.at(-1).at };
  const engine = await AccessEngine.open({ project: "acme", host });
  assert.equal(engine.head().version, commits.length);
  assert.equal((await engine.verify()).intact, true);
  const [{ durationSeconds, requester }] = engine.requests("host", { status: ["pending"] }).items;
  assert.deepEqual([durationSeconds, requester.id], [3600, "dev"]);
  engine.free();
});
