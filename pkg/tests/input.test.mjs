// oxlint-disable no-await-in-loop -- one case after the other
import assert from "node:assert/strict";
import { test } from "node:test";
import { AccessEngine, createHost } from "access-engine";
import { ada, dev, draft, HOUR, open, query, refused, START, stripe, terms } from "./support.mjs";

const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const throwing = {
  get name() {
    throw new RangeError("not today");
  },
};
const circle = {};
circle.again = circle;

/** What cannot be read, and why. */
const unreadable = [
  ["a getter that throws", throwing, RangeError],
  ["a revoked proxy", revoked, TypeError],
  ["a circle", circle, TypeError],
  ["a bigint", { name: 1n }, TypeError],
];

for (const [what, input, cause] of unreadable) {
  test(`${what} is refused wherever it is given, and harms nothing`, async () => {
    const { engine } = await open();
    const { version } = engine;
    const calls = {
      command: () => engine.createPolicy(ada, input),
      actor: () => engine.createPolicy(input, terms()),
      commandOptions: () => engine.createPolicy(ada, terms(), { idempotencyKey: input }),
      evaluate: () => engine.evaluate(input),
      evaluateAll: () => engine.evaluateAll([query, input]),
      isAllowed: () => engine.isAllowed({ subject: "dev" }, "read", input),
      filter: () => engine.requests("host", input),
      preview: () => engine.preview(dev, input),
      previewAmendment: () => engine.previewAmendment(dev, input),
      explain: () => engine.explain("host", input),
      head: () => engine.verify({ head: input }),
      notice: () => engine.renderNotice(input, { baseUrl: "https://example.com" }),
      open: () => AccessEngine.open({ project: "acme", host: {}, administrators: input }),
    };
    for (const [name, call] of Object.entries(calls)) {
      const error = await refused("invalid_input", call);
      assert.ok(error.cause instanceof cause, `${name}: ${error.cause}`);
    }
    assert.equal(engine.version, version);
    await engine.createPolicy(ada, terms());
    assert.equal(engine.version, version + 1);
  });
}

test("options that cannot be read are refused", async () => {
  const { engine } = await open();
  const bad = {
    get at() {
      throw new Error("no");
    },
    get now() {
      throw new Error("no");
    },
  };
  await refused("invalid_input", () => engine.evaluate(query, bad));
  await refused("invalid_input", () => engine.isAllowed({ subject: "dev" }, "read", stripe, bad));
  await refused("invalid_input", () => engine.createPolicy(ada, terms(), bad));
  await refused("invalid_input", () => engine.tick(bad));
  await refused("invalid_input", () => AccessEngine.open(revoked));
});

test("options that nobody knows are refused by name", async () => {
  const { engine, store } = await open();
  const { version } = engine;
  const mailer = { send: async () => {} };
  const host = createHost({ store, mailer });
  const calls = {
    idempotencyKeys: () => engine.createPolicy(ada, terms(), { idempotencyKeys: "k" }),
    NOW: () => engine.tick({ NOW: START }),
    time: () => engine.evaluate(query, { time: START }),
    now: () => engine.isAllowed({ subject: "dev" }, "read", stripe, { now: START }),
    Head: () => engine.verify({ Head: {} }),
    baseURL: () => engine.renderNotice({}, { baseURL: "https://example.com" }),
    mail: () => createHost({ store, mailer, mail: mailer }),
    administrator: () => AccessEngine.open({ project: "acme", host, administrator: [] }),
  };
  for (const [name, call] of Object.entries(calls)) {
    const error = await refused("invalid_input", async () => call());
    assert.equal(error.details.field, name);
  }
  for (const options of [7, "now", true, null]) {
    await refused("invalid_input", async () => engine.createPolicy(ada, terms(), options));
    await refused("invalid_input", async () => engine.evaluate(query, options));
  }
  assert.equal(engine.version, version);
  const known = { idempotencyKey: "k", now: START, signal: new AbortController().signal };
  assert.ok((await engine.createPolicy(ada, terms(), known)).policyId);
  assert.equal(engine.isAllowed({ subject: "dev" }, "read", stripe, { at: START }), false);
  assert.equal(engine.isAllowed({ subject: "dev" }, "read", stripe, {}), false);
});

