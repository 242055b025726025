import { defineConfig } from "@playwright/test";

const browser = process.env["CHROME_PATH"];
if (!browser) throw new Error("name a Chrome or Chromium by CHROME_PATH; `cargo xtask test page-tests` finds one by itself");

const FLAGS =
  "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** What is the same however wide the window is: run once. */
const OF_ANY_WIDTH = ["addresses", "clock", "keyboard", "large", "lists", "offline", "tabs", "taking", "tampering", "weight"].map((name) => `**/${name}.spec.ts`);

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results/output",
  globalSetup: "./tests/support/serve.ts",
  reporter: "list",
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: { actionTimeout: 15_000, serviceWorkers: "block", launchOptions: { executablePath: browser, args: FLAGS.split(" ") } },
  projects: [
    { name: "1440", use: { viewport: { width: 1440, height: 900 } } },
    { name: "390", use: { viewport: { width: 390, height: 844 } }, testIgnore: OF_ANY_WIDTH },
  ],
});
