// Every example of the READMEs and docs/ is checked under `strict`, and run. What it needs beforehand may stand before it in
// a comment of HTML.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Inside the package, so that they import it by its name.
const folder = join(root, "pkg/tests/.examples");
const run = promisify(execFile);
const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
const STRICT = ["--strict", "--noEmit", "--checkJs", "--skipLibCheck", "--types", "node", "--target", "esnext", "--module", "nodenext"];

const pages = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
const texts = await Promise.all(["README.md", "pkg/README.md", ...pages].map(async (page) => [page, await readFile(join(root, page), "utf8")]));
const examples = texts.flatMap(([page, text]) =>
  [...text.matchAll(/(?:^<!--\n((?:(?!-->).)*)^-->\n)?^```(?:js|javascript|mjs|ts|typescript)\b *([^\n]*)\n(.*?)^```$/gms)].map(([, before = "", needs, code], index) => ({
    needs,
    name: `example ${index + 1} of ${page}`,
    file: join(folder, `${page.replaceAll(/\W/g, "-")}-${index + 1}.mjs`),
    code: before + code,
  })),
);

await mkdir(folder, { recursive: true });
await Promise.all(examples.map(({ file, code }) => writeFile(file, code)));

after(() => rm(folder, { recursive: true, force: true }));

test("the README has an example", () => {
  assert.ok(examples.some(({ name }) => name.endsWith("README.md")));
});

for (const { name, file, needs } of examples) {
  test(`${name} is well typed and runs`, async () => {
    await run(process.execPath, [tsc, ...STRICT, file], { cwd: root }).catch(({ stdout }) => assert.fail(stdout));
    // What needs a server is run by the tests of servers.
    if (needs) return;
    await run(process.execPath, ["--unhandled-rejections=strict", file], { timeout: 30_000 });
  });
}
