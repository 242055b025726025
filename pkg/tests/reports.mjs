// What stores in SQL keep for reports, held against what the engine says.
import assert from "node:assert/strict";
import { ada, approve, dev, draft, grantAccess, HOUR, open, sam, terms } from "./support.mjs";

/** A story with every end that a request and a grant can have, told to a store. */
export async function tellStory(store) {
  const { engine, clock, sent } = await open({ store });
  const bypassers = [{ subject: "sam" }];
  await engine.createPolicy(ada, terms({ breakGlass: { bypassers, maxDuration: "PT30M" } }));
  await grantAccess(engine);
  const rejected = await engine.requestAccess(dev, draft({ target: { environment: "production", path: "/payments/a" } }));
  const { contentHash } = engine.explain("host", rejected.requestId).request;
  await engine.reviewRequest(sam, { requestId: rejected.requestId, verdict: "reject", contentHash, comment: "No." });
  const cancelled = await engine.requestAccess(dev, draft({ target: { environment: "production", path: "/payments/b/**" } }));
  await engine.amendRequest(dev, { requestId: cancelled.requestId, draft: draft({ target: { environment: "production", path: "/payments/c" }, duration: "PT2H" }) });
  await engine.cancelRequest(dev, { requestId: cancelled.requestId });
  const shortened = await engine.requestAccess(dev, draft({ target: { environment: "production", path: "/payments/d" } }));
  const seen = engine.explain("host", shortened.requestId).request.contentHash;
  await engine.editDuration(sam, { requestId: shortened.requestId, duration: "PT10M", note: "Ten are enough.", contentHash: seen });
  await approve(engine, sam, shortened.requestId);
  const { grantId } = await approve(engine, ada, shortened.requestId);
  await engine.revokeGrant(ada, { grantId, reason: "Done." });
  await engine.breakGlass(sam, { draft: draft({ target: { environment: "production", path: "/payments/e" } }), justification: "The house is on fire." });
  clock.now += 2 * HOUR;
  await engine.tick();
  await engine.requestAccess(dev, draft({ target: { environment: "production", path: "/payments/f" } }));
  clock.now += 24 * 60 * HOUR;
  await engine.tick();
  await engine.requestAccess(dev, draft({ target: { environment: "production", path: "/payments/g" }, actions: ["write", "read"] }));
  await engine.deliver();
  return { engine, sent };
}

const name = (actor) => (actor === undefined ? null : (actor.subject ?? actor));
const seconds = (duration) => (duration === "permanent" ? null : duration);

/** What the rows of `access_requests` must say, of what the engine tells, by id. */
async function expectedRequests(engine) {
  const kept = [...engine.requests("host", { limit: 200 }).items, ...(await engine.archivedRequests("host", { limit: 200 })).items];
  return kept
    .map(({ id, requester, target, actions, policy, policyVersion, status, durationSeconds, madeAt, expiresAt, closing, grantId, bundleId }) => ({
      id,
      requester: requester.id,
      status,
      type: target.type ?? "secret",
      environment: target.environment ?? null,
      path: target.path,
      actions: JSON.stringify(actions),
      policy_id: policy.id,
      policy_version: policyVersion,
      duration_seconds: seconds(durationSeconds),
      made_at: madeAt,
      expires_at: expiresAt,
      closed_at: closing?.at ?? null,
      closed_by: name(closing?.by),
      origin: closing?.origin ?? null,
      reason: closing?.reason ?? null,
      grant_id: grantId ?? null,
      bundle_id: bundleId ?? null,
    }))
    .toSorted(byId);
}

/** The same of `access_grants`. */
async function expectedGrants(engine) {
  const versions = new Map((await expectedRequests(engine)).map(({ id, policy_version }) => [id, policy_version]));
  const kept = [...engine.grants("host", { limit: 200 }).items, ...(await engine.archivedGrants("host", { limit: 200 })).items];
  return kept
    .map(({ id, requestId, holder, target, actions, policy, origin, startsAt, endsAt, end }) => ({
      id,
      request_id: requestId,
      holder: holder.id,
      type: target.type ?? "secret",
      environment: target.environment ?? null,
      path: target.path,
      actions: JSON.stringify(actions),
      policy_id: policy.id,
      policy_version: versions.get(requestId),
      origin,
      starts_at: startsAt,
      ends_at: endsAt ?? null,
      ended_at: end?.at ?? null,
      ended_by: name(end?.by),
      end_reason: end?.reason ?? null,
    }))
    .toSorted(byId);
}

const byId = (one, other) => (one.id < other.id ? -1 : 1);

/** Both tables, with what they must say. */
export async function expectedTables(engine) {
  const tables = [
    { table: "access_requests", expected: await expectedRequests(engine) },
    { table: "access_grants", expected: await expectedGrants(engine) },
  ];
  for (const { table, expected } of tables) assert.ok(expected.length > 2, table);
  return tables;
}

/** Rows as a database gives them: columns in any order, times and numbers as it has them. */
export function assertRows(rows, expected) {
  const found = rows.map(({ project, ...row }) => {
    assert.equal(project, "acme");
    return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plainly(column, value)]));
  });
  assert.deepEqual(found.toSorted(byId), expected);
}

/** A time as milliseconds, and a number as such: `pg` gives a `bigint` as a string. */
function plainly(column, value) {
  if (value instanceof Date) return value.getTime();
  return value !== null && ["policy_version", "duration_seconds"].includes(column) ? Number(value) : value;
}
