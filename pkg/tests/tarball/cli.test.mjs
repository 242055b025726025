import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { project, run, tarball } from "./fresh.mjs";

const STORE = `
module.exports = async ({ project }) => {
  const { memoryStore } = require("access-engine/stores/memory");
  const { AccessEngine, createHost } = require("access-engine");
  const store = memoryStore();
  const host = createHost({ store, mailer: false });
  await (await AccessEngine.open({ project, host, administrators: [{ type: "user", id: "ada", name: "Ada" }] })).close();
  return { store, mailer: { send: async () => {} } };
};
`;

/** A project into which npm has installed the tarball and nothing else, of this kind of modules. */
async function installed(type) {
  const folder = await project({ "package.json": JSON.stringify({ private: true, type }), "store.cjs": STORE });
  // As for anybody, npm puts the program in its place; it fetches nothing, since no peer is required.
  await run("npm", ["install", "--offline", "--no-save", "--no-audit", "--no-fund", tarball], { cwd: folder });
  return folder;
}

/** Runs the program by its name; how it ended, and what it said. */
async function npx(folder, ...args) {
  const { stdout, stderr, code = 0 } = await run("npx", ["--no-install", "access-engine", ...args], { cwd: folder }).catch((error) => error);
  return { stdout, stderr, code };
}

for (const type of ["module", "commonjs"]) {
  test(`npx runs the command line in a project of the type ${type}`, async () => {
    const folder = await installed(type);
    const { version } = JSON.parse(await readFile(join(folder, "node_modules/access-engine/package.json"), "utf8"));
    assert.deepEqual(await npx(folder, "--version"), { stdout: `${version}\n`, stderr: "", code: 0 });
    const verified = await npx(folder, "verify", "--store", "./store.cjs", "--project", "acme");
    assert.match(verified.stdout, /^The record of acme is intact: 1 commit, head 1:/);
    const without = await npx(folder, "verify", "--store", "postgres://127.0.0.1/x", "--project", "acme");
    assert.deepEqual(without, { stdout: "", stderr: "access-engine: this takes the package pg, which is not installed: run `npm install pg`\n", code: 3 });
  });
}

test("the tarball has its licences, what has changed, and a program that Node starts", async () => {
  const folder = await project({});
  const read = (name) => readFile(join(folder, "node_modules/access-engine", name), "utf8");
  assert.match(await read("LICENSE"), /^MIT License/);
  assert.match(await read("CHANGELOG.md"), /^# Changes/);
  const licences = await read("THIRD-PARTY-LICENSES");
  for (const crate of ["serde", "serde_json", "sha2", "wasm-bindgen", "rpds"]) assert.match(licences, new RegExp(`^${crate} \\d`, "m"));
  assert.match(licences, /Permission is hereby granted, free of charge/);
  assert.match(await read("dist/cli/main.js"), /^#!\/usr\/bin\/env node\n/);
});
