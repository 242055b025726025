// oxlint-disable no-await-in-loop -- commands come one after the other
import assert from "node:assert/strict";
import { test } from "node:test";
import { AccessEngine, createHost, renderNotice } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import {
  ada,
  approve,
  dev,
  draft,
  grantAccess,
  HOUR,
  open,
  query,
  refused,
  sam,
  START,
  stripe,
  terms,
} from "./support.mjs";

test("a request travels from a policy to access that ends by itself", async () => {
  const { engine, clock, sent } = await open();
  const { policyId } = await engine.createPolicy(ada, terms());
  assert.match(policyId, /^pol_/);

  const denied = engine.evaluate(query);
  assert.equal(denied.decision, false);
  assert.equal(denied.requestable.policy.id, policyId);

  const { requestId } = await engine.requestAccess(dev, draft());
  assert.deepEqual(engine.inbox(sam).items.map((item) => item.request.id), [requestId]);
  assert.equal(sent.at(-1).recipient.id, "sam");
  await approve(engine, sam, requestId);
  assert.equal(engine.isAllowed({ subject: "dev" }, "read", stripe), false);
  const { grantId } = await approve(engine, ada, requestId);

  assert.deepEqual(engine.evaluate(query), { decision: true, reason: "granted", grantId, until: START + HOUR });
  assert.equal(engine.isAllowed({ subject: "dev" }, "read", stripe), true);
  clock.now += HOUR - 1;
  assert.equal(engine.isAllowed({ subject: "dev" }, "read", stripe), true);
  clock.now += 1;
  assert.equal(engine.isAllowed({ subject: "dev" }, "read", stripe), false);
  assert.equal(engine.evaluate(query).decision, false);
  assert.deepEqual((await engine.verify()).intact, true);
});

test("what a command makes is in its receipt, as its type says, also when it is repeated", async () => {
  const { engine } = await open();
  const glass = { bypassers: [dev] };
  const asked = draft({ target: { environment: "production", path: "/payments/b" } });
  const permission = { name: "Staff", holders: [dev], targets: { paths: ["/staff/**"] }, actions: ["read"] };
  const made = [
    [ada, "createPolicy", terms({ breakGlass: glass }), "policyId"],
    [ada, "createPolicies", { policies: ["/a", "/b"].map((path) => terms({ targets: { paths: [path] } })) }, "policyIds"],
    [ada, "createPermission", permission, "permissionId"],
    [dev, "requestAccess", draft(), "requestId"],
    [dev, "requestBundle", { items: [asked, { ...asked, actions: ["write"] }] }, "bundleId", "requestIds"],
    [dev, "breakGlass", { draft: draft(), justification: "payments are down" }, "requestId", "grantId"],
    [ada, "createDelegation", { delegate: sam, duration: "P1D" }, "delegationId"],
  ];
  for (const [actor, command, input, ...names] of made) {
    const once = () => engine[command](actor, input, { idempotencyKey: command });
    const receipt = await once();
    for (const name of names) {
      const ids = [receipt[name]].flat();
      assert.equal(ids.length, name.endsWith("Ids") ? 2 : 1, `${command}: ${name}`);
      assert.ok(ids.every((id) => /^[a-z]+_\d+_\d+$/.test(id)), `${command}: ${name} is ${receipt[name]}`);
    }
    assert.deepEqual(await once(), receipt);
  }
});

test("every command reaches the engine under its own name", async () => {
  const { engine } = await open();
  const { policyId } = await engine.createPolicy(
    ada,
    terms({ selfApproval: false, breakGlass: { bypassers: [{ subject: "dev" }] } }),
  );
  await engine.updatePolicy(ada, { policyId, maxDuration: "P1D" });
  const ask = async (duration) => (await engine.requestAccess(dev, draft({ duration }))).requestId;

  const withdrawn = await ask("PT2H");
  await engine.amendRequest(dev, { requestId: withdrawn, draft: draft({ duration: "PT3H" }) });
  await approve(engine, sam, withdrawn);
  await refused("no_standing_review", engine.withdrawReview(sam, { requestId: withdrawn }));
  const { contentHash } = engine.explain(ada, withdrawn).request;
  await engine.editDuration(ada, { requestId: withdrawn, duration: { minutes: 30 }, note: "enough", contentHash });
  await engine.cancelRequest(dev, { requestId: withdrawn });

  const { requestId, grantId } = await engine.breakGlass(dev, { draft: draft(), justification: "production is down" });
  await engine.acknowledgeBreakGlass(sam, { requestId });
  await engine.revokeGrant(ada, { grantId, reason: "solved" });
  const second = await grantAccess(engine);
  await engine.releaseGrant(dev, { grantId: second });

  await engine.syncDirectory(ada, { changes: [{ upsertGroup: { id: "ops", name: "Ops", members: [] } }] });
  await engine.setAdministrators(ada, { administrators: [{ subject: "ada" }, { subject: "sam" }] });
  await engine.deletePolicy(sam, { policyId });

  assert.equal(engine.policies("host").total, 0);
  assert.deepEqual(engine.grants("host").items.map((grant) => grant.end.reason), ["released", "revoked"]);
  assert.equal(engine.requests(ada, { status: ["cancelled"] }).total, 1);
  assert.equal((await engine.history("host", { limit: 200 })).items.length > 20, true);
});

