import assert from "node:assert/strict";
import { test } from "node:test";
import { MODULE, node, SCRIPT, TOLD } from "../tarball/fresh.mjs";
import { installed, npx } from "./install.mjs";

test("Node imports and requires what npm has installed", async () => {
  const folder = await installed({ "story.mjs": MODULE, "story.cjs": SCRIPT });
  assert.equal(await node(folder, "story.mjs"), TOLD);
  assert.equal(await node(folder, "--no-warnings", "story.cjs"), TOLD);
});

test("Bun imports and requires it", async () => {
  const folder = await installed({ "story.mjs": MODULE, "story.cjs": SCRIPT }, ["bun@1"]);
  await npx(folder, "node", "node_modules/bun/install.js");
  assert.equal(await npx(folder, "bun", "story.mjs"), TOLD);
  assert.equal(await npx(folder, "bun", "story.cjs"), TOLD);
});

test("Deno imports it, and needs to be let read", async () => {
  const folder = await installed({ "story.mjs": MODULE }, ["deno@2"]);
  await npx(folder, "node", "node_modules/deno/install.cjs");
  assert.equal(await npx(folder, "deno", "run", "--allow-read", "--node-modules-dir=manual", "story.mjs"), TOLD);
});
