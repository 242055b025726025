import { expect, test } from "./support/visitor.ts";

test("the story is on every page, says what is there, unfolds, and can be put away and found again", async ({ visitor, page }) => {
  await visitor.open("/people");
  const story = page.getByRole("region", { name: "The story" });
  await expect(story).toContainText("Make a policy");
  await page.getByRole("button", { name: "Expand the story" }).click();
  const steps = story.getByRole("listitem");
  await expect(steps).toHaveCount(6);
  await expect(steps.filter({ hasText: "Approve it" })).toContainText("Lena Petit asks to read /payments/payouts in production: step 1 of 2 is open.");
  await expect(steps.filter({ hasText: "Watch access end" })).toContainText("Noor Haddad can read everything in staging");
  await visitor.stage("unfolded");

  await page.getByRole("button", { name: /: Approve it$/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Lena Petit/ })).toBeVisible();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await visitor.reads("Approved: the next step is open.");
  await expect(steps.filter({ hasText: "Approve it" })).toContainText("step 2 of 2 is open.");

  await page.getByRole("button", { name: "Hide the story" }).click();
  await expect(story).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: /^Lena Petit/ })).toBeVisible();
  await expect(story).toHaveCount(0);
  const menu = page.getByRole("button", { name: "Open the menu" });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("button", { name: "Show the story" }).click();
  await expect(story).toBeVisible();
});

test("the story says of the one who plays a step why it is closed, whoever reads it", async ({ visitor, page }) => {
  await visitor.open("/people");
  await visitor.become("Ada Brandt");
  await page.getByRole("button", { name: "Edit On call" }).click();
  await visitor.field("Members").press("Backspace");
  await visitor.field("Members").press("Backspace");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await visitor.reads("On call is changed.");
  await page.getByRole("button", { name: "Expand the story" }).click();
  const step = page.getByRole("region", { name: "The story" }).getByRole("listitem").filter({ hasText: "Break the glass" });
  await expect(step).toContainText("Remy Castillo is refused: this person may not break the glass");
});

test("the code at the end of the story does what it says", async ({ visitor, page }) => {
  await visitor.open("/product");
  await expect(page.getByRole("figure", { name: "The code for Node" })).toContainText("AccessEngine.open");
  await expect(page.getByRole("figure", { name: "The code for React" })).toContainText("useCommand");
  const said: unknown[] = [];
  const { log } = console;
  console.log = (...words: unknown[]) => void said.push(...words);
  try {
    await import("../src/pages/product/node.ts");
  } finally {
    console.log = log;
  }
  expect(said.at(-1)).toBe(true);
});

test("the story points at what to press, and who goes on with it keeps the focus", async ({ visitor, page }, info) => {
  await visitor.open("/policies");
  const story = page.getByRole("region", { name: "The story" });
  await story.getByRole("button", { name: "As Ada" }).press("Enter");
  await expect(story).toContainText("Press “Make a policy”.");
  await expect(story).toBeFocused();
  await expect(page.getByRole("button", { name: "Make a policy" })).toHaveCSS("outline-style", "solid");
  if (info.project.name === "390") expect((await story.boundingBox())?.height).toBeLessThan(50);
});
