import assert from "node:assert/strict";
import { AccessEngine, createHost, isAccessError } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";

/** An instant to count from: tests move time, they never read it. */
export const START = Date.UTC(2026, 10, 23);
export const HOUR = 3_600_000;

export const ada = { subject: "ada" };
export const dev = { subject: "dev" };
export const sam = { subject: "sam" };

const person = (id, name) => ({ type: "user", id, name, email: `${id}@example.com` });

/** An engine over a store in memory, with Ada as administrator and approver, Dev and Sam. */
export async function open({ store = memoryStore(), clock = { now: START }, sent = [], host = {}, ...options } = {}) {
  const mailer = { send: async (notice) => void sent.push(notice) };
  const parts = { ...createHost({ store, mailer, now: () => clock.now }), ...host };
  const engine = await AccessEngine.open({
    project: "acme",
    administrators: [person("ada", "Ada"), person("dev", "Dev"), person("sam", "Sam")],
    host: parts,
    ...options,
  });
  return { engine, store, clock, sent };
}

const step = (id) => ({ quorums: [{ approvers: [{ subject: id }], required: 1 }] });

/** A policy on `/payments/**` in production: first Sam, then Ada. */
export function terms(changes = {}) {
  return {
    name: "Payments",
    targets: { environments: ["production"], paths: ["/payments/**"] },
    actions: "all",
    steps: [step("sam"), step("ada")],
    ...changes,
  };
}

/** Asks for an hour on the Stripe secret. */
export function draft(changes = {}) {
  return {
    target: { environment: "production", path: "/payments/stripe" },
    actions: ["read"],
    duration: "PT1H",
    justification: "a customer waits",
    ...changes,
  };
}

export const stripe = { environment: "production", path: "/payments/stripe" };
export const query = { subject: { subject: "dev" }, action: "read", resource: stripe };

/** Dev asks, Sam and Ada approve. Answers the id of the grant. */
export async function grantAccess(engine) {
  const { requestId } = await engine.requestAccess(dev, draft());
  await approve(engine, sam, requestId);
  return (await approve(engine, ada, requestId)).grantId;
}

export function approve(engine, actor, requestId) {
  const { contentHash } = engine.explain(actor, requestId).request;
  return engine.reviewRequest(actor, { requestId, verdict: "approve", contentHash });
}

/** The error of a call or a promise that is refused with this code. */
export async function refused(code, call) {
  try {
    const answer = await (typeof call === "function" ? call() : call);
    assert.fail(`not refused, but answered ${JSON.stringify(answer)}`);
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    assert.ok(isAccessError(error), `no AccessError: ${error?.stack}`);
    assert.equal(error.code, code, error.message);
    assert.equal(error.details.code, code);
    return error;
  }
}

/** A promise with its ends. */
export function deferred() {
  let resolve;
  let reject;
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
