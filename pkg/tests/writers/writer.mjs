// A process of its own that sends commands which collide with those of others, and notes before each what it sends and after it
// what it was told. Killed at any time and started again, it first sends again what it was told nothing of.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { AccessEngine, createHost, isAccessError } from "access-engine";
import { APPROVERS, PATHS, random, REQUESTERS, target, TIMEOUT_SECONDS } from "./story.mjs";
import { connect } from "./stores.mjs";

const { url, project, name, seed, commands, log, mail } = JSON.parse(process.argv[2]);
const { store, end } = await connect(url, project);
const note = (...line) => appendFileSync(log, `${JSON.stringify(line)}\n`);

const append = async (commit, expected) => {
  try {
    await store.append(commit, expected);
  } catch (error) {
    if (error.name === "ConflictError") note("lost");
    throw error;
  }
};
const send = async (message) => appendFileSync(mail, `${message.id}\n`);
const host = createHost({ store: { ...store, append }, mailer: { send } });
const engine = await AccessEngine.open({ project, host, background: true, pollSeconds: 1, hostTimeoutSeconds: TIMEOUT_SECONDS });

const before = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").filter(Boolean).map((line) => JSON.parse(line)) : [];
const told = new Set(before.filter(([what]) => what === "told").map(([, key]) => key));
const sent = before.filter(([what]) => what === "send");
// oxlint-disable no-await-in-loop -- one command after the other
for (const [, key, ...command] of sent) if (!told.has(key)) await run(key, ...command);
const draw = random(seed + sent.length);
for (let number = sent.length; number < commands; number += 1) {
  const key = `${name}-${number}`;
  const command = next();
  note("send", key, ...command);
  await run(key, ...command);
}
await engine.close();
await end();

/** A command that may well be refused by the time it is decided: others are at the same requests. */
function next() {
  const [requester, approver, path] = [draw(REQUESTERS), draw(APPROVERS), draw(PATHS)];
  const pending = engine.requests("host", { status: ["pending"], limit: 200 }).items;
  const live = engine.grants("host", { status: ["live"], limit: 200 }).items;
  const what = draw(["ask", "ask", "review", "review", "review", "cancel", "release"]);
  const request = pending.length > 0 ? draw(pending) : undefined;
  const grant = live.length > 0 ? draw(live) : undefined;
  if (what === "review" && request) {
    return [approver, "reviewRequest", { requestId: request.id, verdict: "approve", contentHash: request.contentHash }];
  }
  if (what === "cancel" && request) return [request.requester.id, "cancelRequest", { requestId: request.id }];
  if (what === "release" && grant) return [grant.holder.id, "releaseGrant", { grantId: grant.id }];
  return [requester, "requestAccess", { target: target(path), actions: ["read"], duration: "PT1H" }];
}

async function run(key, subject, command, input) {
  try {
    const { version } = await engine[command]({ subject }, input, { idempotencyKey: key });
    note("told", key, version);
  } catch (error) {
    // Ten races lost, or refused: nothing was written.
    if (!isAccessError(error) || error.fault === "bug") throw error;
    note("told", key, error.code);
  }
}
