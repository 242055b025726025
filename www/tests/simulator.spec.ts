import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./support/visitor.ts";

test("the simulator breaks everything before one's eyes, and every truth holds", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/simulator?seed=7");
  await expect(page.getByRole("heading", { name: "All 14 truths hold" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("region", { name: "All 14 truths hold" }).getByText(/[a-z]_[a-z]/u), "each truth is said in words").toHaveCount(0);
  const world = page.getByRole("region", { name: "The world" });
  await expect(world.getByText(/^version [1-9]/u)).toBeVisible();
  await page.getByText("Pause", { exact: true }).click();
  await world.getByRole("button", { name: "Break server 1" }).click();
  await page.getByRole("menuitem", { name: "Crash it", exact: true }).click();
  await world.getByRole("button", { name: "Break the store" }).click();
  await page.getByRole("menuitem", { name: "Lose its answers" }).click();
  await expect(page, "what was broken is part of the link").toHaveURL(/broken=\d+\.crash\.1_\d+\.loseAnswers/u);
  expect((await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze()).violations).toEqual([]);
  await visitor.stage("simulator");

  // The same link tells the same.
  const address = page.url();
  const told = page.getByRole("list", { name: "Log, newest first" });
  await page.getByText("Slow", { exact: true }).click();
  await expect(told).toContainText(/server 1\.\d+ is dead/u);
  const death = await told.getByText(/server 1\.\d+ is dead/u).last().textContent();
  await page.goto("about:blank");
  await page.goto(address);
  await page.getByText("Full speed", { exact: true }).click();
  await expect(page.getByText(/^[1-9]\d* since you opened this page$/u)).toBeVisible({ timeout: 30_000 });
  await page.goto("about:blank");
  await page.goto(address);
  await expect(told).toContainText(death ?? "");
  await expect(page.getByRole("heading", { name: "All 14 truths hold" })).toBeVisible();
});

test("a simulator that does not come says so", async ({ visitor, page }) => {
  await page.route("**/simulator.worker*", (route) => route.abort());
  await visitor.open("/simulator");
  await expect(page.getByRole("alert")).toContainText("could not be loaded");
});
