import { readFile } from "node:fs/promises";
import type { Download, Locator, Page } from "@playwright/test";
import { ASK_WEB, expect, test, Visitor } from "./support/visitor.ts";

test("an administrator revokes several grants at once, and reads how many had ended before", async ({ visitor, context }) => {
  const { page } = visitor;
  await breakGlass(visitor);
  await visitor.become("Noor Haddad");
  await visitor.open("/access");
  await expect(page.getByRole("region", { name: "All live access" })).toHaveCount(0);

  await visitor.become("Ada Brandt");
  const all = page.getByRole("region", { name: "All live access" });
  await expect(all.getByRole("listitem")).toHaveCount(5);
  await choose(page, visitor.field("Held by"), "Remy Castillo");
  await expect(all.getByRole("listitem")).toHaveCount(1);
  await page.reload();
  await expect(all.getByRole("listitem"), "filters of the address").toHaveCount(1);
  await all.getByRole("listitem").getByRole("link", { name: /^Request/ }).click();
  await page.goBack();
  await visitor.goTo("My access");
  await expect(all.getByRole("listitem")).toHaveCount(5);

  await all.getByRole("checkbox", { name: "Select all 5 shown" }).check();
  await visitor.stage("chosen");
  await all.getByRole("button", { name: "Revoke 5 grants" }).click();
  await page.getByRole("button", { name: "Revoke now" }).click();
  await expect(visitor.field("Why it is revoked")).toBeFocused();
  await expect(visitor.field("Why it is revoked")).toHaveAttribute("aria-invalid", "true");
  await visitor.field("Why it is revoked").fill("The incident is over.");
  await giveBack(await context.newPage(), "Noor Haddad");
  await visitor.stage("revoke-several");
  await page.getByRole("button", { name: "Revoke now" }).click();
  const result = all.getByRole("alert");
  await expect(result).toContainText("4 grants revoked");
  await expect(result).toContainText("1 other grant had already ended.");
  await visitor.stage("revoked");
  await expect(all).toContainText("Nobody has access right now.");
});

test("the record is filtered by its address, exported, and shown as it was", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/record?kind=policies");
  await visitor.become("Ada Brandt");
  const entries = page.getByRole("list", { name: "Entries" }).getByRole("listitem");
  await expect(entries).toHaveCount(6);
  await visitor.stage("filtered");
  const csv = await textOf(page, page.getByRole("button", { name: "Export these as CSV" }));
  expect(csv.trim().split("\r\n")).toHaveLength(7);
  expect(csv).toMatch(/^"time","version","who","what","about"\r\n"20.+Z","\d+","Ada Brandt",".+","pol_\d/u);
  const commits = (await textOf(page, page.getByRole("button", { name: "Export all commits as NDJSON" }))).trim().split("\n").map((line) => JSON.parse(line));
  await expect(page.getByText(commits.at(-1).hash)).toBeVisible();
  await visitor.become("Noor Haddad");
  await expect(page.getByRole("button", { name: "Export all commits as NDJSON" })).toHaveCount(0);
  await visitor.become("Ada Brandt");

  await entries.last().getByRole("button").click();
  await entries.last().getByRole("link", { name: /^See the project as it was then/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The project as it was" })).toBeVisible();
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
  await expect(page).toHaveURL(new RegExp(`version=${commits.length - 1}$`));
  await visitor.stage("past");
  await page.getByRole("button", { name: "Play" }).click();
  await expect(moment).toHaveValue(String(commits.length));
});

test("people, groups and administrators are changed, and what comes of it is said before", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/people");
  await expect(page.getByRole("button", { name: "Add somebody" })).toHaveCount(0);
  await visitor.become("Ada Brandt");
  await page.getByRole("button", { name: "Add somebody" }).click();
  const dialog = page.getByRole("dialog");
  await visitor.field("Id").fill("noor");
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(visitor.field("Id")).toHaveAccessibleDescription(/Somebody already has this id/);
  await visitor.field("Id").fill("kim");
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(visitor.field("Name")).toBeFocused();
  await visitor.field("Name").fill("Kim Sato");
  await visitor.field("Email").fill("kim");
  await visitor.field("Properties").fill("{ onCall: true }");
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(visitor.field("Email")).toHaveAttribute("aria-invalid", "true");
  await visitor.field("Email").fill("kim@fernwood.example");
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(visitor.field("Properties")).toHaveAttribute("aria-invalid", "true");
  await visitor.stage("person");
  await visitor.field("Properties").fill('{ "onCall": true }');
  await dialog.getByRole("button", { name: "Add" }).click();
  await visitor.reads("Kim Sato is added.");
  await page.getByRole("button", { name: "Edit Kim Sato" }).click();
  await expect(visitor.field("Properties")).toHaveValue(/"onCall": true/);
  await choose(page, visitor.field("Manager"), "Theo Lindqvist");
  await dialog.getByRole("button", { name: "Save" }).click();
  await visitor.reads("Kim Sato is changed.");
  await expect(page.getByRole("listitem").filter({ hasText: "Kim Sato" })).toContainText("manager Theo Lindqvist");

  await page.getByRole("button", { name: "Edit Team leads" }).click();
  await visitor.field("Members").press("Backspace");
  await visitor.field("Members").press("Backspace");
  await expect(dialog).toContainText("Lena Petit’s request to read /payments/payouts in production could not get past step 2 any more.");
  await visitor.stage("group");
  await choose(page, visitor.field("Members"), "Kim Sato");
  await expect(dialog).toContainText("Nobody loses access, and no request ends.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await visitor.reads("Team leads is changed.");

  await page.getByRole("button", { name: "Change administrators" }).click();
  await visitor.field("Administrators").press("Backspace");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await choose(page, visitor.field("Administrators"), "Theo Lindqvist");
  await dialog.getByRole("button", { name: "Save" }).click();
  await visitor.reads("Administrators now: Theo Lindqvist.");
  await expect(page.getByRole("button", { name: "Add somebody" })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "The story" }).getByRole("button", { name: "Continue as Theo" }), "who may make a policy").toBeVisible();
  await visitor.stage("people");
});

