import type { Locator, Page } from "@playwright/test";
import { Keys } from "./support/keys.ts";
import { ASK_WEB, expect, test, type Visitor } from "./support/visitor.ts";

const POLICY = "Stripe keys";

test("the whole story is played by the keyboard alone, and what has the focus is always seen", async ({ visitor }) => {
  test.slow();
  await visitor.open();
  const keys = new Keys(visitor.page);
  await test.step("a policy", () => makePolicy(visitor, keys));
  await test.step("a request", () => askForAccess(visitor, keys));
  await test.step("approval", () => approve(visitor, keys));
  await test.step("break-glass", () => breakTheGlass(visitor, keys));
  await test.step("the end of access", () => watchAccessEnd(visitor, keys));
});

test("what is pressed away leaves the focus on the page", async ({ visitor }) => {
  test.slow();
  const { page } = visitor;
  const press = async (name: string | RegExp, around: Page | Locator = page) => {
    const button = await around.getByRole("button", { name, exact: true }).and(page.locator(":enabled")).first().elementHandle();
    await button?.focus();
    await page.keyboard.press("Enter");
    return button;
  };
  /** Presses a button, and another in the dialog that it opens, until it is gone. */
  const pressAway = async (name: string | RegExp, confirm?: string, reason?: string) => {
    const button = await press(name);
    const dialog = page.getByRole("dialog");
    if (confirm !== undefined) await expect(dialog.locator(":focus")).toBeVisible();
    if (reason !== undefined) await dialog.getByRole("textbox").fill(reason);
    if (confirm !== undefined) await press(confirm, dialog);
    await expect(dialog).toHaveCount(0);
    await expect.poll(() => button?.evaluate((it) => it.isConnected), String(name)).toBe(false);
    await expect.poll(() => page.evaluate(() => document.activeElement?.matches("body")), `${name} leaves the focus`).toBe(false);
  };

  await visitor.open("/access");
  await visitor.become("Noor Haddad");
  await pressAway("Give it back", "Give it back now");
  await visitor.open("/requests?text=nothing");
  await pressAway("Clear the filters");
  await visitor.open(ASK_WEB);
  await visitor.field("Reason").fill("Compare the cache keys.");
  await pressAway("Ask for access");
  await pressAway("Amend");
  await visitor.field("Reason").fill("Compare the cache keys once more.");
  await pressAway("Amend the request");
  await pressAway("Cancel the request", "Cancel it now");

  await visitor.become("Sam Oyelaran");
  await visitor.open("/requests?text=payouts");
  await page.getByRole("list", { name: "Requests" }).getByRole("link").first().click();
  await pressAway("Withdraw my review", "Withdraw it");
  await pressAway("Approve");
  await visitor.open("/inbox");
  await visitor.become("Mira Kovač");
  await pressAway("Acknowledge the break-glass");
  await pressAway(/^Approve Lena Petit/u);

  await visitor.open("/access");
  await visitor.become("Ada Brandt");
  await pressAway("Revoke", "Revoke now", "The key was pasted into a chat.");
  await page.getByRole("checkbox", { name: /^Select all/u }).check();
  await pressAway(/^Revoke \d+ grant/u, "Revoke now", "To be sure.");
  await visitor.open("/people");
  await pressAway("Disable Noor Haddad", "Disable");
  await pressAway("Enable Noor Haddad");
  await pressAway("Erase the personal data of Piotr Zielak", "Erase");
  await pressAway("Remove Data", "Remove");
  await visitor.open("/policies?view=list");
  await pressAway(/^Delete/u, "Delete it");
  await visitor.open("/permissions");
  await pressAway(/^Delete/u, "Delete it");
  await visitor.open("/policies/new");
  await press("Add a step");
  await pressAway("Remove this step");
  await visitor.open("/record");
  await press("Tamper with it");
  await pressAway("Undo");
  await visitor.open("/delegations");
  await visitor.field("Delegate").fill("Sam");
  await page.getByRole("option", { name: /^Sam/u }).click();
  await press("Delegate");
  await pressAway(/^End: Sam/u, "End it now");
  await press("Expand the story");
  await pressAway("Hide the story");
  await pressAway("Show the story");
});

test("who writes by ear is told only what has changed", async ({ visitor }) => {
  const { page } = visitor;
  await page.addInitScript(listen);
  await visitor.open("/access");
  await visitor.become("Ada Brandt");
  const write = async (label: string, text: string) => {
    await visitor.field(label).press("End");
    await page.waitForTimeout(400);
    await page.evaluate(() => document.documentElement.removeAttribute("data-heard"));
    await page.keyboard.type(text, { delay: 30 });
    await page.waitForTimeout(400);
    expect(await page.locator("html").getAttribute("data-heard"), label).toBe(null);
  };
  await write("Search", "web");
  await visitor.open("/requests");
  await write("Search", "web");
  await visitor.open(ASK_WEB);
  await visitor.field("Reason").fill("Compare");
  await write("Reason", " the cache keys");
  await visitor.open("/policies?view=health");
  await page.getByRole("link", { name: /^Fix/u }).first().click();
  await write("Name", " of ours");
  await visitor.open("/policies/new");
  await write("Name", "Stripe keys");
});

