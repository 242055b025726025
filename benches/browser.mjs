// The rows in a page of a headless Chromium, which CHROME_PATH names: node browser.mjs [options of bench.mjs]. Of the
// contestants only the loop and the engine, which need no bundler.
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { readOptions } from "./options.mjs";

const ROOT = new URL("..", import.meta.url);
const SITE = "https://bench.localhost/";
const PAGE = `<!doctype html><script type="importmap">
  {"imports": {"access-engine": "/pkg/dist/index.js", "#load": "/pkg/dist/load/web.js"}}
</script>`;

const options = readOptions(["is-allowed", "batches", "questions", ...process.argv.slice(2), "--contestants", "loop,engine"]);
const executablePath = process.env.CHROME_PATH;
if (!executablePath) throw new Error("name a Chrome or Chromium by CHROME_PATH");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.route(`${SITE}**`, (route) => {
  const { pathname } = new URL(route.request().url());
  if (pathname === "/") return route.fulfill({ body: PAGE, contentType: "text/html" });
  return route.fulfill({ path: fileURLToPath(new URL(`.${pathname}`, ROOT)) });
});
page.on("console", (message) => console.log(message.text()));
await page.goto(SITE);
console.log(`Chromium ${browser.version()}`);
// What it says is printed; a page has no files, so each record is made there.
const problems = await page.evaluate(async ({ rows, ...given }) => {
  const found = [];
  for (const row of rows) {
    // oxlint-disable-next-line no-await-in-loop -- rows beside each other would be in each other's way
    const { run } = await import(`/benches/rows/${row}.mjs`);
    // oxlint-disable-next-line no-await-in-loop
    found.push(...(await run(given)));
  }
  return found;
}, { ...options, records: undefined, json: undefined });
for (const problem of problems) console.error(`\n${problem}`);
await browser.close();
process.exitCode = problems.length > 0 ? 1 : 0;
