import type { Locator, Page } from "@playwright/test";
import { expect, test, type Visitor } from "./support/visitor.ts";

const POLICY = "Stripe keys";

test("one request travels from a policy to live access and ends by itself", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open();
  await expect(page.getByRole("region", { name: "The story" })).toContainText("0 of 6 done");
  await visitor.stage("first-sight");

  await test.step("an administrator makes and changes a policy", () => makePolicy(visitor));
  await test.step("a developer asks for access, and the approvers get a mail", () => askForAccess(visitor));
  await test.step("an approver shortens the duration and approves", () => approveFirstStep(visitor));
  await test.step("the last step makes access live", () => approveLastStep(visitor));
  await test.step("an on-call engineer breaks the glass, and everybody is told", () => breakTheGlass(visitor));
  await test.step("access ends when its time is up", () => watchAccessEnd(visitor));
  await test.step("a reload keeps everything", () => reload(visitor));
});

async function makePolicy(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await page.getByRole("button", { name: "As Ada" }).click();
  await expectPointed(page.getByRole("button", { name: "Make a policy" }));
  await page.getByRole("button", { name: "Make a policy" }).click();
  const paths = visitor.field("Paths");
  await page.getByRole("button", { name: "Make the policy" }).click();
  await expect(visitor.field("Name")).toBeFocused();
  await expect(visitor.field("Name")).toHaveAttribute("aria-invalid", "true");
  await expect(paths).toHaveAttribute("aria-invalid", "true");
  await expect(visitor.field("Approvers")).toHaveAttribute("aria-invalid", "true");
  await visitor.stage("policy-refused");

  await visitor.field("Name").fill(POLICY);
  await expect(visitor.field("Name")).not.toHaveAttribute("aria-invalid", "true");
  await paths.fill("/payments/stripe/**");
  await paths.press("Enter");
  await expect(paths, "what was said of the fields of before").not.toHaveAttribute("aria-invalid", "true");
  await choose(page, visitor.field("Approvers").nth(0), "Security (group)");
  await page.getByRole("button", { name: "Add a step" }).click();
  await choose(page, visitor.field("Approvers").nth(1), "Team leads (group)");
  await choose(page, visitor.field("Who may break the glass"), "On call (group)");
  await page.getByRole("switch", { name: "Requesters must say why" }).check();
  await visitor.stage("policy-form");
  await page.getByRole("button", { name: "Make the policy" }).click();
  await visitor.reads(`The policy “${POLICY}” is in force.`);
  await expect(page.getByRole("heading", { name: POLICY })).toBeVisible();
  await visitor.stage("policies");

  await page.getByRole("link", { name: "Edit this policy" }).click();
  await visitor.field("Longest access").fill("6");
  await page.getByRole("button", { name: "Save the policy" }).click();
  await visitor.reads("has a new version");
  await expect(page.getByRole("region", { name: "Everything under /payments/stripe in production" })).toContainText("6 hours");
}

async function askForAccess(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.goTo("Requests");
  await page.getByRole("button", { name: "As Noor" }).click();
  await expect(visitor.field("Path")).toHaveValue("/payments/stripe");
  const ask = page.getByRole("button", { name: "Ask for access" });
  await expect(page.getByText("justification_required")).toBeVisible();
  await ask.click();
  await expect(visitor.field("Reason")).toBeFocused();
  await expect(visitor.field("Reason")).toHaveAccessibleDescription("A reason is missing: the policy requires one.");
  await visitor.stage("preview-refused");

  await visitor.field("Reason").fill("Rotate the webhook secret, see PAY-91.");
  await expect(page.getByText("The request would be accepted")).toBeVisible();
  await expect(page.getByRole("region", { name: "What would happen" })).toContainText(POLICY);
  await visitor.stage("preview-accepted");
  await ask.click();
  await visitor.reads("Request sent.");
  await expect(page.getByText("3 messages sent")).toBeVisible();
  await visitor.stage("request-made");

  await visitor.goTo("Outbox");
  await page.getByRole("list", { name: "Messages" }).getByRole("link", { name: /Stripe|stripe/ }).filter({ hasText: /^Mira Kovač · / }).first().click();
  const frame = page.locator("iframe");
  await expect(frame).toHaveAttribute("sandbox", /^(?!.*allow-scripts)(?!.*allow-same-origin)/u);
  await expect(page.frameLocator("iframe").getByText("Noor Haddad asks for access to")).toBeVisible();
  await visitor.stage("mail");
  await page.frameLocator("iframe").getByRole("link", { name: "Open the request" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Noor Haddad: read \/payments\/stripe/ })).toBeVisible();
}

