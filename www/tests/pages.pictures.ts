import { test } from "./support/visitor.ts";

const PAGES = ["/", "/inbox", "/requests", "/requests/new", "/access", "/policies", "/policies?view=list", "/policies?view=health", "/policies/new", "/people", "/outbox", "/record", "/simulator", "/product", "/permissions", "/permissions/new", "/delegations", "/record/past"];

test("each page", async ({ visitor, page }) => {
  await visitor.open("/requests");
  await visitor.become("Ada Brandt");
  for (const path of PAGES) {
    // oxlint-disable no-await-in-loop -- one page after the other
    await visitor.open(path);
    await visitor.stage(path.replaceAll(/\W+/gu, "-").slice(1) || "start");
    // oxlint-enable no-await-in-loop
  }
  await page.getByRole("button", { name: /Move the clock forward$/ }).click();
  await visitor.stage("clock");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^You are / }).click();
  await visitor.stage("people-to-be");
});
