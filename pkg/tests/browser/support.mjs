import { expect, test as base } from "@playwright/test";

/** A test with a page that has loaded the package. What the page complains of fails the test. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await loaded(page);
    await use(page);
    expect(complaints).toEqual([]);
  },
});

/** Loads the page of the package and waits for it. */
export async function loaded(page, address = process.env.BUILT_URL) {
  await page.goto(address);
  await page.waitForFunction(() => "AccessEngine" in globalThis);
  await page.evaluate(() => {
    const administrators = ["ada", "dev", "sam"].map((id) => ({
      type: "user",
      id,
      name: id.toUpperCase(),
      email: `${id}@example.com`,
    }));
    globalThis.terms = {
      name: "Payments",
      targets: { environments: ["production"], paths: ["/payments/**"] },
      actions: "all",
      steps: ["sam", "ada"].map((id) => ({ quorums: [{ approvers: [{ subject: id }], required: 1 }] })),
    };
    globalThis.resource = { environment: "production", path: "/payments/stripe" };
    /** An engine over a record in this browser. */
    globalThis.openEngine = async (name) => {
      const store = await openIndexedDbStore(name);
      const host = createHost({ store, mailer: { send: async () => {} } });
      return { store, engine: await AccessEngine.open({ project: "acme", administrators, host }) };
    };
  });
}

export { expect };
