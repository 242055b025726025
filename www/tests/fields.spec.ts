import { ASK_WEB, expect, test } from "./support/visitor.ts";

test("a cleared field asks for nothing, and says so", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open(ASK_WEB);
  await visitor.become("Noor Haddad");
  const preview = page.getByRole("region", { name: "What would happen" });
  await visitor.field("Reason").fill("Rotate keys.");
  await expect(preview).toContainText("The request would be accepted");

  for (const [label, field] of [
    ["Path", visitor.field("Path")],
    ["Environment", visitor.field("Environment")],
    ["For how long", visitor.field("For how long")],
  ] as const) {
    // oxlint-disable no-await-in-loop -- one field after the other
    const before = await field.inputValue();
    await field.fill("");
    await page.keyboard.press("Tab");
    await expect(preview, label).toContainText("the request would be refused");
    await field.fill(before);
    await expect(preview, label).toContainText("The request would be accepted");
    // oxlint-enable no-await-in-loop
  }
  await page.getByText("Environment", { exact: true }).first().click();
  await visitor.field("Environment").fill("");
  await expect(preview).toContainText("the request would be refused");
});

test("all that is wrong stands at its fields at once, in words", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open(ASK_WEB);
  await visitor.become("Noor Haddad");
  await visitor.field("Path").fill("web");
  await visitor.field("For how long").fill("");
  await visitor.field("Ticket").fill("http://tickets.example/1");
  await visitor.field("Ticket").press("Enter");
  await expect(visitor.field("Path")).toBeFocused();
  await expect(visitor.field("Path")).toHaveAccessibleDescription(/is not absolute: start it with/);
  await expect(visitor.field("For how long")).toHaveAccessibleDescription(/give a length such as 4 hours/);
  await expect(visitor.field("Ticket")).toHaveAccessibleDescription(/https/);
  await expect(page.locator("#main")).not.toContainText(/target\.path|requestAccess\.|`/);
  await visitor.stage("request-faults");
  await visitor.field("Path").fill("/web");
  await expect(visitor.field("Path")).not.toHaveAttribute("aria-invalid", "true");
});

test("the fields of a policy say all that is wrong with them", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/policies/new");
  await visitor.become("Ada Brandt");
  await visitor.field("Environments").press("Backspace");
  await visitor.field("Paths").fill("payments");
  await visitor.field("Paths").press("Enter");
  await visitor.field("Paths").fill("web");
  await visitor.field("Longest access").fill("");
  await visitor.field("Rejections that end the request").fill("");
  await page.getByRole("button", { name: "Make the policy" }).click();
  await expect(visitor.field("Name")).toBeFocused();
  await expect(visitor.field("Environments")).toHaveAccessibleDescription(/name an environment/i);
  await expect(visitor.field("Paths")).toHaveAccessibleDescription(/payments is not absolute.*web is not absolute/);
  await expect(visitor.field("Longest access")).toHaveAccessibleDescription(/give a length/);
  await expect(visitor.field("Approvers")).toHaveAccessibleDescription(/names no approvers/);
  await expect(visitor.field("Rejections that end the request")).toHaveAttribute("aria-invalid", "true");
  await visitor.stage("policy-faults");
});

test("a policy that is saved as it was makes no version", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/policies");
  await visitor.become("Ada Brandt");
  await page.getByRole("treeitem", { name: /^\/payments/ }).click();
  await page.getByRole("link", { name: "Edit this policy" }).click();
  await page.getByRole("button", { name: "Save the policy" }).click();
  await expect(page.getByText("There is nothing to save yet: change something first.")).toBeVisible();
  await page.getByRole("radio", { name: "Cancel them" }).check();
  await page.getByRole("button", { name: "Save the policy as version 2 and cancel 2 requests" }).click();
  await visitor.reads("The policy “Payments in production” is unchanged");
  await page.getByRole("tab", { name: "List" }).click();
  await expect(page.getByRole("region", { name: "Payments in production" })).toContainText("Version 1");
});

test("what is half written is there again, for the person who wrote it", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open(ASK_WEB);
  await visitor.become("Noor Haddad");
  await visitor.field("Reason").fill("Half a thought");
  await visitor.become("Theo Lindqvist");
  await expect(visitor.field("Reason")).toHaveValue("");
  await visitor.become("Noor Haddad");
  await expect(visitor.field("Reason")).toHaveValue("Half a thought");
  await visitor.goTo("Policies");
  await page.goBack();
  await expect(visitor.field("Reason")).toHaveValue("Half a thought");
  await page.reload();
  await expect(visitor.field("Reason")).toHaveValue("Half a thought");
  await page.getByRole("button", { name: "Reset the form" }).click();
  await page.getByRole("button", { name: "Reset", exact: true }).click();
  await expect(visitor.field("Reason")).toHaveValue("");
  await page.reload();
  await expect(visitor.field("Reason")).toHaveValue("");

  await visitor.become("Ada Brandt");
  await visitor.open("/policies/new");
  await visitor.field("Name").fill("Half a policy");
  await visitor.goTo("Record");
  await page.goBack();
  await expect(visitor.field("Name")).toHaveValue("Half a policy");
});
