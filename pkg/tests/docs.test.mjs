// Every example of the READMEs and docs/ is checked under `strict`, and run.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { examples, root } from "./examples.mjs";

const run = promisify(execFile);
const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
const STRICT = ["--strict", "--noEmit", "--checkJs", "--skipLibCheck", "--types", "node", "--target", "esnext", "--module", "nodenext"];

test("the README has an example", () => {
  assert.ok(examples.some(({ name }) => name.endsWith("README.md")));
});

for (const { name, file, needs } of examples) {
  test(`${name} is well typed and runs`, async () => {
    await run(process.execPath, [tsc, ...STRICT, file], { cwd: root }).catch(({ stdout }) => assert.fail(stdout));
    // What needs PostgreSQL is run by the tests of servers; a Worker's is what `examples/worker` does, which is run.
    if (needs) return;
    await run(process.execPath, ["--unhandled-rejections=strict", file], { timeout: 30_000 });
  });
}
