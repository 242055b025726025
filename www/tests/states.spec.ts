import { ASK_WEB, expect, test, type Visitor } from "./support/visitor.ts";

test("a search that finds nothing says so and can be taken back", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/requests");
  await visitor.field("Search").fill("zzz");
  await expect(page.getByText("No request matches these filters.")).toBeVisible();
  await visitor.stage("no-request-matches");
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(page.getByRole("list", { name: "Requests" }).getByRole("listitem")).not.toHaveCount(0);
  await page.getByText(/^Rejected \d/).click();
  await expect(page.getByRole("list", { name: "Requests" }).getByRole("listitem")).toHaveCount(1);
});

test("a request that one may not see is like one that does not exist", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/requests");
  await page.getByRole("list", { name: "Requests" }).getByRole("link", { name: "Lena Petit" }).first().click();
  await expect(page.getByRole("region", { name: "Steps" })).toBeVisible();
  await visitor.become("Noor Haddad");
  await expect(page.getByRole("heading", { level: 1, name: "Request not found" })).toBeVisible();
  const message = (await page.getByRole("alert").textContent())?.replace(/req_\w+/u, "");
  await visitor.stage("unseen");
  await visitor.open("/requests/req_999_0");
  expect((await page.getByRole("alert").textContent())?.replace(/req_\w+/u, "")).toBe(message);
});

test("an address that leads nowhere, a mail and a policy that are not there have words", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/nowhere");
  await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  await visitor.stage("nowhere");
  await visitor.open("/outbox/ntc_999_0:ada");
  await expect(page.getByText("There is no such message.")).toBeVisible();
  await visitor.stage("no-such-mail");
  await visitor.open("/policies/pol_999_0");
  await expect(page.getByRole("heading", { level: 1, name: "There is no such policy" })).toBeVisible();
});

test("whoever has neither access nor mail reads what to do", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/access");
  await visitor.become("Sam Oyelaran");
  await expect(page.getByText("You have no access right now.")).toBeVisible();
  await visitor.field("Path").fill("payments");
  await expect(visitor.field("Path")).toHaveAccessibleDescription(/is not absolute/);
  await visitor.stage("no-access");
  await visitor.field("Path").fill("/vault");
  await visitor.field("Environment").fill("");
  await expect(page.getByText("You cannot ask for it either.")).toBeVisible();
  await visitor.open("/requests");
  await visitor.become("Noor Haddad");
  await expect(page.getByText("Nothing is waiting for Noor Haddad.", { exact: false })).toBeVisible();
});

test("policies are closed to whoever is no administrator, with the reason", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/policies");
  await expect(page.getByText("Make a policy: only administrators may do this.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Make a policy" })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Everything in production" })).toContainText(/1 of 2.*Inês Duarte.*Sam Oyelaran.*and 1 of 1.*Ada Brandt/);
  await expect(page.getByRole("link", { name: "Edit this policy" })).toHaveCount(0);
  await visitor.stage("policies-closed");
  await visitor.become("Ada Brandt");
  await expect(page.getByRole("button", { name: "Make a policy" })).toBeEnabled();
  await page.getByRole("tab", { name: "List" }).click();
  await visitor.field("Search").fill("zzz");
  await expect(page.getByText("No policy has this in its name or paths.")).toBeVisible();
});

test("a policy that is deleted cancels what waits and may end what lives", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/policies?view=list");
  await visitor.become("Ada Brandt");
  await page.getByRole("button", { name: "Delete Reading anywhere" }).dblclick();
  await expect(page.getByRole("dialog")).toContainText("Nobody loses access");
  await page.getByRole("radio", { name: "End it now" }).check();
  await expect(page.getByRole("dialog")).toContainText("Noor Haddad loses access");
  await visitor.stage("policy-deletion");
  await page.getByRole("button", { name: "Delete it" }).click();
  await visitor.reads("The policy “Reading anywhere” is deleted: 1 grant ended.");
  await page.getByRole("button", { name: "Delete Payments in production" }).click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await visitor.reads("The policy “Payments in production” is deleted: 2 requests were cancelled.");
  await visitor.goTo("Requests");
  await page.getByText(/^Cancelled \d/).click();
  await page.getByRole("list", { name: "Requests" }).getByRole("link").first().click();
  await expect(page.getByText(/its policy was deleted/).first()).toBeVisible();
  await visitor.stage("cancelled");
  await visitor.become("Noor Haddad");
  await visitor.goTo("My access");
  await expect(page.getByRole("region", { name: "Ended" })).toContainText("its policy was deleted");
});

