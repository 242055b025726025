import { readFile } from "node:fs/promises";
import type { Download, Locator, Page } from "@playwright/test";
import { expect, test, Visitor } from "./support/visitor.ts";

test("an administrator revokes several grants at once, and reads which were refused and why", async ({ visitor, context }) => {
  const { page } = visitor;
  await breakGlass(visitor);
  await visitor.become("Noor Haddad");
  await visitor.open("/access");
  await expect(page.getByRole("region", { name: "All live access" })).toHaveCount(0);

  await visitor.become("Ada Brandt");
  const all = page.getByRole("region", { name: "All live access" });
  await expect(all.getByRole("listitem")).toHaveCount(2);
  await all.getByLabel("Held by").first().fill("Remy");
  await page.getByRole("option", { name: "Remy Castillo" }).click();
  await expect(all.getByRole("listitem")).toHaveCount(1);
  await page.reload();
  await expect(all.getByRole("listitem"), "filters of the address").toHaveCount(1);
  await all.getByRole("listitem").getByRole("link", { name: /^Its request/ }).click();
  await page.goBack();
  await visitor.goTo("My access");
  await expect(all.getByRole("listitem")).toHaveCount(2);

  await all.getByRole("checkbox", { name: "Choose all 2 shown" }).check();
  await visitor.stage("chosen");
  await all.getByRole("button", { name: "Revoke 2 grants" }).click();
  await page.getByRole("button", { name: "Revoke now" }).click();
  await expect(visitor.field("Why it is revoked")).toBeFocused();
  await expect(visitor.field("Why it is revoked")).toHaveAttribute("aria-invalid", "true");
  await visitor.field("Why it is revoked").fill("The incident is over.");
  await giveBack(await context.newPage(), "Noor Haddad");
  await visitor.stage("revoke-several");
  await page.getByRole("button", { name: "Revoke now" }).click();
  const result = all.getByRole("alert");
  await expect(result).toContainText("1 grant revoked, 1 refused");
  await expect(result).toContainText("Noor Haddad, read everything in staging: ");
  await visitor.stage("revoked");
  await expect(all).toContainText("No live access fits these filters.");
});

test("the record is filtered by its address, exported, and shown as it was", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/record?kind=policies");
  await visitor.become("Ada Brandt");
  const entries = page.getByRole("list", { name: "Entries" }).getByRole("listitem");
  await expect(entries).toHaveCount(3);
  await visitor.stage("filtered");
  const csv = await textOf(page, page.getByRole("button", { name: "Export these as CSV" }));
  expect(csv.trim().split("\r\n")).toHaveLength(4);
  expect(csv).toMatch(/^"time","version","who","what","about"\r\n"20.+Z","\d+","Ada Brandt",".+","pol_\d/u);
  const commits = (await textOf(page, page.getByRole("button", { name: "Export all commits as NDJSON" }))).trim().split("\n").map((line) => JSON.parse(line));
  await expect(page.getByText(commits.at(-1).hash)).toBeVisible();
  await visitor.become("Noor Haddad");
  await expect(page.getByRole("button", { name: "Export all commits as NDJSON" })).toBeDisabled();
  await visitor.become("Ada Brandt");

  await entries.last().getByRole("button").click();
  await entries.last().getByRole("link", { name: /^See the project as it was then/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "As it was" })).toBeVisible();
  await expect(page.getByText(/^This is the past: .+ days ago/)).toBeVisible();
  await expect(page.getByRole("list", { name: "Policies" }).getByRole("listitem").filter({ has: page.getByText(/^Version 1/) })).toHaveCount(1);
  await expect(page.getByText("There was no request that you may see.")).toBeVisible();
  const moment = page.getByRole("slider", { name: "Moment" });
  await moment.focus();
  await page.keyboard.press("End");
  await expect(moment).toHaveAttribute("aria-valuetext", new RegExp(`^Version ${commits.length} of ${commits.length}, `));
  await expect(page.getByRole("list", { name: "Live access" })).toContainText("Noor Haddad: read");
  await page.keyboard.press("ArrowLeft");
  await expect(moment).toHaveValue(String(commits.length - 1));
  await expect(page).toHaveURL(new RegExp(`version=%22${commits.length - 1}%22`));
  await visitor.stage("past");
  await page.getByRole("button", { name: "Play" }).click();
  await expect(moment).toHaveValue(String(commits.length));
});

async function breakGlass(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.open("/requests/new");
  await visitor.become("Remy Castillo");
  await visitor.field("Path").fill("/payments/gateway");
  await visitor.field("Why").fill("Card payments fail.");
  await page.getByRole("button", { name: "Break the glass" }).click();
  await visitor.field("Why this cannot wait").fill("Card payments fail now.");
  await page.getByRole("button", { name: "Break the glass now" }).click();
  await expect(page.getByRole("region", { name: "Access", exact: true })).toContainText("Live");
}

/** The same person's access, given back in another tab. */
async function giveBack(tab: Page, name: string): Promise<void> {
  const other = new Visitor(tab, "other");
  await other.open("/access");
  await other.become(name);
  await tab.getByRole("button", { name: "Give it back" }).click();
  await tab.getByRole("button", { name: "Give it back now" }).click();
  await other.reads("Given back: this access has ended.");
  await tab.close();
}

async function textOf(page: Page, button: Locator): Promise<string> {
  const downloading: Promise<Download> = page.waitForEvent("download");
  await button.click();
  const file = await (await downloading).path();
  return readFile(file, "utf8");
}
