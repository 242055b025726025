import assert from "node:assert/strict";
import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import * as esbuild from "esbuild";
import { rolldown } from "rolldown";
import { build } from "vite";
import { emptyFolder, MODULE, node, project, TOLD } from "./fresh.mjs";

/** Moves what a bundler made to where nothing of the project is, and runs it. */
async function runAlone(made, file) {
  const folder = await emptyFolder("alone-");
  await cp(made, folder, { recursive: true });
  return node(folder, file);
}

for (const [format, extension] of [["esm", "mjs"], ["cjs", "cjs"]]) {
  test(`esbuild: one file for Node, ${format}, runs far from the package`, async () => {
    const folder = await project({ "story.mjs": MODULE });
    const outfile = join(folder, "out", `story.${extension}`);
    await esbuild.build({ absWorkingDir: folder, entryPoints: ["story.mjs"], bundle: true, platform: "node", format, outfile, logLevel: "error" });
    assert.deepEqual(await readdir(join(folder, "out")), [`story.${extension}`]);
    assert.equal(await runAlone(join(folder, "out"), `story.${extension}`), TOLD);
  });
}

test("esbuild bundles for browsers without a setting", async () => {
  const folder = await project({ "story.mjs": MODULE });
  const options = { bundle: true, splitting: true, format: "esm", outdir: join(folder, "out"), logLevel: "error" };
  const { warnings } = await esbuild.build({ absWorkingDir: folder, entryPoints: ["story.mjs"], ...options });
  assert.deepEqual(warnings, []);
});

test("Rolldown: a bundle for Node runs far from the package", async () => {
  const folder = await project({ "story.mjs": MODULE });
  const made = await rolldown({ cwd: folder, input: "story.mjs", platform: "node" });
  await made.write({ dir: join(folder, "out"), entryFileNames: "story.mjs", chunkFileNames: "[name].mjs" });
  assert.equal(await runAlone(join(folder, "out"), "story.mjs"), TOLD);
});

test("Vite builds a page with the WASM as a file of its own", async () => {
  const html = '<script type="module" src="./story.mjs"></script>';
  const folder = await project({ "story.mjs": MODULE, "index.html": html });
  await build({ root: folder, logLevel: "error", build: { target: "es2022" } });
  const assets = await readdir(join(folder, "dist/assets"));
  assert.equal(assets.filter((name) => name.endsWith(".wasm")).length, 1);
});

test("Vite builds a server that runs far from the package", async () => {
  const folder = await project({ "story.mjs": MODULE });
  const ssr = { noExternal: true, target: "node" };
  await build({ root: folder, logLevel: "error", ssr, build: { ssr: "story.mjs", target: "es2022", rolldownOptions: { output: { entryFileNames: "story.mjs", chunkFileNames: "[name].mjs" } } } });
  assert.equal(await runAlone(join(folder, "dist"), "story.mjs"), TOLD);
});