test("the personal data of somebody disabled is erased, and the record still verifies", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/people");
  await visitor.become("Ada Brandt");
  await expect(page.getByRole("button", { name: "Erase the personal data of Jonas Weber" })).toHaveCount(0);
  await disable(visitor, "Jonas Weber", "Nobody loses access, and no request ends.");
  await page.getByRole("button", { name: "Erase the personal data of Jonas Weber" }).click();
  await expect(page.getByRole("dialog")).toContainText("are removed from the record for good");
  await visitor.stage("people-erase");
  await page.getByRole("dialog").getByRole("button", { name: "Erase" }).click();
  await visitor.reads("The personal data is erased. The record still verifies.");
  await expect(page.getByRole("list", { name: "People" })).toContainText("[erased]");
  await expect(page.getByRole("list", { name: "People" })).not.toContainText("Jonas");
  await page.reload();
  await expect(page.getByRole("list", { name: "People" })).not.toContainText("Jonas");
  await visitor.open("/record");
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("The record is intact")).toBeVisible();
  await visitor.open("/record/past?version=2");
  await expect(page.getByRole("alert")).toContainText("This moment can no longer be read");
  await expect(page.getByText("personal data in it has been erased since", { exact: false })).toBeVisible();
});

test("whoever is disabled loses access in the same instant and gets none back", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/people");
  await expect(page.getByText("You cannot change the directory. Only administrators may do this.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Disable Noor Haddad" })).toHaveCount(0);
  await visitor.stage("people-closed");
  await visitor.become("Ada Brandt");
  await page.getByRole("button", { name: "Disable Ada Brandt" }).click();
  await expect(page.getByRole("dialog")).toContainText("last_administrator");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Disable" })).toBeDisabled();
  await page.getByRole("button", { name: "Keep enabled" }).click();
  await expect(page.getByRole("button", { name: "Disable Ada Brandt" })).toBeFocused();
  await disable(visitor, "Jonas Weber", "Nobody loses access, and no request ends.");
  await visitor.reads("Jonas Weber is disabled: nothing else ended.");
  await disable(visitor, "Noor Haddad", "Noor Haddad loses access to read everything in staging.");
  await visitor.reads("Noor Haddad is disabled: 1 grant ended.");
  await disable(visitor, "Remy Castillo", "Nobody loses access, and no request ends.");
  await expect(page.getByRole("region", { name: "The story" }), "the story is about them, too").toBeVisible();
  await visitor.stage("people-disabled");
  await page.getByRole("button", { name: "Enable Noor Haddad" }).click();
  await visitor.reads("Noor Haddad is enabled again.");
  await visitor.become("Noor Haddad");
  await visitor.goTo("My access");
  await expect(page.getByText("You have no access right now.")).toBeVisible();
});

test("a disabled visitor reads why nothing is answered", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/people");
  await visitor.become("Ada Brandt");
  await disable(visitor, "Noor Haddad", "Noor Haddad loses access");
  await visitor.become("Noor Haddad");
  await visitor.goTo("Requests");
  await expect(page.getByRole("main").getByText("actor_disabled")).toHaveCount(1);
  await expect(page.getByRole("main").getByRole("link", { name: "Ask for access" })).toHaveCount(0);
  await visitor.stage("disabled-visitor");
});

