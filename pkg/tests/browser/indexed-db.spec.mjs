import { storeCases } from "access-engine/testing";
import { expect, loaded, test } from "./support.mjs";

// It keeps no index.
const cases = storeCases.filter(({ name }) => !name.startsWith("commits are found"));

for (const { name } of cases) {
  test(`IndexedDB: ${name}`, async ({ page }) => {
    await page.evaluate(async (wanted) => {
      const database = `case-${Math.random()}`;
      const { run } = storeCases.find((it) => it.name === wanted);
      await run({ connect: () => openIndexedDbStore(database) });
    }, name);
  });
}

test("a record survives a reload, outbox included", async ({ page }) => {
  const before = await page.evaluate(async () => {
    const { engine, store } = await openEngine("reload");
    await engine.createPolicy({ subject: "ada" }, terms);
    await engine.deliver();
    return { head: engine.head(), outbox: await store.outbox() };
  });
  await loaded(page);
  const after = await page.evaluate(async () => {
    const { engine, store } = await openEngine("reload");
    const { intact } = await engine.verify();
    return { head: engine.head(), outbox: await store.outbox(), intact };
  });
  expect(after).toEqual({ ...before, intact: true });
  expect(after.outbox.length > 0 && after.outbox.every(({ state }) => state === "sent")).toBe(true);
});

const ask = (names) =>
  Promise.all(
    names.map((name) => {
      const target = { environment: "production", path: `/payments/${name}` };
      return tab.engine.requestAccess({ subject: "dev" }, { target, actions: ["read"], duration: "PT1H" });
    }),
  ).then((receipts) => receipts.map((receipt) => receipt.version));

test("tabs tell each other, race, and end with one record", async ({ page, context }) => {
  const other = await context.newPage();
  await loaded(other);
  for (const tab of [page, other]) {
    // oxlint-disable-next-line no-await-in-loop -- the first makes the project
    await tab.evaluate(async () => {
      globalThis.tab = await openEngine("tabs");
      globalThis.heard = new Promise((resolve) => tab.store.onChange(resolve));
    });
  }
  await page.evaluate(() => tab.engine.createPolicy({ subject: "ada" }, terms));
  expect(await other.evaluate(() => heard)).toBe(2);
  expect(await other.evaluate(() => tab.engine.refresh())).toBe(2);

  const versions = await Promise.all([page.evaluate(ask, ["a", "b", "c"]), other.evaluate(ask, ["d", "e", "f"])]);
  expect(versions.flat().toSorted()).toEqual([3, 4, 5, 6, 7, 8]);

  const heads = [page, other].map((it) => it.evaluate(() => tab.engine.refresh().then(() => tab.engine.head())));
  const [one, two] = await Promise.all(heads);
  expect(one).toEqual(two);
  expect(await other.evaluate(() => tab.engine.verify())).toMatchObject({ intact: true, commits: 8 });
});

const setAdministrators = (administrators) =>
  openEngine("listeners").then(({ engine }) => engine.setAdministrators({ subject: "ada" }, { administrators: administrators.map((subject) => ({ subject })) }));

test("a listener is told no more when it has gone, nor of its own commits", async ({ page, context }) => {
  const other = await context.newPage();
  await loaded(other);
  const told = await page.evaluate(async () => {
    globalThis.tab = await openEngine("listeners");
    globalThis.told = [];
    globalThis.leave = tab.store.onChange((version) => told.push(version));
    await tab.engine.createPolicy({ subject: "ada" }, terms);
    return told;
  });
  expect(told).toEqual([]);
  await other.evaluate(setAdministrators, ["ada"]);
  await page.waitForFunction(() => told.length === 1);
  await page.evaluate(() => leave());
  await other.evaluate(setAdministrators, ["ada", "dev"]);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(await page.evaluate(() => told.length)).toBe(1);
});

test("a database can be deleted under an open store, which then begins anew, and its engine is closed", async ({ page }) => {
  const found = await page.evaluate(async () => {
    const { engine, store } = await openEngine("deleted");
    const before = await store.load(0, 1000);
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase("deleted");
      request.addEventListener("success", resolve);
      request.addEventListener("error", reject);
    });
    const refused = engine.createPolicy({ subject: "ada" }, terms);
    return [before.length, (await store.load(0, 1000)).length, await refused.catch((error) => error.code)];
  });
  expect(found).toEqual([1, 0, "record_replaced"]);
});

test("a store that was closed is of no use any more", async ({ page }) => {
  const message = await page.evaluate(async () => {
    const { engine, store } = await openEngine("closed");
    await store.close();
    return engine.refresh().catch((error) => error.message);
  });
  expect(message).toContain("was closed");
});
