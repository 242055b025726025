// How long a first visit of the demo page takes in headless Chromium, which CHROME_PATH names: node first-view.mjs [rounds]. The
// page has to be built (`npm run build` in www). Each round is a new browser that has kept nothing.
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { table } from "./table.mjs";

const MBIT = 1e6 / 8;
const MACHINES = [
  { name: "as this machine is" },
  { name: "9 Mbit/s, a quarter of the processor", network: { offline: false, latency: 40, downloadThroughput: 9 * MBIT, uploadThroughput: MBIT }, slower: 4 },
];
/** What somebody sees, one behind the other. */
const SIGHTS = {
  "something is drawn": () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
  "what this is": () => document.querySelector("h1") && performance.now(),
  "the whole page, decisions included": () => /\d/.test(document.querySelector("[data-testid=microseconds]")?.textContent ?? "") && performance.now(),
};

const executablePath = process.env.CHROME_PATH;
if (!executablePath) throw new Error("name a Chrome or Chromium by CHROME_PATH");
const rounds = Number(process.argv[2] ?? 7);
const server = await preview({ root: new URL("../www", import.meta.url).pathname, logLevel: "warn", preview: { host: "127.0.0.1", port: 0, open: false } });
const rows = [];
for (const machine of MACHINES) {
  const visits = [];
  // oxlint-disable-next-line no-await-in-loop -- visits beside each other would be in each other's way
  for (let round = 0; round < rounds; round += 1) visits.push(await visit(machine));
  rows.push([machine.name, ...Object.keys(SIGHTS).map((sight) => spread(visits.map((it) => it[sight])))]);
}
await server.close();
console.log(table(["milliseconds: median (least to most)", ...Object.keys(SIGHTS)], rows));

async function visit({ network, slower }) {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const session = await page.context().newCDPSession(page);
  if (network) await session.send("Network.emulateNetworkConditions", network);
  if (slower) await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await page.goto(server.resolvedUrls.local[0], { waitUntil: "commit" });
  const times = {};
  // oxlint-disable-next-line no-await-in-loop -- one sight behind the other
  for (const [sight, look] of Object.entries(SIGHTS)) times[sight] = await (await page.waitForFunction(look, undefined, { polling: "raf" })).jsonValue();
  await browser.close();
  return times;
}

function spread(times) {
  const inOrder = times.toSorted((one, other) => one - other).map((time) => Math.round(time));
  return `${inOrder[Math.floor(inOrder.length / 2)]} (${inOrder[0]} to ${inOrder.at(-1)})`;
}
