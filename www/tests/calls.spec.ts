import { ASK_WEB, expect, test } from "./support/visitor.ts";

test("the call just made is shown as code, with its events, its hash and its time", async ({ visitor, page }) => {
  await visitor.open(ASK_WEB);
  await visitor.become("Noor Haddad");
  await visitor.field("Path").fill("/payments/stripe");
  await visitor.field("Reason").fill("Rotate the webhook secret.");
  await page.getByRole("button", { name: "Ask for access" }).click();
  await visitor.reads("Request sent.");
  await page.getByRole("button", { name: "Show the call" }).click();
  const drawer = page.getByRole("dialog", { name: "The call just made" });
  const call = drawer.getByRole("list", { name: "Commands" }).getByRole("listitem").first();
  await expect(call).toContainText("await engine.requestAccess({ subject: \"noor\" }, {");
  await expect(call).toContainText('justification: "Rotate the webhook secret.",');
  await expect(call.getByText(/^[0-9a-f]{64}$/u)).toBeVisible();
  await expect(call.getByText(/^\d+\.\d ms$/u)).toBeVisible();
  await call.getByText("requestMade", { exact: true }).click();
  await expect(call).toContainText('"type": "requestMade"');
  await visitor.stage("command");
  await drawer.getByRole("tab", { name: "Questions" }).click();
  await expect(drawer.getByRole("list", { name: "Questions" })).toContainText("engine.explain({ subject: \"noor\" }");
  await visitor.stage("questions");
  await drawer.getByRole("button", { name: "Close" }).click();
  await expect(drawer).toBeHidden();
});

test("what falls due is a call, too, and its hash is that of the record", async ({ visitor, page }) => {
  await visitor.open("/requests");
  await visitor.become("Ada Brandt");
  const button = page.getByRole("button", { name: "The call just made" });
  if (!(await button.isVisible())) await page.getByRole("button", { name: "Open the menu" }).click();
  await button.filter({ visible: true }).click();
  const drawer = page.getByRole("dialog", { name: "The call just made" });
  await expect(drawer).toContainText("You have sent no command");
  await drawer.getByRole("button", { name: "Close" }).click();
  await visitor.moveClock("+ 1 day");
  await visitor.goTo("Record");
  const head = await page.getByRole("definition").filter({ hasText: /^[0-9a-f]{64}$/ }).textContent();
  if (!(await button.isVisible())) await page.getByRole("button", { name: "Open the menu" }).click();
  await button.filter({ visible: true }).click();
  await expect(drawer.getByRole("listitem").first()).toContainText("await engine.tick(");
  await expect(drawer.getByRole("listitem").first()).toContainText(head ?? "no head");
});

test("a command that is refused is shown with the refusal", async ({ visitor, page }) => {
  await visitor.open("/people");
  await visitor.become("Mira Kovač");
  await page.getByRole("region", { name: "The story" }).getByRole("button", { name: "Expand the story" }).click();
  await page.getByRole("button", { name: /: Approve it$/ }).click();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await visitor.field("New duration").fill("2");
  await page.getByRole("button", { name: "Shorten" }).click();
  await expect(visitor.field("Note to the requester")).toHaveAttribute("aria-invalid", "true");
  const button = page.getByRole("button", { name: "The call just made" });
  if (!(await button.isVisible())) await page.getByRole("button", { name: "Open the menu" }).click();
  await button.filter({ visible: true }).click();
  const drawer = page.getByRole("dialog", { name: "The call just made" });
  await expect(drawer.getByRole("listitem").first()).toContainText("reason_required");
});
