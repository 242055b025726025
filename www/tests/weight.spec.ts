import type { Response } from "@playwright/test";
import { expect, test, Visitor } from "./support/visitor.ts";

const MOST = 150 * 1000;

test("the first page loads at most 150 KB of JavaScript, and its WASM once, beside it", async ({ visitor, page }) => {
  const responses: Response[] = [];
  page.on("response", (response) => responses.push(response));
  await visitor.open();
  await expect(page.getByTestId("microseconds")).toHaveText(/µs/u);

  const scripts = responses.filter((it) => it.url().endsWith(".js"));
  const sizes = await Promise.all(scripts.map(async (it) => (await it.request().sizes()).responseBodySize));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST);

  const modules = responses.filter((it) => it.url().endsWith(".wasm"));
  expect(modules).toHaveLength(1);
  for (const response of [...scripts, ...modules]) {
    // A small file gains nothing.
    if (Number(response.headers()["content-length"]) > 1024) expect(response.headers()["content-encoding"], response.url()).toBe("br");
  }
  expect(await page.locator("link[rel=preload]").getAttribute("href")).toBe(`.${new URL(modules[0]?.url() ?? "").pathname}`);
});

test("whoever takes gzip alone is served it, and whoever takes neither the file itself", async ({ request }) => {
  const page = await (await request.get(Visitor.address)).text();
  const script = /src="\.\/(?<path>[^"]+\.js)"/u.exec(page)?.groups?.["path"] ?? "";
  for (const encoding of ["gzip", "identity"]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const response = await request.get(Visitor.address + script, { headers: { "accept-encoding": encoding } });
    expect(response.headers()["content-encoding"] ?? "identity").toBe(encoding);
    expect(response.headers()["content-type"]).toContain("text/javascript");
    // oxlint-disable-next-line no-await-in-loop
    expect(await response.text()).toContain("import");
  }
});
