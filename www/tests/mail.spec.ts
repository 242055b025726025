import { ASK_WEB, expect, test } from "./support/visitor.ts";

test("a mail is what SMTP and Slack would be handed, and is opened as whoever got it", async ({ visitor, page }) => {
  await visitor.open("/outbox");
  await page.getByRole("list", { name: "Messages" }).getByRole("link").filter({ hasText: /^Theo Lindqvist · / }).first().click();
  await expect(page.getByText("access@fernwood.example")).toBeVisible();
  await page.getByText("Other headers").click();
  await expect(page.getByText(/^<ntc_\d+_\d+\.\w{32}@127\.0\.0\.1>$/u)).toBeVisible();
  await visitor.stage("mail");
  await page.getByText("Text", { exact: true }).click();
  await expect(page.locator("pre")).toContainText("http");
  await page.getByText("Slack", { exact: true }).click();
  const slack = page.getByRole("region", { name: "The message in Slack" });
  await expect(slack).toContainText("For Theo Lindqvist · Access requests");
  await visitor.stage("slack");
  await page.getByRole("link", { name: "Open as Theo Lindqvist" }).click();
  await expect(page.getByRole("button", { name: "You are Theo Lindqvist" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: /: / })).toBeVisible();
});

test("while the mail server is down mails wait, are tried again later, and go out when it is back", async ({ visitor, page }) => {
  await visitor.open("/outbox");
  await page.getByRole("switch", { name: "Make mail delivery fail" }).click();
  await visitor.open(ASK_WEB);
  await visitor.field("Path").fill("/payments/stripe");
  await visitor.field("Reason").fill("Rotate the webhook secret.");
  await page.getByRole("button", { name: "Ask for access" }).click();
  await visitor.reads("Request sent.");
  await visitor.goTo("Outbox");
  const left = page.getByRole("region", { name: "Not delivered" });
  await expect(left).toContainText("Waiting after 1 attempt: ");
  await expect(left).toContainText("the mail server does not answer");
  await visitor.stage("not-delivered");
  await visitor.moveClock("+ 15 min");
  await expect(left).toContainText("Waiting after 2 attempts");
  await page.getByRole("switch", { name: "Make mail delivery fail" }).click();
  await left.getByRole("button", { name: "Send again" }).click();
  await expect(left).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Messages" }).getByRole("link", { name: /stripe/u }).first()).toBeVisible();
});
