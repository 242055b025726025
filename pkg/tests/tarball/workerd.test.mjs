import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import * as esbuild from "esbuild";
import { Miniflare } from "miniflare";
import { project, STORY, TOLD } from "./fresh.mjs";

const WORKER = `
import * as engine from "access-engine";
import * as memory from "access-engine/stores/memory";
${STORY}
export default { fetch: async () => new Response(await story(engine, memory)) };
`;

test("a Worker imports the package, and carries no second copy of the WASM", async () => {
  const folder = await project({ "worker.mjs": WORKER });
  const outdir = join(folder, "out");
  // As Cloudflare's own tool bundles: a WASM is a module of its own.
  const how = { bundle: true, format: "esm", conditions: ["workerd", "worker", "browser"], loader: { ".wasm": "copy" }, logLevel: "error" };
  await esbuild.build({ absWorkingDir: folder, entryPoints: ["worker.mjs"], outdir, outExtension: { ".js": ".mjs" }, ...how });
  const script = await readFile(join(outdir, "worker.mjs"), "utf8");
  assert.ok(script.length < 400_000, `${script.length} characters`);
  const modulesRules = [{ type: "CompiledWasm", include: ["**/*.wasm"] }];
  const worker = new Miniflare({
    modules: true,
    modulesRoot: outdir,
    scriptPath: join(outdir, "worker.mjs"),
    modulesRules,
    compatibilityDate: "2026-01-01",
  });
  try {
    const answer = await worker.dispatchFetch("http://localhost/");
    assert.equal(await answer.text(), TOLD);
  } finally {
    await worker.dispose();
  }
});