test("time ends grants by ticks, and says when the next one is due", async () => {
  const { engine, clock } = await open();
  assert.equal(engine.nextWakeAt(), undefined);
  await engine.createPolicy(ada, terms());
  await grantAccess(engine);
  assert.equal(await engine.tick(), undefined);
  const warning = engine.nextWakeAt();
  assert.equal(warning, START + HOUR - HOUR / 4);
  assert.equal((await engine.tick({ now: new Date(warning) })).events[0].type, "grantEndingSoon");
  clock.now = START + HOUR;
  assert.equal((await engine.tick()).events[0].type, "grantEnded");
});

test("questions look at the instant they are given, a date or a number", async () => {
  const { engine } = await open();
  await engine.createPolicy(ada, terms());
  await grantAccess(engine);
  const decided = (at) => [
    engine.isAllowed({ subject: "dev" }, "read", stripe, { at }),
    engine.evaluate(query, { at }).decision,
    engine.evaluateAll([query], { at })[0].decision,
  ];
  assert.deepEqual(decided(START + HOUR - 1), [true, true, true]);
  assert.deepEqual(decided(new Date(START + HOUR)), [false, false, false]);
});

test("a decision is the same however its query is written", async () => {
  const { engine, clock } = await open();
  await engine.createPolicy(ada, terms());
  await grantAccess(engine);
  await engine.syncDirectory(ada, { changes: [{ removeSubject: "sam" }] });
  const resources = [
    stripe,
    { type: "secret", ...stripe },
    { ...stripe, type: "folder" },
    { path: stripe.path },
    { environment: "staging", path: "/other" },
  ];
  for (const subject of ["dev", "ada", "sam", "nobody", "\u{fffd}"]) {
    for (const resource of resources) {
      for (const at of [clock.now, clock.now + 2 * HOUR]) {
        const plain = engine.evaluate({ subject: { subject }, action: "read", resource }, { at });
        const described = engine.evaluate({ subject: { subject }, action: { name: "read" }, resource }, { at });
        // Its text, too: what is written first is read first.
        assert.equal(JSON.stringify(plain), JSON.stringify(described));
      }
    }
  }
  for (const [part, value, code = "invalid_input"] of [
    ["subject", { subject: "" }, "invalid_id"],
    ["subject", { subject: "a\0b" }, "invalid_id"],
    ["subject", { subject: "\ud800" }, "invalid_text"],
    ["resource", { ...stripe, path: "payments" }, "invalid_path"],
    ["resource", { ...stripe, path: "/a/../b" }, "invalid_path"],
    ["resource", { ...stripe, environment: "" }, "invalid_name"],
    ["resource", { ...stripe, environment: "*" }, "invalid_name"],
    ["resource", { ...stripe, type: "\0" }, "invalid_name"],
  ]) {
    const plain = await refused(code, () => engine.evaluate({ ...query, [part]: value }));
    const described = await refused(code, () => engine.evaluate({ ...query, action: { name: "read" }, [part]: value }));
    assert.deepEqual(plain.details, described.details);
  }
});

