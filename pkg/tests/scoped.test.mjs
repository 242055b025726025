// oxlint-disable no-await-in-loop -- one question after the other
import assert from "node:assert/strict";
import { test } from "node:test";
import { AccessEngine } from "access-engine";
import { ada, approve, dev, draft, grantAccess, HOUR, open, query, refused, sam, START, stripe, terms } from "./support.mjs";

const other = { environment: "production", path: "/other" };

/** A project in which Dev holds a grant and waits for another, with its engine for Dev. */
async function opened() {
  const { engine, clock } = await open();
  await engine.createPolicy(ada, terms());
  await grantAccess(engine);
  const target = { environment: "production", path: "/payments/paypal" };
  const { requestId } = await engine.requestAccess(dev, draft({ target, justification: "another waits" }));
  const snapshot = await engine.snapshot({ for: "dev" });
  // As it comes over the wire.
  const received = JSON.parse(JSON.stringify(snapshot));
  const mine = await AccessEngine.openSnapshot(received, { now: () => clock.now });
  return { engine, clock, snapshot, mine, requestId };
}

test("an engine opened from a snapshot answers for its subject as the server does, also as time passes", async () => {
  const { engine, clock, mine } = await opened();
  const denied = { ...query, resource: other };
  const writes = { ...query, action: "write" };
  const queries = [query, denied, writes];
  const batch = mine.batch(queries);
  for (const now of [START, START + HOUR - 1, START + HOUR, START + 2 * HOUR]) {
    clock.now = now;
    assert.deepEqual(mine.evaluateAll(queries), engine.evaluateAll(queries));
    assert.deepEqual(mine.evaluate(query), engine.evaluate(query));
    const isAllowed = now < START + HOUR;
    assert.equal(mine.isAllowed({ subject: "dev" }, "read", stripe), isAllowed);
    assert.equal(mine.isAllowed({ subject: "dev" }, "read", stripe, { context: { from: "home" } }), isAllowed);
    assert.deepEqual([...batch.isAllowed(new Uint32Array([0, 1, 2]))], [isAllowed ? 1 : 0]);
  }
  assert.equal(mine.evaluate(writes).requestable.policy.name, "Payments");
  assert.equal(mine.version, engine.version);
  assert.deepEqual(mine.head(), engine.head());
});

test("its lists are the server's, until something that is due changes them", async () => {
  const { engine, clock, mine, snapshot, requestId } = await opened();
  const lists = (of) => [of.inbox(dev), of.requests(dev), of.grants(dev), of.policies(dev), of.explain(dev, requestId)];
  assert.deepEqual(lists(mine), lists(engine));
  assert.equal(snapshot.validUntil, START + HOUR);
  assert.equal(mine.nextWakeAt(), START + HOUR);
  clock.now = START + HOUR - 1;
  assert.deepEqual(lists(mine), lists(engine));
  clock.now = START + HOUR;
  for (const list of [() => mine.inbox(dev), () => mine.grants(dev), () => mine.explain(dev, requestId)]) {
    const { details } = await refused("snapshot_out_of_date", list);
    assert.equal(details.validUntil, START + HOUR);
  }
  const tasks = await AccessEngine.openSnapshot(await engine.snapshot({ for: "sam" }));
  assert.deepEqual(tasks.inbox(sam).items.map((item) => item.request.id), [requestId]);
});

test("a clock that is behind the server's counts as the snapshot's instant", async () => {
  const { engine, clock } = await opened();
  clock.now = START + 2 * HOUR;
  const mine = await AccessEngine.openSnapshot(await engine.snapshot({ for: "dev" }), { now: () => START });
  assert.equal(mine.evaluate(query).decision, false);
  assert.equal(mine.grants(dev).items[0].status, "ended");
});

test("what it does not carry is left to the server", async () => {
  const { mine, requestId } = await opened();
  const foreign = { ...query, subject: { subject: "sam" } };
  const questions = [
    () => mine.evaluate(foreign),
    () => mine.evaluateAll([query, foreign]),
    () => mine.isAllowed({ subject: "sam" }, "read", stripe),
    () => mine.batch([foreign]).isAllowed(new Uint32Array([0])),
    () => mine.inbox(sam),
    () => mine.requests("host"),
    () => mine.requests(dev, { status: ["pending"] }),
    () => mine.grants(dev, { limit: 1 }),
    () => mine.policies(ada),
    () => mine.explain(sam, requestId),
    () => mine.explain(dev, "req_99_0"),
    () => mine.preview(dev, draft()),
    () => mine.permissions(dev),
    () => mine.delegations(dev),
    () => mine.searchActions(dev, { subject: dev, resource: stripe }),
    () => mine.analyze("host"),
    () => mine.exportPolicies("host"),
    () => mine.snapshot({ for: "dev" }),
  ];
  for (const ask of questions) await refused("not_in_snapshot", ask);
});