test("access can be asked for on a folder, a whole environment or the whole project", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open(ASK_WEB);
  await visitor.become("Noor Haddad");
  const preview = page.getByRole("region", { name: "What would happen" });
  await visitor.field("Reason").fill("Count the secrets that nobody has rotated.");
  await expect(preview).toContainText("Production, at most 1 day");
  await page.getByText("Environment", { exact: true }).first().click();
  await expect(preview).toContainText("which “Payments in production” governs");
  await page.getByText("Project", { exact: true }).click();
  await expect(preview).toContainText("Reading anywhere, at most 7 days");
  await page.getByRole("switch", { name: /^Permanent/ }).check();
  await expect(preview).toContainText("duration_too_long");
  await visitor.stage("project-refused");
  await page.getByRole("switch", { name: /^Permanent/ }).uncheck();
  await expect(preview).toContainText("The request would be accepted");
  await page.getByRole("button", { name: "Ask for access" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Noor Haddad: read the whole project" })).toBeVisible();
  await visitor.stage("project-asked");
});

test("a requester amends, cancels and gives back; an approver withdraws and revokes", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open(ASK_WEB);
  await visitor.become("Noor Haddad");
  await visitor.field("Reason").fill("Compare the cache keys.");
  await page.getByRole("button", { name: "Ask for access" }).click();
  await page.getByRole("button", { name: "Amend" }).click();
  await visitor.field("For how long").fill("2");
  await expect(page.getByRole("region", { name: "What would happen" })).toContainText("The request would be accepted");
  await visitor.field("Reason").fill("");
  await expect(page.getByRole("region", { name: "What would happen" })).toContainText("refused");
  await visitor.field("Reason").fill("Compare the cache keys.");
  await visitor.stage("amend");
  await page.getByRole("button", { name: "Amend the request" }).click();
  await visitor.reads("Amended: the request starts again at step 1.");
  await expect(page.getByRole("definition").filter({ hasText: /^2 hours/ }).first()).toBeVisible();

  await page.getByRole("button", { name: "Switch to Theo" }).click();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await visitor.reads("Approved: the step needs more approvals.");
  await page.getByRole("button", { name: "Withdraw my review" }).click();
  await page.getByRole("button", { name: "Withdraw it" }).click();
  await visitor.reads("Your review is withdrawn.");
  await visitor.stage("withdrawn");

  await visitor.become("Noor Haddad");
  await page.getByRole("button", { name: "Cancel the request" }).click();
  await page.getByRole("button", { name: "Cancel it now" }).click();
  await visitor.reads("Cancelled: the request has ended.");
  await expect(page.getByRole("region", { name: "Steps" })).toContainText("Step 1, cancelled here");

  await visitor.become("Ada Brandt");
  await visitor.goTo("My access");
  await page.getByRole("button", { name: "Revoke" }).first().click();
  await page.getByRole("button", { name: "Revoke now" }).click();
  await expect(visitor.field("Why it is revoked")).toBeFocused();
  await expect(visitor.field("Why it is revoked")).toHaveAttribute("aria-invalid", "true");
  await visitor.field("Why it is revoked").fill("The comparison is done.");
  await expect(visitor.field("Why it is revoked")).not.toHaveAttribute("aria-invalid", "true");
  await visitor.stage("revoke");
  await page.getByRole("button", { name: "Revoke now" }).click();
  await visitor.reads("Revoked: this access has ended.");
});

test("starting over throws everything away", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/access");
  await visitor.become("Noor Haddad");
  await page.getByRole("button", { name: "Give it back" }).click();
  await page.getByRole("button", { name: "Give it back now" }).click();
  await visitor.reads("Given back: this access has ended.");
  await visitor.moveClock("+ 1 day");
  const menu = page.getByRole("button", { name: "Open the menu" });
  if (await menu.isVisible()) {
    await menu.click();
    await visitor.stage("menu");
  }
  await page.getByRole("button", { name: "Start over" }).click();
  await visitor.stage("start-over");
  await page.getByRole("button", { name: "Throw away and start over" }).click();
  await expect(page.getByRole("region", { name: "The story" })).toContainText("0 of 6 done");
  await visitor.become("Noor Haddad");
  await visitor.goTo("My access");
  await expect(page.getByRole("button", { name: "Give it back" })).toBeVisible();
});

test("a commit that was changed behind the engine's back is found out", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/record");
  await page.evaluate(changeStore, "alter");
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("The record is not intact")).toBeVisible();
  await expect(page.getByText("The first bad commit is version 3.")).toBeVisible();
  await visitor.stage("tampered");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "The demo could not be opened" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("corrupt_record");
});

test("a record that cannot be read is reported, and can be thrown away", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/requests");
  await page.evaluate(changeStore, "remove");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "The demo could not be opened" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("corrupt_record");
  await visitor.stage("corrupt");
  await page.getByRole("button", { name: "Throw away what is stored and start over" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Requests" })).toBeVisible();
});

test("the keyboard reaches the page, the persona and the clock", async ({ visitor }) => {
  const { page } = visitor;
  await visitor.open("/requests");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
  await page.getByRole("button", { name: /^You are / }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await visitor.stage("persona-menu");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /Move the clock forward$/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await visitor.stage("clock");
});

async function disable({ page }: Visitor, name: string, consequence: string): Promise<void> {
  await page.getByRole("button", { name: `Disable ${name}` }).click();
  await expect(page.getByRole("dialog")).toContainText(consequence);
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText(`${name} is disabled`).first()).toBeVisible();
}

/** Alters or removes commit 3 of the stored record. */
async function changeStore(how: string): Promise<void> {
  const name = (await indexedDB.databases()).map((it) => it.name ?? "").find((it) => it.includes(":"));
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(name ?? "");
    opening.addEventListener("error", () => reject(new Error("the store cannot be opened")));
    opening.addEventListener("success", () => {
      const database = opening.result;
      const change = database.transaction("commits", "readwrite");
      const commits = change.objectStore("commits");
      const reading = commits.get(3);
      reading.addEventListener("success", () => {
        const commit: { at: number } = reading.result;
        if (how === "alter") commits.put({ ...commit, at: commit.at + 1 });
        else commits.delete(3);
      });
      change.addEventListener("complete", () => {
        database.close();
        resolve();
      });
    });
  });
}
