// oxlint-disable no-await-in-loop -- one case after the other
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { promisify } from "node:util";

const here = fileURLToPath(new URL(".", import.meta.url));
const run = promisify(execFile);

/** Runs a script in a Node of its own; answers what it printed. It must end by itself. */
async function node(script, ...options) {
  const { stdout } = await run(process.execPath, [...options, "--eval", script], { cwd: here, timeout: 10_000 });
  return stdout.trim();
}

const story = (load) => `
  ${load}
  const administrators = [{ type: "user", id: "ada", name: "Ada" }];
  const host = createHost({ store: memoryStore(), mailer: { send: async () => {} } });
  AccessEngine.open({ project: "acme", administrators, host }).then((engine) => console.log(engine.version));
`;

test("the package is imported", async () => {
  const load = `
    import { AccessEngine, createHost } from "access-engine";
    import { memoryStore } from "access-engine/stores/memory";`;
  assert.equal(await node(story(load), "--input-type=module"), "1");
});

test("the package is required: nothing in it awaits at the top", async () => {
  const load = `
    const { AccessEngine, createHost } = require("access-engine");
    const { memoryStore } = require("access-engine/stores/memory");`;
  assert.equal(await node(story(load), "--no-warnings", "--input-type=commonjs"), "1");
});

test("a notice is rendered in Node without waiting for anything", async () => {
  const notice = {
    project: "acme",
    id: "ntc_1_0:ada",
    at: 0,
    recipient: { id: "ada", name: "Ada", email: "ada@example.com" },
    kind: { type: "administrators_changed" }, by: "Ada",
  };
  const script = `
    import { renderNotice } from "access-engine";
    console.log(renderNotice(${JSON.stringify(notice)}, { baseUrl: "https://example.com" }).subject.length > 0);`;
  assert.equal(await node(script, "--input-type=module"), "true");
});

test("`init` is idempotent, waits for nobody, and takes the bytes from anywhere", async () => {
  const script = `
    import { readFile } from "node:fs/promises";
    import { createRequire } from "node:module";
    import { init } from "access-engine";
    const bytes = await readFile(createRequire(import.meta.url).resolve("access-engine/access_engine.wasm"));
    await Promise.all([init(bytes), init(bytes), init()]);
    await init(new Uint8Array([1, 2, 3]));
    console.log("started");`;
  assert.equal(await node(script, "--input-type=module"), "started");
});

test("a start that failed can be tried again", async () => {
  const script = `
    import { init, renderNotice } from "access-engine";
    console.log(await init(new Uint8Array([1, 2, 3])).catch((error) => error.code));
    await init();
    console.log("started");`;
  assert.equal(await node(script, "--input-type=module"), "wasm_not_loaded\nstarted");
});

test("outside of browsers the store in IndexedDB names another, and keeps no process alive", async () => {
  const script = `
    import { openIndexedDbStore } from "access-engine/stores/indexed-db";
    await openIndexedDbStore("acme").catch((error) => console.log(error.message));`;
  assert.match(await node(script, "--input-type=module"), /no IndexedDB here: .*access-engine\/stores\/sqlite/);
});

/** A copy of the package without some of its files. */
async function copyWithout(...missing) {
  const root = fileURLToPath(new URL("../", import.meta.url));
  const copy = await mkdtemp(join(tmpdir(), "access-engine-"));
  const left = new Set(missing.map((name) => join(root, "dist", name)));
  await cp(join(root, "package.json"), join(copy, "package.json"));
  await cp(join(root, "dist"), join(copy, "dist"), { recursive: true, filter: (file) => !left.has(file) });
  return { copy, wasm: join(root, "dist", WASM) };
}

const [WASM, INLINE] = ["wasm/access_engine_bg.wasm", "wasm/inline.js"];

const inCopy = (copy) => `
    import { readFile } from "node:fs/promises";
    import { AccessEngine, createHost, init, renderNotice } from ${JSON.stringify(join(copy, "dist/index.js"))};
    import { memoryStore } from ${JSON.stringify(join(copy, "dist/stores/memory.js"))};
    const administrators = [{ type: "user", id: "ada", name: "Ada" }];
    const open = () =>
      AccessEngine.open({ project: "acme", administrators, host: createHost({ store: memoryStore(), mailer: false }) });`;

test("a copy that does not find its WASM starts from the one that is a module", async () => {
  const { copy } = await copyWithout(WASM);
  assert.equal(await node(`${inCopy(copy)} console.log((await open()).version);`, "--input-type=module"), "1");
  await rm(copy, { recursive: true });
});

test("a copy that finds neither names `init`, and starts from there", async () => {
  const { copy, wasm } = await copyWithout(WASM, INLINE);
  const script = `${inCopy(copy)}
    const tell = (error) => console.log(error.name, error.code, error.fault, /init/.test(error.message));
    await open().catch(tell);
    try { renderNotice({}, { baseUrl: "https://example.com" }); } catch (error) { tell(error); }
    await init(await readFile(${JSON.stringify(wasm)}));
    console.log((await open()).version);`;
  const refusal = "AccessError wasm_not_loaded host true";
  assert.equal(await node(script, "--input-type=module"), [refusal, refusal, 1].join("\n"));
  await rm(copy, { recursive: true });
});

test("every entry of the package is there, with its types", async () => {
  const root = new URL("../", import.meta.url);
  const { exports, sideEffects } = JSON.parse(await readFile(new URL("package.json", root), "utf8"));
  const filesOf = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry).flatMap(filesOf));
  for (const file of [...filesOf(exports), ...sideEffects.filter((name) => !name.includes("*"))]) {
    assert.ok((await readFile(new URL(file, root))).length > 0, file);
  }
});

test("only the browser's store imports the browser's library", async () => {
  const dist = new URL("../dist/", import.meta.url);
  const files = (await readdir(dist, { recursive: true })).filter((file) => file.endsWith(".js") && !file.startsWith("cjs/"));
  const importing = [];
  for (const file of files) {
    if (/from "idb"/.test(await readFile(new URL(file, dist), "utf8"))) importing.push(file);
  }
  assert.deepEqual(importing, ["stores/indexed-db.js"]);
});