test("where the condition of a standing permission has a say, the server is asked", async () => {
  const { engine, clock } = await opened();
  const targets = { environments: ["production"], paths: ["/staff/**", "/payments/**"] };
  const condition = { "context.ticket": "T-1" };
  await engine.createPermission(ada, { name: "Staff", holders: [dev], targets, actions: ["read"], condition });
  const mine = await AccessEngine.openSnapshot(await engine.snapshot({ for: "dev" }), { now: () => clock.now });
  const staff = { environment: "production", path: "/staff/list" };
  await refused("not_in_snapshot", () => mine.evaluate({ ...query, resource: staff }));
  await refused("not_in_snapshot", () => mine.isAllowed({ subject: "dev" }, "read", staff));
  await refused("not_in_snapshot", () => mine.evaluate(query));
  // Whatever the condition says, the grant allows.
  assert.equal(mine.isAllowed({ subject: "dev" }, "read", stripe), true);
  assert.equal(mine.isAllowed({ subject: "dev" }, "write", staff), false);
  assert.equal(mine.evaluate({ ...query, resource: other }).decision, false);
  assert.doesNotMatch(JSON.stringify(await engine.snapshot({ for: "dev" })), /T-1|ticket/);
});

test("it changes nothing and reads no record", async () => {
  const { mine, requestId } = await opened();
  const calls = [
    () => mine.requestAccess(dev, draft()),
    () => mine.cancelRequest(dev, { requestId }),
    () => mine.tick(),
    () => mine.refresh(),
    () => mine.deliver(),
    () => mine.verify(),
    () => mine.snapshot(),
    () => mine.history(dev),
    () => mine.archivedRequests(dev),
    () => mine.archivedGrants(dev),
  ];
  for (const call of calls) await refused("read_only", call);
  await mine.close();
  await refused("engine_closed", () => mine.evaluate(query));
});

test("a newer snapshot is taken and told of, an older one passed over", async () => {
  const { engine, clock, mine, snapshot, requestId } = await opened();
  const paypal = { environment: "production", path: "/payments/paypal" };
  const batch = mine.batch([query, { ...query, resource: paypal }]);
  const bits = () => batch.isAllowed(new Uint32Array([0, 1]))[0];
  let told = 0;
  const stop = mine.subscribe(() => (told += 1));
  assert.equal(bits(), 1);
  assert.equal(mine.isAllowed({ subject: "dev" }, "read", paypal), false);
  await approve(engine, sam, requestId);
  await approve(engine, ada, requestId);
  assert.equal(mine.update(await engine.snapshot({ for: "dev" })), true);
  assert.equal(bits(), 3);
  assert.equal(mine.isAllowed({ subject: "dev" }, "read", paypal), true);
  assert.equal(mine.version, engine.version);
  await Promise.resolve();
  assert.equal(told, 1);
  assert.equal(mine.update(snapshot), false);
  assert.equal(bits(), 3);
  // The same version, seen later.
  clock.now += HOUR / 2;
  assert.equal(mine.update(await engine.snapshot({ for: "dev" })), true);
  await Promise.resolve();
  assert.equal(told, 2);
  stop();
  await refused("invalid_snapshot", () => engine.snapshot({ for: "sam" }).then((it) => mine.update(it)));
  await refused("invalid_input", () => engine.update(snapshot));
});

test("whoever is disabled or not known is denied everything and told nothing", async () => {
  const { engine } = await opened();
  await engine.syncDirectory(ada, { changes: [{ upsertSubject: { type: "user", id: "dev", name: "Dev", disabled: true } }] });
  for (const [id, reason, code] of [
    ["dev", "subject_disabled", "actor_disabled"],
    ["zoe", "unknown_subject", "unknown_actor"],
  ]) {
    const snapshot = await engine.snapshot({ for: id });
    const mine = await AccessEngine.openSnapshot(snapshot);
    assert.deepEqual(mine.evaluate({ ...query, subject: { subject: id } }), { decision: false, reason });
    await refused(code, () => mine.inbox({ subject: id }));
    await refused(code, () => mine.policies({ subject: id }));
    assert.doesNotMatch(snapshot.data, /payments/i);
    assert.equal(snapshot.validUntil, undefined);
  }
});

test("a snapshot holds no e-mail, no approver whom its subject does not see, and no policy's steps", async () => {
  const { engine } = await open();
  await engine.createPolicy(ada, terms());
  // Dev, Sam and Ada administer: they see the steps.
  await engine.syncDirectory(ada, { changes: [{ upsertSubject: { type: "user", id: "kim", name: "Kim", email: "kim@example.com" } }] });
  const snapshot = await engine.snapshot({ for: "kim" });
  assert.match(snapshot.data, /Payments/);
  assert.doesNotMatch(JSON.stringify(snapshot), /@|\bsam\b|\bada\b|quorums|steps/i);
});

test("what is no snapshot, was changed, or is of another edition is refused", async () => {
  const { snapshot, engine } = await opened();
  const data = snapshot.data.replace("/payments/", "/payment5/");
  const whole = await engine.snapshot({ for: "dev" });
  for (const wrong of [null, {}, "snapshot", { ...snapshot, data }, { ...snapshot, digest: "0" }, { ...whole, data: 1 }]) {
    await refused("invalid_snapshot", AccessEngine.openSnapshot(wrong));
  }
  const newer = snapshot.data.replace(/"format":1}$/, '"format":2}');
  const digest = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(newer))).toString("hex");
  const { message } = await refused("invalid_snapshot", AccessEngine.openSnapshot({ ...snapshot, data: newer, digest }));
  assert.match(message, /another edition/);
  await refused("invalid_input", AccessEngine.openSnapshot(snapshot, { clock: Date.now }));
  await refused("invalid_input", engine.snapshot({ for: dev }));
});
