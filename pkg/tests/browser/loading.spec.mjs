import { expect, loaded, test } from "./support.mjs";

const story = async () => {
  const { engine } = await openEngine(`story-${Math.random()}`);
  const [ada, dev, sam] = ["ada", "dev", "sam"].map((subject) => ({ subject }));
  await engine.createPolicy(ada, terms);
  const { requestId } = await engine.requestAccess(dev, { target: resource, actions: ["read"], duration: "PT1H" });
  for (const approver of [sam, ada]) {
    const { contentHash } = engine.explain(approver, requestId).request;
    // oxlint-disable-next-line no-await-in-loop -- one step after the other
    await engine.reviewRequest(approver, { requestId, verdict: "approve", contentHash });
  }
  const at = engine.evaluate({ subject: { subject: "dev" }, action: "read", resource }).until;
  return [engine.isAllowed({ subject: "dev" }, "read", resource, { at: at - 1 }), engine.isAllowed({ subject: "dev" }, "read", resource, { at })];
};

test("a built page runs the story under a strict policy", async ({ page }) => {
  expect(await page.evaluate(story)).toEqual([true, false]);
});

test("a page in development runs the story", async ({ page }) => {
  await loaded(page, process.env.DEVELOPED_URL);
  expect(await page.evaluate(story)).toEqual([true, false]);
});

test("a page without a bundler runs the story, by an import map", async ({ page }) => {
  await loaded(page, `${process.env.PLAIN_URL}import-map.html`);
  expect(await page.evaluate(story)).toEqual([true, false]);
});

test("a page of esbuild's runs the story, asks for no file that is not there, and loads what it needs once", async ({ page }) => {
  const missing = [];
  page.on("response", (response) => response.ok() || missing.push(response.url()));
  await loaded(page, `${process.env.PLAIN_URL}bundled.html`);
  expect(await page.evaluate(story)).toEqual([true, false]);
  expect(missing).toEqual([]);
});

test("the WASM is fetched when the first engine is opened, once", async ({ page }) => {
  const fetched = [];
  page.on("request", (request) => request.url().endsWith(".wasm") && fetched.push(request.url()));
  await page.reload();
  await page.waitForFunction(() => "AccessEngine" in globalThis);
  expect(fetched).toHaveLength(0);
  await page.evaluate(() => Promise.all([init(), init(), init()]));
  await page.evaluate(() => init());
  expect(fetched).toHaveLength(1);
});

test("a notice is rendered after `init`, and before it says so", async ({ page }) => {
  const [before, after] = await page.evaluate(async () => {
    const recipient = { id: "ada", name: "Ada", email: "ada@example.com" };
    const notice = { project: "acme", id: "ntc_1_0:ada", at: 0, recipient, kind: { type: "administrators_changed" }, by: "Ada" };
    const render = () => renderNotice(notice, { baseUrl: location.href }).subject;
    let message;
    try {
      message = render();
    } catch (error) {
      ({ message } = error);
    }
    await init();
    return [message, render()];
  });
  expect(before).toContain("await init()");
  expect(after).not.toEqual("");
});

test("a refusal is an AccessError with its code and details", async ({ page }) => {
  const refusal = await page.evaluate(async () => {
    const { engine } = await openEngine(`refusal-${Math.random()}`);
    return engine.createPolicy({ subject: "dev" }, { ...terms, steps: [] }).catch((error) => ({
      known: isAccessError(error, "no_steps") && error instanceof AccessError,
      details: error.details,
    }));
  });
  expect(refusal).toEqual({ known: true, details: { code: "no_steps" } });
});
