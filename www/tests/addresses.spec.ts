import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { expect, test, Visitor } from "./support/visitor.ts";

test("an address that somebody has bent shows a page all the same", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/requests?text=88120&status=%5B1%5D&environment=true");
  await expect(visitor.field("Search")).toHaveValue("88120");
  await expect(page.getByRole("list", { name: "Requests" })).toContainText("Kofi Mensah");
  await visitor.open("/requests/new?path=5&actions=%7B%7D");
  await expect(page.getByRole("button", { name: "Ask for access" })).toBeVisible();
  await visitor.open("/record/past?version=soon");
  for (const search of ["seed=1.5", "seed=-1", "seed=1e300", "seed=1&broken=5"]) {
    // oxlint-disable no-await-in-loop -- one address after the other
    await visitor.open("/");
    await visitor.open(`/simulator?${search}`);
    await expect(page.getByRole("heading", { name: /truths hold$/u })).toBeVisible();
    await expect(page).toHaveURL(/seed=1$/u);
    // oxlint-enable no-await-in-loop
  }
  await visitor.open("/simulator?seed=42");
  await expect(visitor.field("Seed"), "a link followed on the page itself").toHaveAttribute("placeholder", "42");
});

test("Back closes what is open over a page", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/requests");
  await visitor.become("Ada Brandt");
  await visitor.goTo("People");
  await page.getByRole("button", { name: "Disable Mira Kovač" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Requests" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.goForward();
  await page.getByRole("button", { name: /Move the clock forward$/u }).click();
  await expect(page.getByRole("button", { name: "+ 1 hour" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Requests" })).toBeVisible();
  await expect(page.getByRole("button", { name: "+ 1 hour" })).toBeHidden();
});

test("a link that carries no project says so", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/requests");
  for (const project of ["", "%00", "x"]) {
    // oxlint-disable no-await-in-loop -- one link after the other
    await page.goto("about:blank");
    await page.goto(`${Visitor.address}#/requests?project=${project}`);
    await expect(page.getByRole("heading", { level: 1, name: "This link could not be opened" }), project).toBeVisible();
    // oxlint-enable no-await-in-loop
  }
});

test("the second click of a slow double click approves nothing else", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/inbox");
  const rows = page.getByRole("list", { name: "Waiting for you" }).locator("> li");
  const count = await rows.count();
  const button = page.getByRole("button", { name: /^Approve Lena Petit/u });
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await button.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.click(x + width / 2, y + height / 2);
  await expect(rows).toHaveCount(count - 1);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await visitor.reads(/^Approved/u);
  await expect(rows).toHaveCount(count - 1);
});

test("a link whose time is impossible leads back to one's own project", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open();
  const menu = page.getByRole("button", { name: "Open the menu" });
  if (await menu.isVisible()) await menu.click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save file" }).click();
  const file = readFileSync(await (await download).path(), "utf8");
  for (const time of ["1e300", "8640000000000000"]) {
    // oxlint-disable no-await-in-loop -- one link after the other
    await page.goto("about:blank");
    await page.goto(`${Visitor.address}#/?project=${deflateRawSync(`${time}\n${file}`).toString("base64url")}`);
    await expect(page.getByRole("heading", { name: "This link could not be opened" })).toBeVisible();
    await page.getByRole("button", { name: "Open my project" }).click();
    await expect(page.getByRole("heading", { name: "Access when you need it, gone when you don’t" })).toBeVisible();
    await expect(page.getByText("This is a copy that was shared with you")).toBeHidden();
    // oxlint-enable no-await-in-loop
  }
});
