import { expect, test, type Visitor } from "./support/visitor.ts";

const MINUTE = 60_000;
/** More than any page needs, and far less than there is. */
const [ROWS, ELEMENTS] = [200, 2500];

const PAGES = ["/", "/product", "/inbox", "/requests", "/requests/new", "/access", "/policies", "/policies?view=list", "/policies?view=health", "/policies/new", "/permissions", "/permissions/new", "/delegations", "/people", "/outbox", "/record", "/record/past", "/simulator"];

test("a large company is made by a button, and no page shows all of it at once", async ({ visitor, page }) => {
  test.setTimeout(8 * MINUTE);
  await visitor.open();
  const dialog = page.getByRole("dialog");
  await start(visitor);
  await expect(dialog).toContainText("% done");
  await visitor.stage("being-made");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await visitor.open("/people");
  await expect(page.getByRole("list", { name: "People" }), "what is cancelled changes nothing").toContainText("Mira Kovač");

  await start(visitor);
  await expect(page.getByRole("button", { name: "You are Ada Brandt" })).toBeVisible({ timeout: 5 * MINUTE });
  await visitor.open("/requests");
  await expect(page.getByRole("radio", { name: /^All 1[34],?\d{3}$/ })).toBeAttached();
  await visitor.open("/policies?view=list");
  await page.getByRole("button", { name: "Show more: 9880 policies left" }).click();
  await page.getByRole("button", { name: "Show more: 9680 policies left" }).click();
  const policies = page.getByRole("list", { name: "Policies", exact: true }).locator("> li");
  await expect(policies.last()).toHaveAttribute("aria-setsize", "420");
  expect(await policies.count(), "of a long list, only what is in sight is drawn").toBeLessThanOrEqual(60);
  await visitor.field("Search").fill("/payments/api/tokens");
  await expect(page.getByRole("heading", { level: 2 }).filter({ hasText: "Payments api: tokens" })).toHaveCount(3);

  // What takes long is asked in a worker.
  await visitor.open(`/policies/new?environment=production&path=${encodeURIComponent("/payments/api/tokens/stripe")}`);
  await visitor.field("Name").fill("Stripe tokens");
  await visitor.field("Approvers").click();
  await page.getByRole("option", { name: "The requester’s manager" }).click();
  await expect(page.getByRole("region", { name: "What this changes" })).toContainText("is governed by “Stripe tokens”, until now by “Payments api: tokens in production”", { timeout: MINUTE });

  for (const path of PAGES) {
    // oxlint-disable no-await-in-loop -- one page after the other
    await visitor.open(path);
    await expect(page.getByText("Reading the record…")).toHaveCount(0, { timeout: MINUTE });
    expect(await page.locator("main :is(li, [role=treeitem], [role=option])").count(), `rows of ${path}`).toBeLessThanOrEqual(ROWS);
    expect(await page.locator("main *").count(), `elements of ${path}`).toBeLessThanOrEqual(ELEMENTS);
    // oxlint-enable no-await-in-loop
  }
});

async function start({ page }: Visitor): Promise<void> {
  const menu = page.getByRole("button", { name: "Open the menu" });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("button", { name: "Start large" }).click();
  await page.getByRole("button", { name: "Throw away and start large" }).click();
}
