/* oxlint-disable unicorn/consistent-function-scoping -- all of `replace` is sent to the page, which knows nothing outside */
import { AccessEngine, type Commit, createHost } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import type { Page } from "@playwright/test";
import { ADMINISTRATOR, DIRECTORY, POLICIES, PROJECT } from "../../src/engine/company.ts";

const ADA = { subject: "ada" };
const REQUESTERS = ["noor", "lena", "remy", "jonas", "theo", "ines", "sam"];

/** How much there is of everything. */
export const CROWD = { policies: POLICIES.length + 250, requests: 315, waitingForMira: 315 };

/** A company with more of everything than one page of a list holds. */
async function crowd(): Promise<Commit[]> {
  const store = memoryStore();
  const host = createHost({ store, mailer: { send: async () => {} } });
  using engine = await AccessEngine.open({ project: PROJECT, host, administrators: [ADMINISTRATOR] });
  await engine.syncDirectory(ADA, { changes: DIRECTORY });
  await engine.createPolicies(ADA, { policies: [...POLICIES] });
  const production = POLICIES.find(({ name }) => name === "Production");
  if (production === undefined) throw new Error("the company has no policy for production");
  const policy = (number: number) => ({ ...production, name: `Service ${number}`, targets: { environments: ["staging"], paths: [`/services/${number}`] } });
  for (let start = 0; start < 250; start += 50) {
    // oxlint-disable-next-line no-await-in-loop -- one commit after the other
    await engine.createPolicies(ADA, { policies: Array.from({ length: 50 }, (_, index) => policy(start + index + 1)) });
  }
  for (const [index, subject] of Array.from({ length: 45 }, () => REQUESTERS).flat().entries()) {
    const target = { environment: "production", path: `/web/app-${index}` };
    // oxlint-disable-next-line no-await-in-loop -- one commit after the other
    await engine.requestAccess({ subject }, { target, actions: ["read"], duration: "PT1H", justification: "To count." });
  }
  return store.load(0, 10_000);
}

/** Puts that company in place of the one that the page has founded. */
export async function openCrowd(page: Page): Promise<void> {
  await page.evaluate(replace, await crowd());
  await page.reload();
}

async function replace(record: unknown[]): Promise<void> {
  const write = (name: string, stores: string[], change: (stores: IDBObjectStore[]) => void) =>
    new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.addEventListener("error", () => reject(new Error(`${name} cannot be opened`)));
      opening.addEventListener("success", () => {
        const database = opening.result;
        const writing = database.transaction(stores, "readwrite");
        change(stores.map((it) => writing.objectStore(it)));
        writing.addEventListener("complete", () => {
          database.close();
          resolve();
        });
      });
    });
  const names = (await indexedDB.databases()).map((it) => it.name ?? "");
  await write(names.find((it) => it.includes(":")) ?? "", ["commits", "messages"], ([commits, messages]) => {
    commits?.clear();
    messages?.clear();
    for (const commit of record) commits?.put(commit);
  });
  await write(names.find((it) => !it.includes(":")) ?? "", ["remembered"], ([remembered]) => {
    remembered?.put(record.length, "seededVersion");
  });
}