test("a batch is answered as each query is by itself, whatever happens between two answers", async () => {
  const { engine, clock } = await open();
  await engine.createPolicy(ada, terms());
  const subjects = ["dev", "sam", "nobody"].map((subject) => ({ subject }));
  const queries = subjects.flatMap((subject) => [
    { subject, action: "read", resource: stripe },
    { subject, action: { name: "read", properties: { reason: "audit" } }, resource: stripe },
    { subject, action: "deploy", resource: { type: "cluster", path: stripe.path }, context: { ip: "10.0.0.1" } },
  ]);
  const batch = engine.batch(queries);
  const check = (at = clock.now) => {
    const numbers = Uint32Array.from([...queries.keys(), ...queries.keys(), 3, 3]);
    const bits = batch.isAllowed(numbers, { at });
    assert.equal(bits.length, Math.ceil(numbers.length / 8));
    const answers = [...numbers.keys()].map((place) => ((bits[place >> 3] >> (place & 7)) & 1) === 1);
    assert.deepEqual(answers, [...numbers].map((number) => engine.evaluate(queries[number], { at }).decision));
    return answers.filter(Boolean).length;
  };
  assert.equal(check(), 0);
  const grantId = await grantAccess(engine);
  assert.equal(check(), 4);
  assert.equal(check(clock.now + HOUR), 0);
  const clusters = { name: "Clusters", holders: [sam], targets: { type: "cluster", paths: ["/**"] }, actions: ["deploy"] };
  await engine.createPermission(ada, { ...clusters, condition: { "context.ip": "10.0.0.1" } });
  assert.equal(check(), 6);
  await engine.revokeGrant(ada, { grantId, reason: "over" });
  await engine.syncDirectory(ada, { changes: [{ upsertSubject: { type: "user", id: "nobody", name: "Somebody" } }] });
  assert.equal(check(), 2);

  for (const [numbers, code] of [
    [Uint32Array.of(queries.length), "invalid_input"],
    [[0], "invalid_input"],
    [undefined, "invalid_input"],
    [new Uint32Array(100_001), "limit_exceeded"],
    [new Uint32Array(50_000_000), "limit_exceeded"],
    [Uint8Array.of(0), "invalid_input"],
    [{ [Symbol.toStringTag]: "Uint32Array", length: 1, 0: 0 }, "invalid_input"],
    [detached(), "invalid_input"],
  ]) {
    await refused(code, () => batch.isAllowed(numbers));
  }
  assert.equal(batch.isAllowed(new Uint32Array(0)).length, 0);
  await refused("invalid_input", () => engine.batch([{ ...query, extra: 1 }]));
  await refused("limit_exceeded", () => engine.batch(Array.from({ length: 100_001 }, () => query)));
  assert.equal(check(), 2, "what was refused has harmed nothing");
  await refused("engine_closed", () => batch.isAllowed(Uint32Array.of(0), { get at() { return batch.free(); } }));
  batch.free();
  await refused("engine_closed", () => batch.isAllowed(Uint32Array.of(0)));
  const later = engine.batch(queries);
  engine.free();
  await refused("engine_closed", () => later.isAllowed(Uint32Array.of(0)));
  later.free();
});

/** Numbers that have been sent away. */
function detached() {
  const numbers = Uint32Array.of(0);
  structuredClone(numbers, { transfer: [numbers.buffer] });
  return numbers;
}

test("the same idempotency key acts once", async () => {
  const { engine } = await open();
  await engine.createPolicy(ada, terms(), { idempotencyKey: "one" });
  const first = await engine.requestAccess(dev, draft(), { idempotencyKey: "two" });
  const { version } = engine;
  assert.deepEqual(await engine.requestAccess(dev, draft(), { idempotencyKey: "two" }), first);
  assert.equal(engine.version, version);
  await refused("idempotency_mismatch", engine.requestAccess(dev, draft({ duration: "PT1M" }), { idempotencyKey: "two" }));
});

test("engines that share a record see each other's commits", async () => {
  const store = memoryStore();
  const [one, other] = [await open({ store, pollSeconds: 0 }), await open({ store, pollSeconds: 0 })];
  await one.engine.createPolicy(ada, terms());
  assert.equal(other.engine.evaluate(query).requestable, undefined);
  assert.equal(await other.engine.refresh(), one.engine.version);
  assert.equal(other.engine.evaluate(query).requestable.policy.name, "Payments");

  // Both append at once: whoever is late catches up and decides again.
  const [first, second] = await Promise.all([
    one.engine.requestAccess(dev, draft()),
    other.engine.requestAccess(dev, draft({ target: { environment: "production", path: "/payments/paypal" } })),
  ]);
  assert.notEqual(first.version, second.version);
  await one.engine.refresh();
  await other.engine.refresh();
  assert.deepEqual(one.engine.head(), other.engine.head());
});

