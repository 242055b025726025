import { AxeBuilder } from "@axe-core/playwright";
import { ASK_WEB, expect, test, type Visitor } from "./support/visitor.ts";

const PAGES = ["/", "/inbox", "/requests", "/requests/new", "/access", "/policies", "/policies?view=list", "/policies?view=health", "/policies/new", "/people", "/permissions", "/permissions/new", "/delegations", "/outbox", "/record", "/record/past", "/simulator", "/product", "/nowhere"];

test("no page has a fault that axe finds, in either colour scheme", async ({ visitor }) => {
  test.slow();
  const { page } = visitor;
  await visitor.open("/requests");
  await visitor.become("Ada Brandt");
  for (const path of PAGES) {
    // oxlint-disable no-await-in-loop -- one page after the other
    await visitor.open(path);
    await expectNoFault(visitor, path);
    // oxlint-enable no-await-in-loop
  }
  await openAmend(visitor);
  await expectNoFault(visitor, "a request that is amended");
  await visitor.become("Ada Brandt");
  await visitor.open("/policies?view=health");
  await page.getByRole("link", { name: /^Fix/u }).first().click();
  await expect(page.getByRole("button", { name: /^Save the policy/u })).toBeVisible();
  await expectNoFault(visitor, "a policy");
  await visitor.become("Mira Kovač");
  await visitor.open("/outbox");
  await page.getByRole("list", { name: "Messages" }).getByRole("link").first().click();
  await page.getByText("Slack", { exact: true }).click();
  await expectNoFault(visitor, "a message in Slack");
  await visitor.open("/requests");
  await page.getByRole("list", { name: "Waiting for you" }).getByRole("link", { name: /^Lena Petit asks/ }).click();
  await expect(page.getByRole("button", { name: "Approve", exact: true })).toBeVisible();
  await expectNoFault(visitor, "a request that waits");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Shorten" }).click();
  await expect(visitor.field("Note to the requester")).toHaveAttribute("aria-invalid", "true");
  await expectNoFault(visitor, "a form that is refused");
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await visitor.reads("Approved");
  await expectNoFault(visitor, "what was done");
  await page.getByRole("button", { name: "Show the call" }).click();
  await expectNoFault(visitor, "the call just made");
  await page.getByRole("tab", { name: "Questions" }).click();
  await expectNoFault(visitor, "the questions of the page");
});

test("neither menus nor dialogs have a fault that axe finds", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/people");
  await visitor.become("Ada Brandt");
  await page.getByRole("button", { name: /^You are / }).click();
  await expect(page.getByRole("menuitemradio", { name: "Ada Brandt" })).toHaveAttribute("aria-checked", "true");
  await expectNoFault(visitor, "the menu of people");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /Move the clock forward$/ }).click();
  await expectNoFault(visitor, "the clock");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Expand the story" }).click();
  await expectNoFault(visitor, "the story");
  await page.getByRole("button", { name: "Collapse the story" }).click();
  await page.getByRole("button", { name: "Disable Noor Haddad" }).click();
  await expect(page.getByRole("dialog").getByRole("button", { name: "Close" })).toBeVisible();
  await expectNoFault(visitor, "a dialog");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Disable Noor Haddad" })).toBeFocused();
  await page.getByRole("button", { name: "Edit Noor Haddad" }).click();
  await expectNoFault(visitor, "a form in a dialog");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Edit Noor Haddad" })).toBeFocused();
  await visitor.open("/record");
  await page.getByRole("button", { name: "Tamper with it" }).click();
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("The record is not intact")).toBeVisible();
  await expectNoFault(visitor, "what was tampered with");
  await page.getByRole("button", { name: "Undo" }).click();
  await visitor.open(ASK_WEB);
  await visitor.become("Remy Castillo");
  await visitor.field("Path").fill("/payments/gateway");
  await visitor.field("Reason").fill("Card payments fail.");
  await page.getByRole("button", { name: "Break the glass" }).click();
  await expectNoFault(visitor, "the glass");
});

test("nothing is cut off where there is little room", async ({ visitor }) => {
  test.skip(test.info().project.name === "1440", "the width is its own");
  const { page } = visitor;
  await page.setViewportSize({ width: 320, height: 640 });
  await visitor.open("/requests");
  await visitor.become("Ada Brandt");
  for (const path of PAGES) {
    // oxlint-disable no-await-in-loop -- one page after the other
    await visitor.open(path);
    await visitor.stage(`narrow${path.replaceAll(/\W+/gu, "-")}`);
    // oxlint-enable no-await-in-loop
  }
  await visitor.open("/requests");
  await page.getByRole("list", { name: "Requests" }).getByRole("link").first().click();
  await expect(page.getByRole("region", { name: "Steps" })).toBeVisible();
  await visitor.stage("narrow-request");
  await openAmend(visitor);
  await visitor.stage("narrow-amend");
});

test("where the visitor forces colours, edges say what is chosen", async ({ visitor }) => {
  const { page } = visitor;
  await page.emulateMedia({ forcedColors: "active" });
  for (const path of PAGES) {
    // oxlint-disable no-await-in-loop -- one page after the other
    await visitor.open(path);
    const edgeless = await page.evaluate(() => {
      const chosen = [...document.querySelectorAll("[aria-current], [aria-selected=true], [aria-pressed=true], .mantine-SegmentedControl-label[data-active]")];
      const drawn = [...document.querySelectorAll(".mantine-Button-root, .mantine-Badge-root, .mantine-Switch-track, section[aria-labelledby]")];
      return [
        ...chosen.filter((it) => getComputedStyle(it).outlineStyle === "none"),
        ...drawn.filter((it) => getComputedStyle(it).borderStyle === "none"),
      ].map((it) => it.outerHTML.slice(0, 120));
    });
    expect(edgeless, path).toEqual([]);
    // oxlint-enable no-await-in-loop
  }
  await visitor.open("/inbox");
  // On a phone the list and what is chosen of it are not seen at once.
  if (test.info().project.name === "1440") {
    const row = page.getByRole("list", { name: "Waiting for you" }).locator("[aria-current=true]");
    await row.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    await expect(row, "what is chosen and has the focus").toHaveCSS("outline-style", "dashed");
  }
  await visitor.stage("forced-chosen");
  await visitor.open("/delegations");
  await visitor.field("Delegate").focus();
  await visitor.stage("forced-focus");
});

async function openAmend(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.become("Noor Haddad");
  await visitor.open(ASK_WEB);
  await visitor.field("Reason").fill("Compare the cache keys.");
  await page.getByRole("button", { name: "Ask for access" }).click();
  await page.getByRole("button", { name: "Amend", exact: true }).click();
  await expect(page.getByRole("button", { name: "Amend the request" })).toBeVisible();
}

async function expectNoFault({ page }: Visitor, what: string): Promise<void> {
  // A colour that is on its way is none that anybody reads.
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  // A mail is a document of its own, as its reader has it: frames are not looked into.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({
      rules: {
        "label-content-name-mismatch": { enabled: true },
        // Advice about landmarks, and the dialogs of the library are none: no fault of WCAG.
        "landmark-no-duplicate-banner": { enabled: false },
        "landmark-unique": { enabled: false },
        region: { enabled: false },
      },
    });
  const light = await axe.analyze();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await new AxeBuilder({ page }).setLegacyMode().withRules(["color-contrast"]).analyze();
  const faults = [...light.violations, ...dark.violations].flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id} ${html}: ${failureSummary}`));
  expect(faults, what).toEqual([]);
}
