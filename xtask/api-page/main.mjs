// The page of the JavaScript API, out of the package's declarations: `main.mjs write|check`.
import { readFile, writeFile } from "node:fs/promises";
import { page } from "./page.mjs";
import { readPackage } from "./package.mjs";

const PAGE = new URL("../../docs/api.md", import.meta.url);

const { modules, problems } = await readPackage();
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);

const wanted = page(modules);
if (process.argv[2] === "write") {
  await writeFile(PAGE, wanted);
} else {
  const [there, now] = [await readFile(PAGE, "utf8"), wanted].map((text) => text.split("\n"));
  const count = Math.max(there.length, now.length);
  let same = 0;
  while (same < count && there[same] === now[same]) same += 1;
  if (same < count) {
    console.error(`docs/api.md is not what the declarations say; \`cargo xtask docs\` writes it. Line ${same + 1} would be`);
    console.error(now[same] ?? "gone");
    process.exit(1);
  }
}
