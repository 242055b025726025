import type { Locator, Page } from "@playwright/test";
import { CROWD, openCrowd } from "./support/crowd.ts";
import { expect, test } from "./support/visitor.ts";

test("every list goes on to its end", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/policies");
  await openCrowd(page);

  await visitor.open("/requests");
  await expect(page.getByRole("region", { name: "Waiting for you" })).toContainText(String(CROWD.waitingForMira));
  await expectWhole(page, page.getByRole("region", { name: "Waiting for you" }), "Waiting for you", CROWD.waitingForMira);
  await visitor.become("Ada Brandt");
  await expectWhole(page, page.getByRole("region", { name: "All requests" }), "Requests", CROWD.requests);

  await visitor.open("/policies?view=list");
  await expectWhole(page, page.locator("#main"), "Policies", CROWD.policies);
  await visitor.open("/record");
  await page.getByRole("button", { name: "Show more entries" }).click();
  await expect(page.locator("li[aria-posinset=\"41\"]").getByRole("button")).toBeFocused();
});

test("a policy behind the first 200 can be found and opened", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/policies?view=list");
  await openCrowd(page);
  await visitor.become("Ada Brandt");
  await visitor.field("Search").fill("/services/250");
  await page.getByRole("button", { name: "Edit Service 250" }).click();
  await expect(visitor.field("Name")).toHaveValue("Service 250");
  await page.goBack();
  await expect(visitor.field("Search"), "filters on Back").toHaveValue("/services/250");
});

test("filters are there again on Back, and gone when the page is chosen anew", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/requests");
  await visitor.field("Search").fill("payouts");
  await page.getByText(/^Pending \d/).click();
  const rows = page.getByRole("list", { name: "Requests" }).getByRole("link");
  await expect(rows).toHaveCount(1);
  await rows.first().click();
  await expect(page.getByRole("region", { name: "Steps" })).toBeVisible();
  await page.goBack();
  await expect(visitor.field("Search")).toHaveValue("payouts");
  await expect(page.getByRole("radio", { name: /^Pending/ })).toBeChecked();
  await expect(rows).toHaveCount(1);
  await visitor.goTo("Requests");
  await expect(visitor.field("Search")).toHaveValue("");
});

/** The list goes to its last row, and draws those in sight. */
async function expectWhole(page: Page, region: Locator, list: string, count: number): Promise<void> {
  await expect(region).toBeVisible();
  await showAll(region);
  const rows = page.getByRole("list", { name: list, exact: true }).locator("> li");
  const last = rows.last();
  await expect(async () => {
    await last.scrollIntoViewIfNeeded();
    await expect(last).toHaveAttribute("aria-posinset", String(count), { timeout: 500 });
  }).toPass();
  await expect(last).toHaveAttribute("aria-setsize", String(count));
  expect(await rows.count()).toBeLessThanOrEqual(60);
}

/** Asks for more until there is no more. */
async function showAll(region: Locator): Promise<void> {
  const more = region.getByRole("button", { name: /^Show more: / });
  if ((await more.count()) === 0) return;
  const label = (await more.textContent()) ?? "";
  // The rows above it are measured as they come in sight, and move it.
  const asked = region.getByRole("button", { name: label, exact: true });
  await expect(async () => {
    if (await asked.isVisible()) await asked.click({ timeout: 1000 });
    await expect(asked).toHaveCount(0, { timeout: 2000 });
  }).toPass();
  await showAll(region);
}
