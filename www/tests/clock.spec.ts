import { expect, test } from "./support/visitor.ts";

test("the clock jumps to the next event, and says what happened", async ({ visitor, page }) => {
  await visitor.open("/access");
  await visitor.become("Ada Brandt");
  const all = page.getByRole("region", { name: "All live access" });
  await expect(all).toContainText("/payments/webhooks");
  await page.getByRole("button", { name: /Move the clock forward$/ }).click();
  const clock = page.getByRole("dialog");
  const next = clock.getByRole("button", { name: "Next event" });
  await expect(clock).toContainText("Due in");
  // Somebody may be reminded before.
  for (const happening of ["is about to end", "ended: its time was up"]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(async () => {
      await next.click();
      await expect(clock).toContainText(happening, { timeout: 2000 });
    }).toPass();
  }
  await expect(next).toBeFocused();
  await visitor.stage("next-event");
  await page.keyboard.press("Escape");
  await expect(all).not.toContainText("/payments/webhooks");
});
