// Builds `dist` around the WASM and the schema that `cargo xtask package` writes there: what `tsc` makes of the sources, the
// WASM once more as a module, and two bundles for those who cannot import the former.
import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const dist = new URL("dist/", import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const GIVEN = new Set(["wasm", "schema"]);
const MODULE = "wasm/access_engine_bg.wasm";

for (const name of readdirSync(dist)) {
  if (!GIVEN.has(name)) rmSync(new URL(name, dist), { recursive: true });
}
// What stands above this folder is packed from inside it.
cpSync(new URL("../CHANGELOG.md", import.meta.url), new URL("CHANGELOG.md", import.meta.url));
execFileSync("npm", ["exec", "--no", "--", "tsc"], { cwd: fileURLToPath(new URL(".", import.meta.url)), stdio: "inherit" });

const gzipped = gzipSync(readFileSync(new URL(MODULE, dist)), { level: 9 }).toString("base64");
write("wasm/inline.js", `/** The WASM, compressed, in Base64. */\nexport const gzipped = "${gzipped}";\n`);
write(
  "wasm/module.d.ts",
  `/**
 * The WASM, for \`init\`.
 *
 * @module access-engine/access_engine.wasm
 */
/** A compiled \`WebAssembly.Module\`, or the file's address, as the bundler has it. */
declare const wasm: object;
export default wasm;
`,
);

// For `require` in Node before 22.12, and for jest.
await bundle("cjs", "cjs", entries("require"));
write("cjs/package.json", '{ "type": "commonjs" }\n');
for (const file of types()) {
  const [from, to] = [new URL(file, dist), new URL(`cjs/${file}`, dist)];
  cpSync(from, to);
  // One folder deeper, and so are the ways to the sources.
  if (file.endsWith(".map")) writeFileSync(to, readFileSync(from, "utf8").replaceAll('"../', '"../../'));
}

// For workerd, which makes no WASM of bytes: its own loader takes the place of the other, and of the copy inside it.
await bundle("workerd", "esm", entries("workerd"), { [fileURLToPath(new URL("load/index.js", dist))]: fileURLToPath(new URL("load/workerd.js", dist)) });

// For the edge runtime of Next, which does not either: there the WASM is imported as a module by saying so.
cpSync(new URL("workerd", dist), new URL("edge-light", dist), { recursive: true });
for (const file of readdirSync(new URL("edge-light", dist), { recursive: true }).filter((it) => it.endsWith(".js"))) {
  const made = readFileSync(new URL(`edge-light/${file}`, dist), "utf8");
  write(`edge-light/${file}`, made.replace(/(?<=^import \w+ from "[^"]+\.wasm)(?=";$)/m, "?module"));
}

async function bundle(folder, format, modules, alias = {}) {
  const input = Object.fromEntries(modules.map((path) => [path.replace(/\.js$/, ""), fileURLToPath(new URL(path, dist))]));
  const replace = { name: "replace", resolveId: (id, importer) => replaced(id, importer, alias) };
  const made = await rolldown({ input, platform: "node", plugins: [replace], external: [/^[^./]/, /\/wasm\/inline\.js$/, /\.wasm$/], onLog });
  // What is outside of the chunks is found from each: they stand beside each other, in a folder beside that of the WASM.
  const names = { entryFileNames: `${folder}/[name].js`, chunkFileNames: `${folder}/[name].js` };
  await made.write({ dir: fileURLToPath(dist), format, exports: "named", ...names });
  await made.close();
}

/** Rolldown says of "use client" that it may be lost; the tests see that it is not. */
function onLog(level, log, print) {
  if (log.code !== "MODULE_LEVEL_DIRECTIVE") print(level, log);
}

/** The modules of which the package has an entry under a condition. */
function entries(condition) {
  const modules = Object.values(exports).filter((entry) => entry[condition] !== undefined);
  return modules.map((entry) => entry.default.slice("./dist/".length));
}

function replaced(id, importer, alias) {
  if (importer === undefined || !id.startsWith(".")) return null;
  return alias[fileURLToPath(new URL(id, `file://${importer}`))] ?? null;
}

function types() {
  const files = readdirSync(dist, { recursive: true }).map((file) => file.replaceAll("\\", "/"));
  return files.filter((file) => /\.d\.ts(\.map)?$/.test(file) && !/^(cjs|cli|workerd)\//.test(file));
}

function write(path, text) {
  writeFileSync(new URL(path, dist), text);
}
