import { AxeBuilder } from "@axe-core/playwright";
import type { Locator } from "@playwright/test";
import { expect, test, Visitor } from "./support/visitor.ts";

test("an approver works through the inbox by keys alone", async ({ visitor }) => {
  const { page } = visitor;
  const rows = await openInbox(visitor);
  const count = await rows.count();
  expect(count).toBeGreaterThan(1);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("/");
  await expect(visitor.field("Search")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/request=/u);
  // The first is a break-glass to acknowledge; the one behind it is to be reviewed.
  for (const key of ["j", "j", "k"]) await page.keyboard.press(key); // oxlint-disable-line no-await-in-loop -- one key after the other
  const pane = page.getByRole("region", { name: "Selected request" });
  await expect(pane.getByRole("button", { name: "Approve", exact: true })).toBeVisible();
  const address = page.url();
  await page.keyboard.press("r");
  await expect(pane.getByRole("button", { name: "Reject", exact: true })).toBeFocused();
  await page.keyboard.press("e");
  await expect(visitor.field("New duration")).toBeVisible();
  await page.keyboard.press("a");
  await visitor.reads(/^Approved/u);
  await expect(page, "the next one is open").not.toHaveURL(address);
  await expect(rows).toHaveCount(count - 1);
  await visitor.stage("inbox-next");
});

test("what was opened is read, for this person, after a reload too", async ({ visitor }) => {
  const { page } = visitor;
  const rows = await openInbox(visitor);
  const last = rows.last();
  // On a phone the list is behind the request that is open.
  const unread = last.getByRole("link", { name: /, unread$/u, includeHidden: true });
  await expect(unread).toBeVisible();
  await last.getByRole("link").click();
  await expect(unread).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("region", { name: "Selected request" })).toBeVisible();
  await expect(unread).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(unread).toHaveCount(1);
});

test("several requests are approved at once", async ({ visitor }) => {
  const { page } = visitor;
  const rows = await openInbox(visitor);
  const count = await rows.count();
  await visitor.stage("inbox");
  const boxes = page.getByRole("checkbox", { name: /^Select / });
  const several = await boxes.count();
  for (const box of await boxes.all()) await box.check(); // oxlint-disable-line no-await-in-loop -- one box after the other
  await page.getByRole("button", { name: new RegExp(`^Approve ${several} requests?$`, "u") }).click();
  await visitor.reads(/^Approved/u);
  await expect(rows).toHaveCount(count - several);
});

test("the inbox has no fault that axe finds, and none of its text is cut at 320 pixels", async ({ visitor }) => {
  const { page } = visitor;
  await openInbox(visitor);
  const axe = async () => (await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  expect(await axe()).toEqual([]);
  await page.keyboard.press("j");
  await expect(page.getByRole("region", { name: "Selected request" })).toBeVisible();
  expect(await axe()).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  await visitor.stage("inbox-320");
});

test("one request is approved from its row", async ({ visitor }) => {
  const { page } = visitor;
  const rows = await openInbox(visitor);
  const count = await rows.count();
  await page.getByRole("button", { name: /^Approve Lena Petit, read/u }).click();
  await visitor.reads(/^Approved/u);
  await expect(rows).toHaveCount(count - 1);
});

test("what somebody else has decided stays open, and the next one begins at its beginning", async ({ visitor, page }, info) => {
  await openInbox(visitor);
  await page.getByRole("link", { name: /^Dario Conti, read and write/u }).click();
  const pane = page.getByRole("region", { name: "Selected request" });
  const approve = pane.getByRole("button", { name: "Approve", exact: true });
  await expect(approve).toBeVisible();
  const title = await pane.getByRole("heading", { level: 2 }).first().textContent();
  const other = new Visitor(await page.context().newPage(), info.project.name);
  await other.open(new URL(page.url()).hash.slice(1));
  await other.become("Sam Oyelaran");
  await other.field("Comment").fill("Not now.");
  await other.page.getByRole("button", { name: "Reject", exact: true }).click();
  await other.reads(/^Rejected/u);
  await expect(pane).toContainText("Rejected by Sam Oyelaran");
  await expect(pane.getByRole("heading", { level: 2 }).first()).toHaveText(title ?? "");
  await expect(approve).toHaveCount(0);

  await visitor.open("/inbox");
  await page.getByRole("link", { name: /^Lena Petit/u }).click();
  await expect(approve).toBeVisible();
  await page.mouse.wheel(0, 700);
  await approve.click();
  await visitor.reads(/^Approved/u);
  await expect(pane.getByRole("heading", { level: 2 }).first()).not.toContainText("Lena Petit");
  await expect(pane.getByRole("heading", { level: 2 }).first()).toBeInViewport();
});

/** The rows that wait for Mira. */
async function openInbox(visitor: Visitor): Promise<Locator> {
  await visitor.open("/inbox");
  await visitor.become("Mira Kovač");
  const rows = visitor.page.getByRole("list", { name: "Waiting for you", includeHidden: true }).locator("> li");
  await expect(rows).not.toHaveCount(0);
  return rows;
}