/** Notes the first change of anything that is read aloud by itself. */
function listen(): void {
  const live = "[aria-live=polite], [aria-live=assertive], [role=status], [role=alert], output";
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      if (element?.closest("[aria-live=off]") === null && element.closest(live) !== null) document.documentElement.dataset["heard"] ??= element.textContent ?? "";
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

async function makePolicy(visitor: Visitor, keys: Keys): Promise<void> {
  const { page } = visitor;
  await keys.press(page.getByRole("button", { name: "As Ada" }));
  await keys.press(page.getByRole("button", { name: "Make a policy" }));
  await keys.write(visitor.field("Name"), POLICY);
  await keys.write(visitor.field("Paths"), "/payments/stripe/**");
  await page.keyboard.press("Enter");
  await keys.choose(visitor.field("Approvers").nth(0), "Security (group)");
  await keys.press(page.getByRole("button", { name: "Add a step" }));
  await keys.choose(visitor.field("Approvers").nth(1), "Team leads (group)");
  await keys.choose(visitor.field("Who may break the glass"), "On call (group)");
  await keys.press(page.getByRole("switch", { name: "Requesters must say why" }), "Space");
  await keys.press(page.getByRole("button", { name: "Make the policy" }));
  await visitor.reads(`The policy “${POLICY}” is in force.`);
}

async function askForAccess(visitor: Visitor, keys: Keys): Promise<void> {
  const { page } = visitor;
  await keys.press(page.getByRole("button", { name: "As Noor" }));
  await expect(visitor.field("Path")).toHaveValue("/payments/stripe");
  await keys.write(visitor.field("Reason"), "Rotate the webhook secret.");
  await keys.press(page.getByRole("button", { name: "Ask for access" }));
  await visitor.reads("Request sent.");
}

async function approve(visitor: Visitor, keys: Keys): Promise<void> {
  const { page } = visitor;
  for (const name of ["Switch to Mira", "Switch to Theo"]) {
    // oxlint-disable no-await-in-loop -- one step after the other
    await keys.press(page.getByText("Why can’t I …?"));
    await keys.press(page.getByRole("button", { name }));
    await keys.press(page.getByRole("button", { name: "Approve", exact: true }));
    await visitor.reads(name === "Switch to Mira" ? "Approved: the next step is open." : "Access is live.");
    // oxlint-enable no-await-in-loop
  }
}

async function breakTheGlass(visitor: Visitor, keys: Keys): Promise<void> {
  const { page } = visitor;
  await keys.press(page.getByRole("button", { name: "As Remy" }));
  await keys.write(visitor.field("Reason"), "Look into failing card payments.");
  await keys.press(page.getByRole("button", { name: "Ask for access" }));
  await visitor.reads("Request sent.");
  await keys.press(page.getByRole("button", { name: "Break the glass" }));
  await keys.write(visitor.field("Why this cannot wait"), "Card payments fail and nobody in security answers.");
  await keys.press(page.getByRole("button", { name: "Break the glass now" }));
  await visitor.reads("You have access now, without approval");
  await be(visitor, keys, "Mira Kovač");
  await keys.press(page.getByRole("button", { name: "Acknowledge the break-glass" }));
  await visitor.reads("Acknowledged.");
}

async function watchAccessEnd(visitor: Visitor, keys: Keys): Promise<void> {
  const { page } = visitor;
  await be(visitor, keys, "Noor Haddad");
  const menu = page.getByRole("button", { name: "Open the menu" });
  if (await menu.isVisible()) await keys.press(menu);
  await keys.press(page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "My access" }));
  await expect(page.getByRole("region", { name: "Can I?" })).toContainText("A live grant allows it.");
  await keys.press(page.getByRole("button", { name: /Move the clock forward$/ }));
  await keys.press(page.getByRole("button", { name: "+ 1 day" }));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /Move the clock forward$/ })).toBeFocused();
  await expect(page.getByRole("region", { name: "Can I?" })).toContainText("No live grant covers this.");
  await keys.press(page.getByRole("button", { name: "Show me" }));
  await expect(page.getByRole("heading", { level: 1, name: "Put this into your product" })).toBeVisible();
  await expect(page.getByRole("region", { name: "The story" })).toContainText("6 of 6 done");
}

/** Arrows go through the menu of people. */
async function be(visitor: Visitor, keys: Keys, name: string): Promise<void> {
  await keys.press(visitor.page.getByRole("button", { name: /^You are / }));
  await keys.tabTo(visitor.page.getByRole("menuitemradio", { name }), "ArrowDown");
  await visitor.page.keyboard.press("Enter");
  await expect(visitor.page.getByRole("button", { name: `You are ${name}` })).toBeFocused();
}
