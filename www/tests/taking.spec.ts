import type { Locator, Page } from "@playwright/test";
import { ASK_WEB, expect, test, type Visitor } from "./support/visitor.ts";

const TAKES = /^(?:Revoke|Give it back|Withdraw|Cancel|Disable|Delete)/;

test("where something was given nothing is taken: a double click approves and no more", async ({ visitor }) => {
  const { page } = visitor;
  await askForPayments(visitor, "Restart the payout run.");
  for (const approver of ["Mira Kovač", "Sam Oyelaran", "Theo Lindqvist"]) {
    // oxlint-disable no-await-in-loop -- one approver after the other
    await visitor.become(approver);
    const approve = page.getByRole("button", { name: "Approve", exact: true });
    await approve.scrollIntoViewIfNeeded();
    const place = await middle(approve);
    await page.mouse.dblclick(place.x, place.y);
    await visitor.reads(/^Approved/);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expectNothingTakenAt(page, place);
    // oxlint-enable no-await-in-loop
  }
  await expect(page.getByRole("region", { name: "Access", exact: true })).toContainText("Live");
  await visitor.become("Noor Haddad");
  await expect(page.getByRole("region", { name: "Access", exact: true })).toContainText("Live");
});

test("a double click takes nothing: what it opens asks, and keeps", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/access");
  await visitor.become("Noor Haddad");
  const place = await middle(page.getByRole("button", { name: "Give it back" }));
  await page.mouse.dblclick(place.x, place.y);
  await expect(page.getByRole("region", { name: "Live and scheduled" })).toContainText("Live");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Ended" }).getByText("given back")).toHaveCount(0);
});

test("what was done is told in sight, to the person who did it", async ({ visitor }) => {
  const { page } = visitor;
  await askForPayments(visitor, "Restart the payout run.");
  await visitor.become("Mira Kovač");
  const approve = page.getByRole("button", { name: "Approve", exact: true });
  await approve.scrollIntoViewIfNeeded();
  await approve.click();
  const told = page.getByText(/^Approved: the step needs more/);
  await expect(told).toBeInViewport();
  await expect(page.getByRole("region", { name: "What Mira can do" }), "the focus is where it was").toBeFocused();
  await visitor.become("Noor Haddad");
  await expect(told).toHaveCount(0);
});

test("access that begins later is not said to be given", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open(ASK_WEB);
  await visitor.become("Noor Haddad");
  await visitor.field("Reason").fill("Compare the cache keys.");
  await page.getByRole("radio", { name: "At a set time" }).check();
  await page.getByRole("button", { name: "Ask for access" }).click();
  await expect(visitor.field("Time"), "a day without a time is no start").toHaveAttribute("aria-invalid", "true");
  await visitor.field("Day").click();
  await page.getByRole("option").nth(2).click();
  await visitor.field("Time").fill("9:30");
  await expect(page.getByText(/, 09:30, in .+, in your time zone\./)).toBeVisible();
  await visitor.stage("later");
  await page.getByRole("button", { name: "Ask for access" }).click();
  await visitor.reads("Request sent.");
  await page.getByRole("button", { name: "Switch to Theo" }).click();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await visitor.reads("Approved: the step needs more approvals.");
  await visitor.become("Mira Kovač");
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await visitor.reads(/^Approved: that was the last step\. Access begins on /);
  await expect(page.getByRole("region", { name: "Access", exact: true })).toContainText("Scheduled");
  await visitor.stage("scheduled");
});

async function askForPayments(visitor: Visitor, why: string): Promise<void> {
  await visitor.open(ASK_WEB);
  await visitor.become("Noor Haddad");
  await visitor.field("Path").fill("/payments/payouts");
  await visitor.field("Reason").fill(why);
  await visitor.page.getByRole("button", { name: "Ask for access" }).click();
  await visitor.reads("Request sent.");
}

async function middle(button: Locator): Promise<{ x: number; y: number }> {
  const box = await button.boundingBox();
  if (box === null) throw new Error("the button is not on the page");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function expectNothingTakenAt(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  const name = await page.evaluate(([left, top]) => document.elementFromPoint(left ?? 0, top ?? 0)?.closest("button")?.textContent ?? "", [x, y]);
  expect(name).not.toMatch(TAKES);
}
