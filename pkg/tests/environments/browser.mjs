// Pages in a real browser: the Chrome or Chromium that `CHROME_PATH` names.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after } from "node:test";
import { chromium } from "@playwright/test";

const KINDS = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };

const browser = await chromium.launch({ executablePath: process.env["CHROME_PATH"], args: ["--no-sandbox", "--disable-gpu"] });
after(() => browser.close());

/** A page that has said nothing wrong when it is closed. */
export async function opened(address) {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(address);
  const close = async () => {
    await page.close();
    assert.deepEqual(faults, []);
  };
  return { page, close };
}

/** What a page of a folder with plain files says in the end. */
export async function said(folder, name = "index.html", expected = /\S/u) {
  const { address, stop } = await serve(folder);
  try {
    const { page, close } = await opened(new URL(name, address).href);
    const body = page.locator("body", { hasText: expected });
    await body.waitFor({ timeout: 60_000 });
    const text = await body.textContent();
    await close();
    return text.trim();
  } finally {
    stop();
  }
}

async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    try {
      const content = await readFile(join(folder, path));
      response.writeHead(200, { "content-type": KINDS[extname(path)] ?? "application/octet-stream" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}
