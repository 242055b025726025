import { expect, test } from "./support/visitor.ts";

test("what is tampered with in the record is found out, and can be undone", async ({ visitor, page }) => {
  await visitor.open("/record");
  await visitor.become("Ada Brandt");
  await page.getByRole("button", { name: "Tamper with it" }).click();
  await expect(page.getByText("Where Sam Oyelaran said “approve”, the record now says “reject”.", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("The record is not intact")).toBeVisible();
  await expect(page.getByText(/^The first bad commit is version \d+\.$/u)).toBeVisible();
  await visitor.stage("found-out");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("was changed in the stored record")).toBeHidden();
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("The record is intact")).toBeVisible();
  await expect(page.getByRole("list", { name: "Entries" }).getByRole("listitem")).not.toHaveCount(0);
});

test("the engine does not open a record that was tampered with, until that is undone", async ({ visitor, page }) => {
  await visitor.open("/record");
  await page.getByRole("button", { name: "Tamper with it" }).click();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "The demo could not be opened" })).toBeVisible();
  await visitor.stage("not-opened");
  await page.getByRole("button", { name: "Undo the tampering" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Record" })).toBeVisible();
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("The record is intact")).toBeVisible();
});