async function approveFirstStep(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await page.getByText("Why can’t I …?").click();
  await expect(page.getByRole("button", { name: "Approve", exact: true })).toBeDisabled();
  await page.getByRole("button", { name: "Switch to Mira" }).click();
  await visitor.stage("request-as-approver");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await visitor.field("New duration").fill("2");
  await page.getByRole("button", { name: "Shorten" }).click();
  await expect(visitor.field("Note to the requester")).toBeFocused();
  await expect(visitor.field("Note to the requester")).toHaveAttribute("aria-invalid", "true");
  await visitor.stage("edit-refused");
  await visitor.field("Note to the requester").fill("Two hours are plenty for a rotation.");
  await page.getByRole("button", { name: "Shorten" }).click();
  await visitor.reads("The duration is now 2 hours.");
  await visitor.field("Comment").fill("Fine, PAY-91 is planned.");
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await visitor.reads("Approved: the next step is open.");
  await visitor.stage("first-step-done");
}

async function approveLastStep(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await page.getByRole("button", { name: "Switch to Theo" }).click();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await visitor.reads("Approved: that was the last step. Access is live.");
  await expect(page.getByRole("region", { name: "Access", exact: true })).toContainText("Live");
  await visitor.stage("approved");

  await visitor.become("Noor Haddad");
  await visitor.goTo("My access");
  await expect(page.getByRole("region", { name: "Can I?" })).toContainText("A live grant allows it.");
  await visitor.stage("access-live");
}

async function breakTheGlass(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.goTo("Requests");
  await page.getByRole("button", { name: "As Remy" }).click();
  await visitor.field("Reason").fill("Look into failing card payments.");
  await page.getByRole("button", { name: "Ask for access" }).click();
  await visitor.reads("Request sent.");
  await page.getByRole("button", { name: "Break the glass" }).click();
  await visitor.field("Why this cannot wait").fill("now");
  await page.getByRole("button", { name: "Break the glass now" }).click();
  await expect(visitor.field("Why this cannot wait")).toBeFocused();
  await expect(visitor.field("Why this cannot wait")).toHaveAttribute("aria-invalid", "true");
  await visitor.stage("glass-refused");
  await visitor.field("Why this cannot wait").fill("Card payments fail and nobody in security answers.");
  await page.getByRole("button", { name: "Break the glass now" }).click();
  await visitor.reads("You have access now, without approval, shortened to 1 hour.");
  await expect(page.getByText("Break-glass", { exact: true }).first()).toBeVisible();
  await visitor.stage("glass-broken");

  await visitor.become("Mira Kovač");
  await page.getByRole("button", { name: "Acknowledge the break-glass" }).click();
  await visitor.reads("Acknowledged.");
  await expect(page.getByText(/^Acknowledged by Mira Kovač/)).toBeVisible();
}

async function watchAccessEnd(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.become("Noor Haddad");
  await visitor.goTo("My access");
  await visitor.moveClock("+ 1 hour");
  await expect(page.getByRole("region", { name: "Can I?" })).toContainText("A live grant allows it.");
  await visitor.moveClock("+ 1 hour");
  await expect(page.getByRole("region", { name: "Can I?" })).toContainText("No live grant covers this.");
  await expect(page.getByRole("region", { name: "Ended" })).toContainText("its time was up");
  await visitor.stage("access-over");
  await page.getByRole("link", { name: "Ask for it" }).click();
  await expect(visitor.field("Path")).toHaveValue("/payments/stripe");
  await visitor.goTo("Requests");
  await expect(page.getByRole("region", { name: "The story" })).toContainText("5 of 6 done");
  await page.getByRole("button", { name: "Show me" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Put this into your product" })).toBeVisible();
  await expect(page.getByRole("region", { name: "The story" })).toContainText("6 of 6 done");
  await visitor.stage("story-told");
}

async function reload(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.become("Ada Brandt");
  await visitor.goTo("Record");
  const head = await page.getByRole("definition").filter({ hasText: /^[0-9a-f]{64}$/ }).textContent();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Record" })).toBeVisible();
  await expect(page.getByText(head ?? "no head")).toBeVisible();
  await expect(page.getByRole("button", { name: /^You are Ada Brandt/ })).toBeVisible();
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("The record is intact")).toBeVisible();
  await visitor.stage("record-verified");
}

/** The story points at what to press next. */
async function expectPointed(button: Locator): Promise<void> {
  await expect(button).toHaveCSS("outline-style", "solid");
}

async function choose(page: Page, field: Locator, option: string): Promise<void> {
  await field.click();
  await page.getByRole("option", { name: option }).click();
  await page.keyboard.press("Escape");
}
