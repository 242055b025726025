import { ASK_WEB, expect, test } from "./support/visitor.ts";

test("a form starts neutral, shows who governs a folder, and pictures who must agree", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/requests/new");
  await visitor.become("Noor Haddad");
  const preview = page.getByRole("region", { name: "What would happen" });
  await expect(visitor.field("Path")).toHaveValue("");
  await expect(preview).not.toContainText("refused");
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
  await visitor.stage("neutral");

  await visitor.field("Environment").fill("production");
  await page.keyboard.press("Escape");
  await visitor.field("Path").click();
  await page.getByRole("option", { name: /^\/payments\s*Payments in production$/ }).click();
  await visitor.field("Actions").fill("read");
  await visitor.field("Actions").press("Enter");
  await visitor.field("Reason").fill("Rotate the webhook secret.");
  const steps = preview.getByRole("list", { name: "Steps" }).getByRole("listitem");
  await expect(steps).toHaveText([/2 of 3.*Mira Kovač/, /1 of 2.*Theo Lindqvist/, /access/]);
  await page.getByText("Until when", { exact: true }).click();
  await expect(visitor.field("Until the time")).toHaveValue(/^\d\d:\d\d$/);
  await expect(preview).toContainText("The request would be accepted");
  await visitor.stage("pictured");
  await page.getByText("How long", { exact: true }).click();
  await expect(visitor.field("For how long")).toHaveValue("4");
});

test("what can be asked for is a list, and each entry a form half filled in", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/access");
  await visitor.become("Noor Haddad");
  const offers = page.getByRole("list", { name: "What I can ask for" });
  await expect(offers).toContainText("Reading anywhere");
  await visitor.stage("askable");
  await offers.getByRole("link", { name: "Ask to read and write everything under /payments in production" }).click();
  await expect(visitor.field("Path")).toHaveValue("/payments");
});

test("what comes of breaking the glass is said before the button", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open(`/requests/new?environment=production&path=${encodeURIComponent("/payments/gateway")}&actions=${encodeURIComponent('["read"]')}`);
  await visitor.become("Remy Castillo");
  await visitor.field("Reason").fill("Card payments fail.");
  await expect(page.getByText("You get access at once, for at most 1 hour.")).toBeVisible();
  await visitor.stage("glass");
  await page.getByRole("button", { name: "Break the glass" }).click();
  await expect(page.getByText("You get access at once, for at most 1 hour.")).toBeVisible();
});

test("several targets are asked for at once, each under its own policy", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open(ASK_WEB);
  await visitor.become("Noor Haddad");
  const preview = page.getByRole("region", { name: "What would happen" });
  await visitor.field("Reason").fill("Compare the webhook secrets.");
  await page.getByRole("button", { name: "Add a target" }).click();
  await page.getByRole("button", { name: "Ask for access" }).click();
  await expect(visitor.field("Path 2")).toHaveAttribute("aria-invalid", "true");
  await visitor.field("Path 2").fill("/payments/webhooks");
  await page.keyboard.press("Escape");
  await expect(preview.getByRole("region", { name: "Target 2" })).toContainText("Payments in production");
  await visitor.stage("bundle");
  await page.getByRole("button", { name: "Add a target" }).click();
  await page.getByRole("button", { name: "Remove target 3" }).click();
  await expect(page.getByRole("button", { name: "Add a target" })).toBeFocused();
  await page.getByRole("button", { name: "Ask for access" }).click();
  await visitor.reads("2 requests sent: each is decided on its own.");

  const together = page.getByRole("region", { name: "Requested together" });
  await expect(together.getByRole("listitem")).toContainText("/payments/webhooks");
  await visitor.stage("together");
  await together.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: /webhooks/ })).toBeVisible();
  await page.getByRole("button", { name: "Cancel the request" }).click();
  await page.getByRole("checkbox", { name: "Cancel all 2 pending requests that were made together" }).check();
  await page.getByRole("button", { name: "Cancel it now" }).click();
  await visitor.reads("Cancelled: 2 requests have ended.");
  await expect(together.getByRole("listitem")).toContainText("Cancelled");
});
