// The story of a request by HTTP, as the examples answer it.
import assert from "node:assert/strict";

const target = { environment: "production", path: "/payments/stripe" };
const user = (id, name) => ({ type: "user", id, name, email: `${id}@example.com` });

/** Sends to an address below the base, as a subject; the status and the body of the answer. */
export function speaker(base, fetch) {
  return async (subject, method, path, input, headers = {}) => {
    const asked = { method, headers: { "content-type": "application/json", ...(subject && { "x-subject": subject }), ...headers } };
    const answer = await fetch(`${base}${path}`, input === undefined ? asked : { ...asked, body: JSON.stringify(input) });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith("{") ? JSON.parse(text) : text };
  };
}

/** Whether Dev may read what is asked for. */
export async function isGranted(ask) {
  const { body } = await ask("dev", "POST", "/decision", { action: "read", resource: target });
  assert.equal(typeof body.decision, "boolean", JSON.stringify(body));
  return body.decision;
}

/** Dev asks, and Sam approves once `isTold`. Answers the id of the request. */
export async function tellByHttp(ask, isTold = async () => {}) {
  const ok = async (...asked) => {
    const { status, body } = await ask(...asked);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  await ok("ada", "POST", "/directory", { changes: [{ upsertSubject: user("dev", "Dev") }, { upsertSubject: user("sam", "Sam") }] });
  const steps = [{ quorums: [{ approvers: [{ subject: "sam" }], required: 1 }] }];
  await ok("ada", "POST", "/policies", { name: "Payments", targets: { environments: ["production"], paths: ["/payments/**"] }, actions: "all", steps });
  assert.equal(await isGranted(ask), false);
  const once = { "idempotency-key": "one" };
  const { requestId } = await ok("dev", "POST", "/requests", { target, actions: ["read"], duration: "PT1H" }, once);
  assert.equal((await ok("dev", "POST", "/requests", { target, actions: ["read"], duration: "PT1H" }, once)).requestId, requestId);
  await isTold();
  assert.deepEqual((await ok("sam", "GET", "/inbox")).items.map(({ request }) => request.id), [requestId]);
  const { contentHash } = (await ok("sam", "GET", `/requests/${requestId}`)).request;
  const review = ["POST", `/requests/${requestId}/reviews`, { verdict: "approve", contentHash }];
  await ok("sam", ...review);
  assert.equal(await isGranted(ask), true);

  const refusals = [
    [401, undefined, [undefined, "GET", "/inbox"]],
    [400, "invalid_input", ["ada", "POST", "/policies", { name: 3 }]],
    [403, "not_administrator", ["dev", "POST", "/policies", { name: "Mine", targets: { environments: ["production"], paths: ["/**"] }, actions: "all", steps }]],
    [404, "not_found", ["dev", "GET", "/requests/req_none"]],
    [409, "request_not_pending", ["sam", ...review]],
  ];
  for (const [status, code, asked] of refusals) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { status: found, body } = await ask(...asked);
    assert.deepEqual([found, body.code], [status, code], JSON.stringify(body));
  }
  return requestId;
}
