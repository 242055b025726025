import { readFile } from "node:fs/promises";
import { AccessEngine, createHost } from "access-engine";
import { filledStore, linesOf, readProject, sampleProject } from "../src/engine/project.ts";
import { ASK_WEB, expect, test, Visitor } from "./support/visitor.ts";

const ASKED = "Rotate the webhook secret.";

test("a link shows a colleague the very request, beside the colleague's own project", async ({ visitor, page, browser }, info) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await visitor.open(ASK_WEB);
  await visitor.become("Noor Haddad");
  await visitor.field("Path").fill("/payments/stripe");
  await visitor.field("Reason").fill(ASKED);
  await page.getByRole("button", { name: "Ask for access" }).click();
  await visitor.reads("Request sent.");
  await visitor.moveClock("+ 1 day");
  await page.locator("#main").getByRole("button", { name: "Copy link" }).click();
  await expect(page.locator("#main").getByRole("button", { name: "Link copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(32 * 1024);

  const context = await browser.newContext(page.viewportSize() === null ? {} : { viewport: page.viewportSize() });
  const colleague = new Visitor(await context.newPage(), info.project.name);
  const main = colleague.page.locator("#main");
  await colleague.open("/access");
  // Only the end of the address changes.
  await colleague.page.goto(link);
  await expect(main).toContainText("This is a copy that was shared with you");
  await expect(main).toContainText(ASKED);
  await expect(colleague.page).not.toHaveURL(/project=/u);
  await expect(colleague.page.getByRole("button", { name: /Move the clock forward$/ })).toHaveAttribute("data-moved", "true");
  await colleague.page.getByRole("button", { name: "Approve", exact: true }).click();
  await colleague.reads(/^Approved/u);
  await colleague.page.reload();
  await expect(main, "what was done in the copy").toContainText("Mira Kovač");
  await expect(main.getByRole("button", { name: "Approve", exact: true })).toHaveCount(0);
  await colleague.stage("shared-copy");

  await main.getByRole("button", { name: "Back to my project" }).click();
  await colleague.open("/requests");
  await expect(main).not.toContainText("shared with you");
  await expect(colleague.page.getByRole("list", { name: "Requests" })).toContainText("Lena Petit");
  await expect(colleague.page.getByRole("list", { name: "Requests" })).not.toContainText("/payments/stripe");

  await colleague.page.goto(link);
  await main.getByRole("button", { name: "Keep this copy" }).click();
  await colleague.page.getByRole("button", { name: "Replace my project" }).click();
  await expect(main).toContainText(ASKED);
  await expect(main).not.toContainText("shared with you");
  await colleague.page.goto(link.slice(0, -2000));
  await expect(colleague.page.getByRole("heading", { level: 1, name: "This link could not be opened" })).toBeVisible();
  await colleague.stage("link-cut-off");
  await colleague.page.getByRole("button", { name: "Open my project" }).click();
  await expect(colleague.page.getByRole("button", { name: /^You are / })).toBeVisible();
  await context.close();
});

test("a project is saved as a file, emptied, and opened again; what is no record is refused", async ({ visitor, page }) => {
  await visitor.open("/requests");
  await visitor.become("Ada Brandt");
  const menu = async () => {
    const button = page.getByRole("button", { name: "Open the menu" });
    if (await button.isVisible()) await button.click();
  };
  await menu();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save file" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("fernwood-pay.ndjson");
  const file = await readFile(await saved.path(), "utf8");
  expect(JSON.parse(file.split("\n")[0] ?? "")).toMatchObject({ version: 1, project: "fernwood-pay" });

  await page.getByRole("button", { name: "Start empty" }).click();
  await page.getByRole("button", { name: "Throw away and start empty" }).click();
  await expect(page.getByText("There are no policies: nothing can be asked for.")).toBeVisible();
  await expect(page.getByRole("button", { name: "You are Ada Brandt" })).toBeVisible();
  await visitor.stage("empty-policies");
  for (const [path, words] of [
    ["/", "Access when you need it"],
    ["/inbox", "Nothing is waiting for you."],
    ["/requests", "No requests yet"],
    ["/access", "You have no access right now."],
    ["/people", "There are no groups."],
    ["/outbox", "No messages yet."],
    ["/record", "Commits1"],
  ] as const) {
    // oxlint-disable no-await-in-loop -- one page after the other
    await visitor.open(path);
    await expect(page.locator("#main")).toContainText(words);
    await visitor.stage(`empty${path.replace("/", "-")}`);
    // oxlint-enable no-await-in-loop
  }

  await menu();
  const choose = (text: string) => page.getByLabel("Project file").setInputFiles({ name: "a.ndjson", mimeType: "application/x-ndjson", buffer: Buffer.from(text) });
  const dialog = page.getByRole("dialog");
  await page.route("**/reading.worker*", (route) => route.abort());
  await choose(file);
  await expect(dialog.getByRole("alert")).toHaveText("It could not be loaded.");
  await expect(dialog.getByRole("button", { name: "Replace my project" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Keep my project" }).click();
  await page.unroute("**/reading.worker*");
  await choose(file.replace("Checkout has been slow", "Checkout is fast"));
  await expect(dialog).toContainText("is not what was hashed");
  await expect(dialog.getByRole("button", { name: "Replace my project" })).toBeDisabled();
  await visitor.stage("file-refused");
  await dialog.getByRole("button", { name: "Keep my project" }).click();
  await choose("no project at all");
  await expect(dialog).toContainText("corrupt_record");
  await dialog.getByRole("button", { name: "Keep my project" }).click();
  await choose(file);
  await expect(dialog).toContainText("This file holds");
  await dialog.getByRole("button", { name: "Replace my project" }).click();
  await expect(page.getByRole("region", { name: "The story" })).toContainText("0 of 6 done");
  await visitor.goTo("Outbox");
  await expect(page.getByRole("list", { name: "Messages" }).getByRole("listitem")).not.toHaveCount(0);
});

test("policies of Infisical are pasted in: what becomes of each is read before they are made", async ({ visitor, page }) => {
  await visitor.open("/policies");
  await visitor.become("Ada Brandt");
  await page.getByRole("button", { name: "Import from Infisical" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("JSON").fill("{ no json");
  await expect(dialog).toContainText("This is not JSON");
  await dialog.getByRole("button", { name: "Fill in an example" }).click();
  await expect(dialog).toContainText("2 of 3 policies can be imported.");
  const report = dialog.getByRole("list", { name: "Policies found" }).locator("> li");
  await expect(report.filter({ hasText: "Mail templates" })).toContainText("can be imported");
  await expect(report.filter({ hasText: "Old shop" })).toContainText("unknown_subject");
  await visitor.stage("infisical");
  await dialog.getByRole("button", { name: "Import 2 policies" }).click();
  await visitor.reads("2 policies are in force.");
  await page.getByRole("tab", { name: "List" }).click();
  await expect(page.getByRole("heading", { name: "Search index" })).toBeVisible();
});

test("a project that is saved and opened has the mails that it had", async () => {
  const { commits, mails } = await sampleProject(new Date(2026, 10, 23, 15).getTime());
  const opened = await readProject(linesOf(commits));
  expect(opened.commits).toEqual(commits);
  // What was over before its mail was made, as commits came at once, is told here.
  expect(opened.mails.map(({ id }) => id)).toEqual(expect.arrayContaining(mails.map(({ id }) => id)));
});

test("whenever one comes, the sample has requests in every state", async () => {
  const monday = new Date(2026, 10, 23, 0, 17).getTime();
  for (let hours = 0; hours < 7 * 24; hours += 13) {
    const present = monday + hours * 3_600_000;
    // oxlint-disable no-await-in-loop -- one visit after the other
    const { commits } = await sampleProject(present);
    const host = createHost({ store: await filledStore(commits), mailer: false, now: () => present });
    using engine = await AccessEngine.open({ project: "fernwood-pay", host });
    // oxlint-enable no-await-in-loop
    const { counts } = engine.requests("host");
    expect(counts, String(new Date(present))).toEqual({ pending: 6, approved: 8, rejected: 1, cancelled: 1, expired: 1 });
    expect(engine.grants("host").counts).toEqual({ live: 3, scheduled: 1, ended: 4 });
    expect(engine.analyze("host").map(({ code }) => code)).toContain("request_stuck");
    expect(engine.inbox({ subject: "mira" }).items.map(({ task }) => task)).toEqual(["acknowledge", "review", "review", "review"]);
  }
});
