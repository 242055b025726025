import { expect, test } from "./support/visitor.ts";

const PAGES = ["/", "/inbox", "/requests", "/requests/new", "/access", "/policies", "/policies?view=list", "/policies?view=health", "/policies/new", "/people", "/permissions", "/delegations", "/outbox", "/record", "/record/past"];
/** What a page draws at most, of ten thousand of everything. */
const MOST_ELEMENTS = 4000;

test("with ten thousand policies, requests and grants every page draws a part of them, and none of it is lost", async ({ visitor, page }) => {
  test.setTimeout(400_000);
  await visitor.open();
  await page.getByRole("button", { name: "Start large" }).click();
  await page.getByRole("button", { name: "Throw away and start large" }).click();
  await expect(page.getByRole("progressbar", { name: "How much is made" })).toBeVisible();
  await expect(page.getByRole("link", { name: "fernwood-large" })).toBeVisible({ timeout: 300_000 });
  for (const path of PAGES) {
    // oxlint-disable no-await-in-loop -- one page after the other
    await visitor.open(path);
    expect(await page.evaluate(() => document.querySelectorAll("*").length), path).toBeLessThan(MOST_ELEMENTS);
    // oxlint-enable no-await-in-loop
  }

  await visitor.open("/policies?view=list");
  await expect(page.getByRole("button", { name: "Show more: 9850 policies left" })).toBeVisible();
  await visitor.field("Search").fill("warehouse rules: secrets in staging");
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Warehouse rules: secrets in staging"]);
  await visitor.open("/access");
  const live = page.getByRole("list", { name: "All live access" }).getByRole("listitem");
  await expect(live).toHaveCount(20);
  await page.getByRole("button", { name: /^Show more: \d+ grants left/u }).last().click();
  await expect(live).toHaveCount(40);
});

test("whoever closes the dialog keeps what was there", async ({ visitor, page }) => {
  await visitor.open("/policies?view=list");
  await page.getByRole("button", { name: "Start large" }).click();
  await page.getByRole("button", { name: "Throw away and start large" }).click();
  await expect(page.getByRole("progressbar", { name: "How much is made" })).toBeVisible();
  await page.getByRole("button", { name: "Keep everything" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { level: 2, name: "Payments in production" })).toBeVisible();
});
