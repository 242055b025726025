import type { Locator } from "@playwright/test";
import { expect, test, type Visitor } from "./support/visitor.ts";

test("folders say which policy governs them, by hand and by keys", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/policies");
  await visitor.become("Ada Brandt");
  const tree = page.getByRole("tree", { name: "Folders" });
  const payments = tree.getByRole("treeitem", { name: /^\/payments/ });
  await expect(tree.getByRole("treeitem", { name: /^production/ })).toContainText(/Production, 1 step.*4 other policies inside/);
  await expect(payments).toContainText("Payments in production, 2 steps");
  await tree.getByRole("treeitem", { name: /^production/ }).press("ArrowDown");
  await expect(tree.getByRole("treeitem", { name: /^\/customers/ })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  await expect(payments).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(payments).toHaveAttribute("aria-selected", "true");
  const panel = page.getByRole("region", { name: "Everything under /payments in production" });
  await expect(panel).toContainText("Production: also covers all of this, but less specifically");
  await expect(panel).toContainText("Pending requests: 2");
  await visitor.stage("tree");
  await page.keyboard.press("ArrowLeft");
  await expect(tree.getByRole("treeitem", { name: /^\/payouts/ })).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(tree.getByRole("treeitem", { name: /^\/payouts|^\/gateway/ }).first()).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(payments).toBeFocused();
});

test("an editor moves steps and quorums, and says at the fields what is wrong and beside them what it changes", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/policies");
  await visitor.become("Ada Brandt");
  await page.getByRole("treeitem", { name: /^\/payments/ }).click();
  await page.getByRole("link", { name: "Edit this policy" }).click();
  const picture = page.getByRole("region", { name: "Steps to access" });
  const changes = page.getByRole("region", { name: "What this changes" });
  await expect(picture.getByRole("listitem")).toHaveText([/2 of Security/, /1 of Team leads/, /access/, /break-glass by On call/]);
  await page.getByRole("button", { name: "Move step 1 down" }).press("Enter");
  await expect(picture.getByRole("listitem").first()).toContainText("1 of Team leads");
  await expect(page.getByRole("button", { name: "Move step 2 up" })).toBeFocused();
  await drag(visitor, page.getByTitle("Drag step 2"), page.getByRole("group", { name: "Step 1" }));
  await expect(picture.getByRole("listitem").first()).toContainText("2 of Security");
  await drag(visitor, page.getByTitle("Drag quorum 1 of step 2"), page.getByTitle("Drag quorum 1 of step 1"));
  await expect(picture.getByRole("listitem").first()).toContainText("1 of Team leads, and 2 of Security");
  await expect(visitor.field("Approvers").last()).toHaveAccessibleDescription(/names no approvers/);
  await visitor.stage("moved");

  await page.getByRole("button", { name: "Remove this step" }).last().click();
  await expect(changes).toContainText("Nothing changes for anybody");
  await visitor.field("How many must approve").last().fill("3");
  await expect(visitor.field("Approvers").last()).toHaveAccessibleDescription(/Too few people can approve step 1 of requests by/);
  await expect(changes).toContainText("Findings after this change");
  await page.getByRole("radio", { name: /^Restart them/ }).check();
  await expect(changes).toContainText("Lena Petit’s request to read /payments/payouts in production starts again at step 1.");
  await visitor.stage("changes");
  await visitor.field("How many must approve").last().fill("1");
  await page.getByRole("button", { name: "Save the policy as version 2 and restart 2 requests" }).click();
  await visitor.reads("The policy “Payments in production” has a new version.");
  await expect(page.getByRole("region", { name: "Everything under /payments in production" })).toContainText("1 of Team leads, and 1 of Security");
});

test("a policy for a folder says what it takes from others before it is saved", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/policies");
  await visitor.become("Ada Brandt");
  await page.getByRole("treeitem", { name: /^staging/ }).click();
  await page.getByRole("link", { name: "New policy for this folder" }).click();
  await expect(visitor.field("Name")).toHaveValue("");
  await expect(visitor.field("Name")).not.toHaveAttribute("aria-invalid", "true");
  await visitor.field("Name").fill("Staging");
  await visitor.field("Approvers").click();
  await page.getByRole("option", { name: "Jonas Weber" }).click();
  await page.keyboard.press("Escape");
  await visitor.field("Only those who meet this condition may ask").fill('{ "subject.team": "web" }');
  await expect(visitor.field("Only those who meet this condition may ask")).toHaveAccessibleDescription(/is not an attribute/);
  await visitor.field("Only those who meet this condition may ask").fill("");
  const changes = page.getByRole("region", { name: "What this changes" });
  await expect(changes).toContainText("Everything in staging is governed by “Staging”, until now by “Reading anywhere”.");
  await expect(changes).toContainText("Noor Haddad’s access to read everything in staging no longer covers anything.");
  await visitor.stage("narrowing");
  await page.getByRole("button", { name: "Make the policy and close 1 grant" }).click();
  await expect(page.getByRole("region", { name: "Everything in staging" })).toContainText("Jonas Weber");
});

test("what is wrong is counted beside Policies, and leads to where it is put right", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/policies");
  await expect(page.getByRole("tab", { name: /^Findings/ })).toHaveCount(0);
  await visitor.become("Ada Brandt");
  const menu = page.getByRole("button", { name: "Open the menu" });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("link", { name: "4 findings" }).click();
  const findings = page.getByRole("list", { name: "Findings" });
  await expect(findings.getByRole("listitem")).toHaveCount(4);
  await visitor.stage("findings");
  await findings.getByRole("link", { name: /^Fix: Production/ }).click();
  await expect(visitor.field("Approvers").last()).toBeFocused();
  await expect(visitor.field("Approvers").last()).toHaveAccessibleDescription(/Too few people can approve step 1/);
});

/** Takes hold of one thing and lets it go on another. A browser begins to drag where the mouse moves, before it scrolls. */
async function drag({ page }: Visitor, held: Locator, place: Locator): Promise<void> {
  await held.hover();
  const { x, y } = (await held.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.down();
  await page.mouse.move(x, y, { steps: 4 });
  await place.hover({ position: { x: 12, y: 12 } });
  await place.hover({ position: { x: 16, y: 16 } });
  await page.mouse.up();
}
