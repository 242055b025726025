import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { emptyFolder, MODULE, node, project, SCRIPT, TOLD } from "./fresh.mjs";

test("Node imports the package", async () => {
  assert.equal(await node(await project({ "story.mjs": MODULE }), "story.mjs"), TOLD);
});

test("Node requires the package", async () => {
  assert.equal(await node(await project({ "story.cjs": SCRIPT }), "--no-warnings", "story.cjs"), TOLD);
});

test("what knows no modules requires the CommonJS build, with its entries", async () => {
  const script = SCRIPT.replaceAll(/require\("access-engine(\/?)/g, 'require("./node_modules/access-engine/dist/cjs$1').replace("dist/cjs\"", "dist/cjs/index.js\"");
  const folder = await project({ "story.cjs": script });
  assert.equal(await node(folder, "--no-experimental-require-module", "story.cjs"), TOLD);
});

test("Node starts in a folder whose name has blanks and other letters", async () => {
  const folder = await project({ "story.mjs": MODULE });
  const odd = join(await emptyFolder("é#%20 "), "project");
  await cp(folder, odd, { recursive: true });
  assert.equal(await node(odd, "story.mjs"), TOLD);
});

test("without a peer, the import of its store says which package is missing; nothing else does", async () => {
  const folder = await project({
    "peer.mjs": `
      for (const store of ["indexed-db", "memory", "postgres", "sqlite"]) {
        await import("access-engine/stores/" + store).then(() => console.log(store), (error) => console.log(store, error.code, /'idb'/.test(error.message)));
      }`,
  });
  assert.equal(await node(folder, "peer.mjs"), "indexed-db ERR_MODULE_NOT_FOUND true\nmemory\npostgres\nsqlite");
});
