// The example for Next, built and started: on the server, at the edge, and in a browser.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { MODULE, TOLD } from "../tarball/fresh.mjs";
import { opened } from "./browser.mjs";
import { installed, npx, write } from "./install.mjs";

const EXAMPLE = fileURLToPath(new URL("../../../examples/next/", import.meta.url));
/** A route that tells the story in the edge runtime. */
const EDGE = `${MODULE.replace(/\nstory\(.*$/mu, "")}
export const runtime = "edge";
export const dynamic = "force-dynamic";
export const GET = async () => new Response(await story(engine, memory));
`;

test("Next 16: the server decides, so does the edge, and a page asks and approves without a reload", { timeout: 600_000 }, async () => {
  const folder = await installed({}, ["next@16", "react@19", "react-dom@19", "@libsql/client@0.18"]);
  for (const part of ["app", "engine.js"]) await cp(join(EXAMPLE, part), join(folder, part), { recursive: true }); // oxlint-disable-line no-await-in-loop -- two
  await write(folder, { "app/api/edge/route.js": EDGE });
  await npx(folder, "next", "build");
  const port = await freePort();
  const server = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", String(port)], { cwd: folder, stdio: "ignore" });
  const address = `http://127.0.0.1:${port}`;
  try {
    await answers(address);
    assert.equal(await (await fetch(`${address}/api/edge`)).text(), TOLD);
    const dev = await opened(address);
    await dev.page.getByText("dev, the server says that you may not read /payments/stripe.").waitFor();
    await dev.page.getByRole("button", { name: "Ask for a minute" }).click();

    const ada = await opened(address);
    await ada.page.context().addCookies([{ name: "subject", value: "ada", url: address }]);
    await ada.page.reload();
    await ada.page.getByRole("heading", { name: "1 to review" }).waitFor();
    await ada.page.getByRole("button", { name: "Approve" }).click();
    await ada.page.getByRole("heading", { name: "0 to review" }).waitFor();
    await dev.page.getByText(/^You may read it until /u).waitFor();
    await dev.close();
    await ada.close();
  } finally {
    server.kill();
  }
});

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

async function answers(address) {
  for (let looks = 0; ; looks += 1) {
    // oxlint-disable no-await-in-loop -- one look after the other
    const isUp = await fetch(address).then(({ ok }) => ok, () => false);
    if (isUp) return;
    assert.ok(looks < 300, "the server does not start");
    await wait(100);
    // oxlint-enable no-await-in-loop
  }
}
