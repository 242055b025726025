import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { isGranted, speaker, tellByHttp } from "../by-http.mjs";
import { startPostgres } from "./postgres.mjs";
import { freePort } from "./process.mjs";

const example = fileURLToPath(new URL("../../../examples/express/server.js", import.meta.url));
const postgres = await startPostgres();
const mails = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  async onData(stream, _, done) {
    const { to, subject } = await simpleParser(stream);
    mails.push(`${to.text}: ${subject}`);
    done();
  },
});
await new Promise((resolve) => void smtp.listen(0, "127.0.0.1", resolve));
const servers = [];
after(async () => {
  for (const { child } of servers) child.kill("SIGKILL");
  await new Promise((resolve) => void smtp.close(resolve));
  await postgres.stop();
});

/** Starts it on a port of its own; `ask` speaks to it, `end` asks it to end and answers its code. */
async function start() {
  const port = String(await freePort());
  const env = { ...process.env, PORT: port, DATABASE_URL: postgres.url, SMTP_URL: `smtp://127.0.0.1:${smtp.server.address().port}` };
  const child = spawn(process.execPath, [example], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => void child.once("exit", resolve));
  const started = { child, ask: speaker(`http://127.0.0.1:${port}`, fetch), end: () => child.kill("SIGTERM") && ended };
  servers.push(started);
  const code = await Promise.race([ended, new Promise((resolve) => void child.stdout.once("data", () => resolve("listening")))]);
  assert.equal(code, "listening");
  return started;
}

test("the example of Express tells the story of a request on two servers, sends its mails, and ends when it is asked to", async () => {
  const [one, other] = await Promise.all([start(), start()]);
  const requestId = await tellByHttp(one.ask, () => until(async () => mails.length === 2));
  await until(() => isGranted(other.ask));
  await until(async () => mails.length === 3);
  assert.deepEqual(mails.toSorted(), [
    '"Ada" <ada@example.com>: Access policy created: Payments',
    '"Dev" <dev@example.com>: Granted: your access to production /payments/stripe',
    '"Sam" <sam@example.com>: Review asked: Dev wants access to production /payments/stripe',
  ]);
  // One dies, the other ends: a third goes on.
  one.child.kill("SIGKILL");
  assert.equal(await other.end(), 0);
  const third = await start();
  assert.equal(await isGranted(third.ask), true);
  assert.equal((await third.ask("dev", "GET", `/requests/${requestId}`)).body.request.status, "approved");
  assert.equal(await third.end(), 0);
});

/** Waits until it is so, for 30 seconds at most. */
async function until(isSo) {
  // oxlint-disable no-await-in-loop -- one look after the other
  for (let looks = 0; !(await isSo()); looks += 1) {
    assert.ok(looks < 600, "it never comes");
    await wait(50);
  }
  // oxlint-enable no-await-in-loop
}
