import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { TOLD } from "../tarball/fresh.mjs";
import { said } from "./browser.mjs";
import { installed, npx, PAGE, PAGE_MODULE } from "./install.mjs";

const SOURCES = { "index.html": PAGE, "story.js": PAGE_MODULE };

for (const version of [5, 6, 7, 8]) {
  test(`Vite ${version} builds a page`, async () => {
    const folder = await installed(SOURCES, [`vite@${version}`]);
    await npx(folder, "vite", "build", "--logLevel", "error");
    assert.equal(await said(join(folder, "dist")), TOLD);
  });
}

test("webpack 5 builds a page", async () => {
  const folder = await installed(SOURCES, ["webpack@5", "webpack-cli@7"]);
  await npx(folder, "webpack", "build", "--mode", "production", "--entry", "./story.js", "--output-path", "out", "--output-filename", "story.js");
  await npx(folder, "node", "-e", "require('node:fs').copyFileSync('index.html', 'out/index.html')");
  assert.equal(await said(join(folder, "out")), TOLD);
});

test("Rollup 4 builds a page", async () => {
  const folder = await installed(SOURCES, ["rollup@4", "@rollup/plugin-node-resolve@16"]);
  const resolve = "--plugin=node-resolve={browser:true,exportConditions:['browser']}";
  await npx(folder, "rollup", "story.js", "--dir", "out", "--format", "es", "--silent", resolve);
  await npx(folder, "node", "-e", "require('node:fs').copyFileSync('index.html', 'out/index.html')");
  assert.equal(await said(join(folder, "out")), TOLD);
});

test("esbuild builds a page", async () => {
  const folder = await installed(SOURCES, ["esbuild@0.28"]);
  await npx(folder, "esbuild", "story.js", "--bundle", "--splitting", "--format=esm", "--outdir=out", "--log-level=error");
  await npx(folder, "node", "-e", "require('node:fs').copyFileSync('index.html', 'out/index.html')");
  assert.equal(await said(join(folder, "out")), TOLD);
});

test("an import map is enough without a bundler", async () => {
  const imports = { "access-engine": "./node_modules/access-engine/dist/index.js", "access-engine/": "./node_modules/access-engine/dist/" };
  const story = PAGE_MODULE.replace("access-engine/stores/memory", "access-engine/stores/memory.js");
  const page = PAGE.replace("<script", `<script type="importmap">${JSON.stringify({ imports })}</script><script`);
  assert.equal(await said(await installed({ "index.html": page, "story.js": story })), TOLD);
});