test("an engine that is made and not opened says how it is opened", async () => {
  const error = await refused("invalid_input", () => new AccessEngine());
  assert.match(error.message, /await AccessEngine\.open\(/);
});

test("unknown fields are refused by name, also deep inside", async () => {
  const { engine } = await open();
  const error = await refused("invalid_input", engine.createPolicy(ada, terms({ stepz: [] })));
  assert.match(error.message, /stepz/);
  await refused("invalid_input", engine.requestAccess(dev, draft({ requester: "ada" })));
  await refused("invalid_input", () => engine.evaluate({ ...query, resource: { ...stripe, env: "dev" } }));
  await refused("invalid_input", () => engine.isAllowed({ subject: "dev" }, "read", { ...stripe, env: "dev" }));
  await refused("invalid_input", () => engine.requests("host", { statuz: ["pending"] }));
  await refused("invalid_input", AccessEngine.open({ project: "acme", host: {}, admins: [] }));
});

test("properties that are inherited do not count", async () => {
  const { engine } = await open();
  await refused("invalid_input", engine.createPolicy(ada, Object.create(terms())));
  await refused("invalid_input", () => engine.evaluate(Object.create(query)));
  await refused("invalid_input", () => engine.isAllowed({ subject: "dev" }, "read", Object.create(stripe)));
});

test("lone surrogates are refused, never replaced", async () => {
  const { engine } = await open();
  await refused("invalid_text", engine.createPolicy(ada, terms({ name: "\ud800" })));
  await refused("invalid_text", engine.createPolicy({ subject: "ada\udfff" }, terms()));
  await refused("invalid_text", engine.createPolicy(ada, terms(), { idempotencyKey: "\ud800" }));
  for (const [subject, action, resource] of [
    [{ subject: "dev\ud800" }, "read", stripe],
    [{ subject: "dev" }, "\udc00read", stripe],
    [{ subject: "dev" }, "read", { ...stripe, path: "/payments/\ud800" }],
    [{ subject: "dev" }, "read", { ...stripe, environment: "\ud800" }],
    [{ subject: "dev" }, "read", { ...stripe, type: "\ud800" }],
  ]) {
    await refused("invalid_text", () => engine.isAllowed(subject, action, resource));
  }
  // A pair is a character like any other, and so is the one that stands for what could not be read.
  assert.equal(engine.isAllowed({ subject: "dev 👩‍🚒" }, "read", stripe), false);
  assert.equal(engine.isAllowed({ subject: "dev\ufffd" }, "read", stripe), false);
});

test("`isAllowed` refuses what `evaluate` refuses, with the same code", async () => {
  const { engine } = await open();
  const cases = [
    [{ subject: "" }, "read", stripe],
    [{ subject: "x".repeat(256) }, "read", stripe],
    [{ subject: "dev" }, "", stripe],
    [{ subject: "dev" }, "re ad", stripe],
    [{ subject: "dev" }, "read", { ...stripe, path: "payments" }],
    [{ subject: "dev" }, "read", { ...stripe, path: "/payments/*" }],
    [{ subject: "dev" }, "read", { ...stripe, path: "" }],
    [{ subject: "dev" }, "read", { ...stripe, environment: "" }],
    [{ subject: "dev" }, "read", { ...stripe, environment: "*" }],
    [{ subject: "dev" }, "read", { ...stripe, type: "" }],
    [{ subject: "dev" }, "read", { environment: "production" }],
    [{ subject: "dev" }, "read", {}],
    [{ subject: "dev" }, "read", null],
    [{ subject: "dev" }, "read", undefined],
    [{ subject: "dev" }, "read", "/payments/stripe"],
    ["dev", "read", stripe],
    [{ subject: 7 }, "read", stripe],
    [{ subject: "dev", id: "dev" }, "read", stripe],
    [Object.create({ subject: "dev" }), "read", stripe],
    [{ group: "ops" }, "read", stripe],
    [undefined, "read", stripe],
    [{ subject: "dev" }, null, stripe],
    [{ subject: "dev" }, ["read"], stripe],
  ];
  for (const [subject, action, resource] of cases) {
    const code = codeOf(() => engine.evaluate({ subject, action, resource }));
    await refused(code, () => engine.isAllowed(subject, action, resource));
  }
});

function codeOf(call) {
  try {
    call();
  } catch (error) {
    return error.code;
  }
  return "not refused";
}

test("an instant is milliseconds, a `Date`, or RFC 3339 with its offset", async () => {
  const { engine } = await open();
  const [utc, there] = [new Date(START + 5).toISOString(), new Date(START + 5 + HOUR).toISOString().replace("Z", "+01:00")];
  for (const now of [START + 5, new Date(START + 5), utc, there]) {
    // oxlint-disable-next-line no-await-in-loop -- each is a commit of its own
    const { at } = await engine.createPolicy(ada, terms({ targets: { paths: [`/${typeof now}/${String(now).length}`] } }), { now });
    assert.equal(at, START + 5);
  }
  for (const local of [utc.replace("Z", ""), utc.slice(0, 10), "noon", "2026-13-01T00:00:00Z"]) {
    await refused("invalid_time", () => engine.evaluate(query, { at: local }));
  }
});

test("a time that is not whole milliseconds is refused", async () => {
  const { engine } = await open();
  const noTimes = [NaN, Infinity, -Infinity, 1.5, 8.64e15 + 1, new Date(NaN), "2026", null, {}, 5n, [START], revoked];
  for (const time of noTimes) {
    const code = time === revoked ? "invalid_input" : "invalid_time";
    await refused(code, () => engine.evaluate(query, { at: time }));
    await refused(code, () => engine.isAllowed({ subject: "dev" }, "read", stripe, { at: time }));
    await refused(code, () => engine.inbox(dev, {}, { at: time }));
    await refused(code, engine.createPolicy(ada, terms(), { now: time }));
    await refused(code, engine.tick({ now: time }));
  }
  assert.equal((await engine.createPolicy(ada, terms(), { now: START + 5 })).at, START + 5);
  assert.equal(engine.evaluate(query, { at: -0 }).decision, false);
});

test("a fault says which argument it is in, what was given and what is expected", async () => {
  const { engine } = await open();
  const at = "2026-11-26T12:00:00";
  const cases = {
    "`actor`: give `host`, or `{ subject: … }` with an id, not the text `dev`": () => engine.explain("dev", "req_1_0"),
    "`actor.subject`: give a text, not `5`": () => engine.inbox({ subject: 5 }),
    "`requestId`: give a text, not `5`": () => engine.explain("host", 5),
    "`draft.actions`: it is missing: give a list": () => engine.preview(dev, { target: stripe }),
    "`filter.status`: give a list, not the text `open`": () => engine.requests("host", { status: "open" }),
    "`queries[1].resource.path`: it is missing: give a text": () => engine.evaluateAll([query, { ...query, resource: {} }]),
    "`query.resource`: give an object, not the text `/x`": () => engine.isAllowed({ subject: "dev" }, "read", "/x"),
    "`idempotencyKey`: give a text, not `5`": () => engine.createPolicy(ada, terms(), { idempotencyKey: 5 }),
    "`hostTimeoutSeconds`: give a number of seconds above 0": () =>
      AccessEngine.open({ project: "acme", host: {}, hostTimeoutSeconds: 0 }),
    "`at`: the text `2026-11-26T12:00:00` lacks its offset from UTC: add one, such as `Z` or `+02:00`": () =>
      engine.evaluate(query, { at }),
    "`now`: the text `noon` is not a point in time: give milliseconds since 1970, a `Date`, or RFC 3339 with its offset": () =>
      engine.tick({ now: "noon" }),
    "`now`: an invalid `Date` is not a point in time: give milliseconds since 1970, a `Date`, or RFC 3339 with its offset": () =>
      engine.tick({ now: new Date(Number.NaN) }),
  };
  for (const [message, call] of Object.entries(cases)) {
    const [field] = message.slice(1).split("`: ");
    const code = ["at", "now"].includes(field) ? "invalid_time" : "invalid_input";
    const error = await refused(code, async () => call());
    assert.equal(error.message, message);
    assert.equal(error.details.field, field);
  }
});

test("a command over a megabyte is refused", async () => {
  const { engine } = await open();
  await refused("limit_exceeded", engine.createPolicy(ada, terms({ name: "x".repeat(1 << 20) })));
});

test("a name that an object cannot hold safely is refused where it comes in", async () => {
  const { engine } = await open();
  const upsert = (subject) => engine.syncDirectory(ada, { changes: [{ upsertSubject: { type: "user", name: "Eve", ...subject } }] });
  const properties = JSON.parse('{"__proto__": ["kept"]}');
  await refused("invalid_input", upsert({ id: "eve", properties }));
  await refused("invalid_id", upsert({ id: "__proto__" }));
  assert.equal((await upsert({ id: "proto", properties: { constructor: true, proto: ["kept"] } })).events.length, 1);
  // What a question brings is kept nowhere and given back to nobody.
  assert.equal(engine.evaluate({ ...query, context: properties }).decision, false);
  assert.equal(engine.evaluate({ ...query, context: { constructor: true } }).decision, false);
});

test("the input may change while its command waits", async () => {
  const { engine } = await open();
  const changing = terms();
  const made = engine.createPolicy(ada, changing);
  changing.name = "Changed";
  await made;
  assert.equal(engine.policies("host").items[0].name, "Payments");
});

test("what JSON has no form for is refused at its place, not taken for left out", async () => {
  const { engine } = await open();
  const { policyId } = await engine.createPolicy(ada, terms({ maxDuration: "PT8H" }));
  const noDate = new Date("27.11.2026 14:00");
  const cases = {
    "`updatePolicy.maxDuration`: `NaN` has no JSON form: give a finite number": () =>
      engine.updatePolicy(ada, { policyId, maxDuration: Number.NaN }),
    "`updatePolicy.version`: `Infinity` has no JSON form: give a finite number": () =>
      engine.updatePolicy(ada, { policyId, version: Infinity, name: "Other" }),
    "`requestAccess.until`: an invalid `Date` has no JSON form: give a valid one": () =>
      engine.requestAccess(dev, { target: stripe, actions: ["read"], duration: "PT1H", until: noDate }),
    "`requestBundle.items[0].duration.hours`: `NaN` has no JSON form: give a finite number": () =>
      engine.requestBundle(dev, { items: [{ target: stripe, actions: ["read"], duration: { hours: Number.NaN, minutes: 30 } }] }),
    "`draft.startsAt`: an invalid `Date` has no JSON form: give a valid one": () =>
      engine.preview(dev, { target: stripe, actions: ["read"], duration: "PT1H", startsAt: noDate }),
  };
  for (const [message, call] of Object.entries(cases)) {
    const error = await refused("invalid_input", async () => call());
    assert.equal(error.message, message);
  }
  await engine.updatePolicy(ada, { policyId, maxDuration: null });
});
