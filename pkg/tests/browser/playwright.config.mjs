import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const executablePath = process.env.CHROME_PATH;
if (!executablePath) throw new Error("name a Chrome or Chromium by CHROME_PATH");

const flags =
  "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

export default defineConfig({
  testDir: ".",
  outputDir: fileURLToPath(new URL("../../../node_modules/.cache/package-browser-tests", import.meta.url)),
  globalSetup: "./serve.mjs",
  reporter: "list",
  timeout: 60_000,
  fullyParallel: true,
  workers: 2,
  use: { launchOptions: { executablePath, args: flags.split(" ") } },
});
