// The examples of the READMEs and of `docs/`. What an example needs beforehand may stand before it in a comment of HTML.
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
// Inside the package, so that they import it by its name.
const folder = await mkdtemp(join(root, "pkg/tests/.examples-"));
after(() => rm(folder, { recursive: true, force: true }));

const pages = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
const texts = await Promise.all(["README.md", "pkg/README.md", ...pages].map(async (page) => [page, await readFile(join(root, page), "utf8")]));

/** Each with the file that it stands in; `needs` says what server it takes. */
export const examples = texts.flatMap(([page, text]) =>
  [...text.matchAll(/(?:^<!--\n((?:(?!-->).)*)^-->\n)?^```(?:js|javascript|mjs|ts|typescript)\b *([^\n]*)\n(.*?)^```$/gms)].map(([, before = "", needs, code], index) => ({
    needs,
    name: `example ${index + 1} of ${page}`,
    file: join(folder, `${page.replaceAll(/\W/g, "-")}-${index + 1}.mjs`),
    code: before + code,
  })),
);
await Promise.all(examples.map(({ file, code }) => writeFile(file, code)));
