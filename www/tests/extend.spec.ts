import { expect, test } from "./support/visitor.ts";

test("access that ends is extended by a request that carries it on", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/access");
  await visitor.become("Noor Haddad");
  await page.getByRole("link", { name: /^Extend: / }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Extend access" })).toBeVisible();
  await page.getByRole("group", { name: "Usual lengths" }).getByRole("button", { name: "1 hour", exact: true }).click();
  await expect(visitor.field("For how long")).toHaveValue("1");
  await visitor.field("Reason").fill("The work takes an hour more.");
  await expect(page.getByText("The request would be accepted")).toBeVisible();
  await visitor.stage("extend");
  await page.getByRole("button", { name: "Ask to extend" }).click();
  await visitor.reads("Request sent.");
});
