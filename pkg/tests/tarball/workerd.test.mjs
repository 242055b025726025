import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { bundleWorker } from "../workers/bundle.mjs";
import { project, STORY, TOLD } from "./fresh.mjs";

const WORKER = `
import * as engine from "access-engine";
import * as memory from "access-engine/stores/memory";
${STORY}
export default { fetch: async () => new Response(await story(engine, memory)) };
`;

test("a Worker imports the package, and carries no second copy of the WASM", async () => {
  const folder = await project({ "worker.mjs": WORKER });
  const { scriptPath, start } = await bundleWorker(join(folder, "worker.mjs"), join(folder, "out"));
  const script = await readFile(scriptPath, "utf8");
  assert.ok(script.length < 400_000, `${script.length} characters`);
  const worker = start();
  try {
    const answer = await worker.dispatchFetch("http://localhost/");
    assert.equal(await answer.text(), TOLD);
  } finally {
    await worker.dispose();
  }
});