test("permissions are made, changed and deleted; delegations are made and ended", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/permissions");
  await expect(page.getByText("Make a permission: only administrators may do this.")).toBeVisible();
  await visitor.become("Ada Brandt");
  await page.getByRole("button", { name: "Make a permission" }).click();
  await page.getByRole("button", { name: "Make the permission" }).click();
  await expect(visitor.field("Name")).toBeFocused();
  await visitor.field("Name").fill("Staging of the web");
  await page.getByRole("button", { name: "Make the permission" }).click();
  await expect(visitor.field("Paths")).toBeFocused();
  await visitor.field("Paths").fill("/web/**");
  await visitor.field("Paths").press("Enter");
  await page.getByRole("button", { name: "Make the permission" }).click();
  await expect(visitor.field("Holders")).toBeFocused();
  await choose(page, visitor.field("Holders"), "On call (group)");
  await choose(page, visitor.field("Applies"), "If the context of the question matches");
  await page.getByRole("button", { name: "Make the permission" }).click();
  await expect(visitor.field("Name in the context")).toHaveAttribute("aria-invalid", "true");
  await visitor.field("Name in the context").fill("mfa");
  await visitor.field("Is").fill("true");
  await visitor.stage("permission");
  await page.getByRole("button", { name: "Make the permission" }).click();
  const permissions = page.getByRole("list", { name: "Permissions" });
  await expect(permissions).toContainText("On call: read everything under /web in staging");
  await expect(permissions).toContainText('only if {"context.mfa":true}');
  await page.getByRole("button", { name: "Edit Staging of the web" }).click();
  await visitor.field("Condition").fill('{ "context.mfa": ');
  await page.getByRole("button", { name: "Save the permission" }).click();
  await expect(visitor.field("Condition")).toBeFocused();
  await visitor.field("Condition").fill('{ "subject.type": "user" }');
  await page.getByRole("button", { name: "Save the permission" }).click();
  await expect(permissions).toContainText('only if {"subject.type":"user"}');
  await visitor.stage("permissions");
  await visitor.become("Remy Castillo");
  await expect(permissions).toContainText("Staging of the web");
  await expect(permissions).not.toContainText("only if");
  await visitor.become("Ada Brandt");
  await page.getByRole("button", { name: "Delete Staging of the web" }).click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await visitor.reads("The permission “Staging of the web” is deleted.");

  await visitor.become("Mira Kovač");
  await visitor.goTo("Delegations");
  await page.getByRole("button", { name: "Delegate", exact: true }).click();
  await expect(visitor.field("Delegate")).toBeFocused();
  await expect(visitor.field("Delegate")).toHaveAttribute("aria-invalid", "true");
  await visitor.field("Delegate").fill("Mira");
  await expect(page.getByText("Nobody by that name"), "nobody stands in for themselves").toBeVisible();
  await visitor.field("Delegate").fill("");
  await choose(page, visitor.field("Delegate"), "Jonas Weber");
  await page.getByRole("button", { name: "Delegate", exact: true }).click();
  await visitor.reads("Jonas Weber may review in your place.");
  await expect(page.getByRole("list", { name: "Delegations" })).toContainText("Jonas Weber on behalf of Mira Kovač");
  await visitor.stage("delegations");
  await visitor.become("Sam Oyelaran");
  await expect(page.getByText("No delegations that you may see.")).toBeVisible();
  await visitor.become("Ada Brandt");
  await page.getByRole("button", { name: "End: Jonas Weber on behalf of Mira Kovač" }).click();
  await page.getByRole("button", { name: "End it now" }).click();
  await visitor.reads("Jonas Weber no longer reviews on behalf of Mira Kovač.");
  await page.getByText(/^Live 1/).click();
  await expect(page.getByRole("list", { name: "Delegations" }).getByRole("listitem")).toHaveText(/Yara Nasser on behalf of Hana/);
});

async function choose(page: Page, field: Locator, option: string): Promise<void> {
  await field.click();
  await page.getByRole("option", { name: option, exact: true }).click();
  await page.keyboard.press("Tab");
}

async function breakGlass(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.open(ASK_WEB);
  await visitor.become("Remy Castillo");
  await visitor.field("Path").fill("/payments/gateway");
  await visitor.field("Reason").fill("Card payments fail.");
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
