import { test as unwatched } from "@playwright/test";
import { ASK_WEB, expect, test, Visitor } from "./support/visitor.ts";

test("two tabs are two people in one world: what one does reaches the other at once", async ({ visitor, page }, info) => {
  await visitor.open("/requests");
  await visitor.become("Noor Haddad");
  const other = new Visitor(await page.context().newPage(), info.project.name);
  await other.open("/requests");
  await other.become("Theo Lindqvist");
  await page.reload();
  await expect(page.getByRole("button", { name: /You are Noor Haddad/ })).toBeVisible();
  await other.page.reload();
  await expect(other.page.getByRole("button", { name: /You are Theo Lindqvist/ })).toBeVisible();

  await visitor.open("/access");
  await expect(page.getByRole("region", { name: "Live and scheduled" })).toContainText("in staging");
  await other.moveClock("+ 1 day");
  await other.moveClock("+ 1 day");
  await expect(page.getByRole("region", { name: "Ended" })).toContainText("its time was up", { timeout: 3000 });
  await expect(page.getByRole("button", { name: /Move the clock forward/ })).toHaveAttribute("data-moved", "true");

  await other.open("/outbox");
  const newest = other.page.getByRole("list", { name: "Messages" }).getByRole("link").first();
  const before = await newest.getAttribute("href");
  await visitor.open(ASK_WEB);
  await visitor.field("Reason").fill("Compare the cache keys.");
  await page.getByRole("button", { name: "Ask for access" }).click();
  await visitor.reads("Request sent");
  await expect(newest).not.toHaveAttribute("href", before ?? "", { timeout: 3000 });
});

test("a browser that keeps nothing has the demo all the same, and says what that means", async ({ visitor, page }) => {
  await page.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
  await visitor.open("/people");
  await visitor.become("Ada Brandt");
  await expect(page.getByText("This browser keeps nothing for this page")).toBeVisible();
  await visitor.moveClock("+ 1 hour");
  await visitor.goTo("Record");
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("The record is intact")).toBeVisible();
  await visitor.goTo("Outbox");
  await expect(page.getByRole("list", { name: "Messages" }).getByRole("listitem")).not.toHaveCount(0);
  await visitor.stage("keeps-nothing");
});

// The browser itself complains on the console.
unwatched("an engine that does not load costs nothing: the page offers to try again", async ({ page }, info) => {
  const visitor = new Visitor(page, info.project.name);
  await visitor.open("/access");
  await visitor.become("Noor Haddad");
  await page.getByRole("button", { name: "Give it back" }).click();
  await page.getByRole("button", { name: "Give it back now" }).click();
  await visitor.reads("Given back");
  // The file, and the copy of it that is a module.
  const isEngine = /\.wasm$|\/inline-[^/]*\.js$/;
  await page.route(isEngine, (route) => route.abort());
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "The demo could not be opened" })).toBeVisible();
  await expect(page.getByText("Nothing that is stored was touched.", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: /Throw away/ })).toHaveCount(0);
  await page.unroute(isEngine);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("region", { name: "Ended" })).toContainText("given back by its holder");
});
