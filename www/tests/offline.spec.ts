import { expect, test } from "./support/visitor.ts";

test.use({ serviceWorkers: "allow" });

test("after the first visit the page opens and works without a network", async ({ visitor, page, context }) => {
  await visitor.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText("You are offline. Everything still works.")).toBeVisible();
  await visitor.goTo("Requests");
  await page.getByRole("list", { name: "Waiting for you" }).getByRole("link", { name: /^Lena Petit asks/ }).click();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await visitor.reads("Approved");
  await visitor.open("/simulator");
  await expect(page.getByText("All 14 truths hold")).toBeVisible();
});

test("the page can be installed", async ({ visitor, page }) => {
  await visitor.open();
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((it) => it !== "in-incognito")).toEqual([]);
});
