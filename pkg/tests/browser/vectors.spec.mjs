import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";

const root = new URL("../../../", import.meta.url);
const folder = new URL("tests/vectors/", root);
const read = (name) => readFileSync(new URL(name, folder), "utf8");

// No server: the page takes the built package and the runner from this folder, as a bundler would resolve them.
const site = "http://vectors.test/";
const imports = { "#load": `${site}pkg/dist/load/web.js`, "access-engine": `${site}pkg/dist/index.js` };
const page = `<!doctype html><title>Vectors</title><script type="importmap">${JSON.stringify({ imports })}</script>`;

test.beforeEach(async ({ page: tab }) => {
  await tab.route(`${site}**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    if (path === "") return route.fulfill({ contentType: "text/html", body: page });
    return route.fulfill({ path: fileURLToPath(new URL(path, root)) });
  });
  await tab.goto(site);
});

const files = readdirSync(folder).filter((file) => file.endsWith(".json") && file !== "fixtures.json");

for (const name of files) {
  test(`the vectors of ${name} hold in a browser`, async ({ page: tab }) => {
    const failed = await tab.evaluate(
      // As text: Playwright carries no property called `__proto__` into a page.
      async (input) => {
        const [{ AccessEngine }, { run }] = await Promise.all([
          import("access-engine"),
          import("/tests/vectors/runner.mjs"),
        ]);
        const [fixtures, { vectors }] = input.map((text) => JSON.parse(text));
        return run({ AccessEngine, fixtures, vectors });
      },
      [read("fixtures.json"), read(name)],
    );
    expect(failed).toEqual([]);
  });
}