test("a head noted elsewhere finds a record that was cut short", async () => {
  const { engine, store } = await open();
  const early = engine.head();
  await engine.createPolicy(ada, terms());
  const late = engine.head();
  assert.equal((await engine.verify({ head: late })).intact, true);
  assert.equal((await engine.verify({ head: early })).intact, true);
  const [first] = await store.load(0, 1000);
  const shortened = { ...store, load: async () => [first] };
  const reopened = await open({ store: shortened });
  assert.equal((await reopened.engine.verify()).intact, true);
  assert.equal((await reopened.engine.verify({ head: late })).intact, false);
});

test("an engine whose record was replaced refuses everything until it is opened anew", async () => {
  const [own, other] = [memoryStore(), memoryStore()];
  let store = own;
  const host = { load: (...page) => store.load(...page), append: (...commit) => store.append(...commit) };
  const { engine } = await open({ host });
  await open({ store: other, clock: { now: START + 1 } });
  store = other;
  assert.equal((await engine.verify({ head: engine.head() })).intact, false);
  await refused("record_replaced", engine.refresh());
  const calls = [
    () => engine.createPolicy(ada, terms()),
    () => engine.tick(),
    () => engine.refresh(),
    () => engine.deliver(),
    () => engine.evaluate(query),
    () => engine.isAllowed({ subject: "dev" }, "read", stripe),
    () => engine.inbox(dev),
    () => engine.nextWakeAt(),
    () => engine.head(),
    () => engine.version,
  ];
  for (const call of calls) {
    // oxlint-disable-next-line no-await-in-loop -- one call after the other
    const error = await refused("record_replaced", call);
    assert.deepEqual([error.fault, error.details.version], ["host", 1]);
  }
  assert.equal((await other.load(0, 1000)).length, 1);
  const anew = await open({ host });
  assert.ok((await anew.engine.createPolicy(ada, terms())).policyId);
});

test("notices that could not be sent are delivered later", async () => {
  let broken = true;
  const store = memoryStore();
  const sent = [];
  const send = async (notice) => {
    if (broken) throw new Error("the mail server sleeps");
    sent.push(notice);
  };
  const { engine, clock } = await open({ store, host: { send } });
  await engine.createPolicy(ada, terms());
  await engine.requestAccess(dev, draft());
  assert.deepEqual(sent, []);
  await engine.deliver();
  const waiting = await store.outbox({ state: "waiting" });
  assert.ok(waiting.length > 0 && waiting.every(({ attempts, problem }) => attempts === 1 && problem === "the mail server sleeps"));
  broken = false;
  assert.deepEqual(await engine.deliver(), { sent: 0, dropped: 0, left: 0 });
  clock.now += 30_000;
  assert.deepEqual(await engine.deliver(), { sent: waiting.length, dropped: 0, left: 0 });
  assert.deepEqual(new Set(sent.map(({ id }) => id)), new Set(waiting.map(({ noticeId, recipientId }) => `${noticeId}:${recipientId}`)));
  assert.ok(sent.some(({ kind }) => kind.type === "review_asked"));
  assert.deepEqual(await store.outbox({ state: "waiting" }), []);
});

test("a notice is rendered as text and escaped HTML, by the engine or without one", async () => {
  const { engine, sent } = await open();
  await engine.createPolicy(ada, terms({ name: "Payments <b>" }));
  await engine.requestAccess(dev, draft());
  await engine.deliver();
  const notice = sent.find((it) => it.kind.type === "review_asked");
  const mail = engine.renderNotice(notice, { baseUrl: "https://access.example.com/app" });
  assert.match(mail.text, /https:\/\/access\.example\.com\/app/);
  assert.ok(!mail.html.includes("<b>") || !mail.html.includes("Payments <b>"));
  assert.deepEqual(renderNotice(notice, { baseUrl: new URL("https://access.example.com/app") }), mail);
  await refused("invalid_input", () => renderNotice({ nonsense: true }, { baseUrl: "https://example.com" }));
});

test("a project is made once; without administrators there is none", async () => {
  const host = createHost({ store: memoryStore(), mailer: { send: async () => {} } });
  await refused("no_project", AccessEngine.open({ project: "acme", host }));
  await open({ store: { ...host } });
  const engine = await AccessEngine.open({ project: "acme", host });
  assert.equal(engine.version, 1);
});
