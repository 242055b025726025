import { expect, test } from "./support/visitor.ts";

test("the clock jumps to the next event, and says what happened", async ({ visitor, page }) => {
  await visitor.open("/access");
  await visitor.become("Noor Haddad");
  const mine = page.getByRole("region", { name: "Live and scheduled" });
  await expect(mine).toContainText("in staging");
  await page.getByRole("button", { name: /Move the clock forward$/ }).click();
  const clock = page.getByRole("dialog");
  await expect(clock).toContainText("It is due in");
  await clock.getByRole("button", { name: "Next event" }).click();
  await expect(clock).toContainText("is about to end");
  await clock.getByRole("button", { name: "Next event" }).click();
  await expect(clock).toContainText("ended: its time was up");
  await expect(clock.getByRole("button", { name: "Next event" })).toBeFocused();
  await visitor.stage("next-event");
  await page.keyboard.press("Escape");
  await expect(mine).toContainText("No access at the moment.");
});
