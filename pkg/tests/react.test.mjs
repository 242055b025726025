import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Window } from "happy-dom";
import { AccessEngine, isAccessError } from "access-engine";
import { ada, approve, deferred, dev, draft, grantAccess, HOUR, open, refused, sam, START, stripe, terms } from "./support.mjs";

const window = new Window();
for (const [name, value] of Object.entries({ window, document: window.document, navigator: window.navigator, IS_REACT_ACT_ENVIRONMENT: true })) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}
// React looks for a page when it is loaded.
const { act, Component, createElement: h, StrictMode } = await import("react");
const { createRoot, hydrateRoot } = await import("react-dom/client");
const { renderToString } = await import("react-dom/server");
const react = await import("access-engine/react");
const { AccessProvider, useActor, useCommand, useDecision, useEngine, useExplanation, useGrants, useInbox, useQuestion, useRequests } = react;

const read = { action: "read", resource: stripe };
const roots = new Set();
const engines = new Set();
beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"], now: START }));
afterEach(async () => {
  await act(() => roots.forEach((root) => root.unmount()));
  await Promise.all([...engines].map((engine) => engine.close()));
  roots.clear();
  engines.clear();
  mock.restoreAll();
  mock.timers.reset();
});

/** Dev asks, Sam and Ada approve. */
async function granted(engine, changes) {
  const { requestId } = await engine.requestAccess(dev, draft(changes));
  await approve(engine, sam, requestId);
  await approve(engine, ada, requestId);
}

/** An engine on a policy, whose time is the mocked one. */
async function opened(options = {}) {
  const { engine, store } = await open({ pollSeconds: 0, host: { now: () => Date.now() }, ...options });
  engines.add(engine);
  if (engine.version === 1) await engine.createPolicy(ada, terms());
  return { engine, store };
}

/** Puts an element on a page; what it shows, and how to show another one. */
async function show(element, options = {}) {
  const container = document.createElement("div");
  const root = options.hydrate ? undefined : createRoot(container, options);
  if (root) roots.add(root);
  await act(() => root.render(element));
  return { container, text: () => container.textContent, again: (other) => act(() => root.render(other)), unmount: () => act(() => root.unmount()) };
}

/** A component that shows what a hook answers, and counts how often it is rendered. */
function showing(use, inWords = JSON.stringify) {
  function Shown(props) {
    Shown.renders += 1;
    Shown.last = use(props);
    return inWords(Shown.last);
  }
  Shown.renders = 0;
  return Shown;
}

const Decided = () => showing(() => useDecision(read), ({ decision }) => (decision ? "yes" : "no"));
/** A read-only engine, as a browser opens it of what a server has sent. */
async function openedSnapshot(snapshot) {
  const engine = await AccessEngine.openSnapshot(JSON.parse(JSON.stringify(snapshot)));
  engines.add(engine);
  return engine;
}

const pass = (milliseconds) => act(() => mock.timers.tick(milliseconds));
const within = (engine, child, props = {}) => h(AccessProvider, { engine, actor: { ...dev }, ...props }, child);

/** Counts the calls of an engine's method. */
function counted(engine, name) {
  const method = engine[name];
  const count = { calls: 0, ended: 0 };
  engine[name] = (...args) => {
    count.calls += 1;
    const answer = method.apply(engine, args);
    if (name !== "subscribe") return answer;
    return () => {
      count.ended += 1;
      answer();
    };
  };
  return count;
}

/** The timers that are set from now on and have neither gone off nor been cleared. */
function waitingTimers() {
  const [waiting, { setTimeout: set, clearTimeout: clear }] = [new Set(), globalThis];
  mock.method(globalThis, "setTimeout", (callback, delay) => {
    const timer = set(() => {
      waiting.delete(timer);
      callback();
    }, delay);
    waiting.add(timer);
    return timer;
  });
  mock.method(globalThis, "clearTimeout", (timer) => {
    waiting.delete(timer);
    clear(timer);
  });
  return waiting;
}

class Boundary extends Component {
  state = {};
  static getDerivedStateFromError(error) {
    return { error };
  }
  render() {
    const { error } = this.state;
    if (error && isAccessError(error)) return h("button", { ref: () => void (Boundary.reset = () => this.setState({ error: undefined })) }, error.code);
    return error ? String(error.message) : this.props.children;
  }
}
const quietly = { onCaughtError: () => {} };

test("a decision is another one as soon as access is granted, and revoked by another engine", async () => {
  const { engine, store } = await opened();
  const { engine: other } = await opened({ store, pollSeconds: 1 });
  const Shown = Decided();
  const { text } = await show(within(other, h(Shown)));
  assert.equal(text(), "no");
  const grantId = await act(() => grantAccess(engine));
  await act(() => other.refresh());
  assert.equal(text(), "yes");
  await act(async () => {
    // What the store tells of is read at once.
    const heard = new Promise((resolve) => other.subscribe(resolve));
    await engine.revokeGrant(ada, { grantId, reason: "enough" });
    mock.timers.tick(1);
    await heard;
  });
  assert.equal(text(), "no");
});

test("a component renders only when its own answer is another one", async () => {
  const { engine } = await opened();
  const [Shown, Pending] = [Decided(), showing(() => useRequests({ status: ["pending"] }), ({ total }) => String(total))];
  await show(within(engine, [h(Shown, { key: 1 }), h(Pending, { key: 2 })]));
  assert.deepEqual([Shown.renders, Pending.renders], [1, 1]);
  const { requestId } = await act(() => engine.requestAccess(dev, draft()));
  assert.deepEqual([Shown.renders, Pending.renders], [1, 2]);
  await act(() => engine.syncDirectory(ada, { changes: [{ upsertGroup: { id: "ops", name: "Ops", members: [] } }] }));
  assert.deepEqual([Shown.renders, Pending.renders], [1, 2]);
  await act(() => approve(engine, sam, requestId));
  await act(() => approve(engine, ada, requestId));
  assert.deepEqual([Shown.renders, Pending.renders], [2, 4]);
});

test("a question is asked once in a moment, by however many components, rendered twice", async () => {
  const { engine } = await opened();
  const evaluate = counted(engine, "evaluate");
  const [One, Other] = [Decided(), Decided()];
  const page = () => h(StrictMode, null, within(engine, [h(One, { key: 1 }), h(Other, { key: 2 })]));
  const { again } = await show(page());
  assert.ok(One.renders > 1, "rendered twice");
  assert.equal(evaluate.calls, 1);
  // Neither the actor nor the query is the same object.
  await again(page());
  assert.equal(evaluate.calls, 1);
  const before = One.last;
  await act(() => engine.syncDirectory(ada, { changes: [{ upsertGroup: { id: "ops", name: "Ops", members: [] } }] }));
  assert.equal(evaluate.calls, 2);
  assert.equal(One.last, before);
});

test("a decision ends at its instant, and a grant begins within five seconds, by one timer and without a tick", async () => {
  const { engine } = await opened();
  await grantAccess(engine);
  await granted(engine, { target: { ...stripe, path: "/payments/later" }, startsAt: START + 2 * HOUR + 2000 });
  const timers = waitingTimers();
  const Later = showing(() => useDecision({ ...read, resource: { ...stripe, path: "/payments/later" } }), ({ decision }) => (decision ? ", yes" : ", no"));
  const [One, Other] = [Decided(), Decided()];
  const { text } = await show(within(engine, [h(One, { key: 1 }), h(Other, { key: 2 }), h(Later, { key: 3 })]));
  assert.equal(text(), "yesyes, no");
  assert.equal(timers.size, 1);
  await pass(HOUR - 1);
  assert.equal(text(), "yesyes, no");
  assert.deepEqual([One.renders, Other.renders], [1, 1]);
  await pass(1);
  assert.equal(text(), "nono, no");
  await pass(HOUR + 1999);
  assert.equal(text(), "nono, no");
  await pass(5000);
  assert.equal(text(), "nono, yes");
  assert.deepEqual([One.renders, Later.renders], [2, 2]);
  assert.equal(timers.size, 1);
  assert.equal(engine.version, 8);
});

test("a decision that is asked for later ends at its instant, also when something else is overdue", async () => {
  const { engine } = await opened();
  await granted(engine, { target: { ...stripe, path: "/payments/short" }, duration: "PT1M" });
  await granted(engine, { duration: "PT90S" });
  const Shown = showing(({ path }) => useDecision({ ...read, resource: { ...stripe, path } }), ({ decision }) => (decision ? "yes" : "no"));
  await pass(1000);
  const { text, again } = await show(within(engine, h(Shown, { path: "/payments/short" })));
  await pass(86_000);
  assert.equal(text(), "no");
  assert.equal(engine.nextWakeAt(), START + 60_000);
  await again(within(engine, h(Shown, { path: "/payments/stripe" })));
  await pass(2999);
  assert.equal(text(), "yes");
  await pass(1);
  assert.equal(text(), "no");
});

test("at an instant that is given everything is as of then", async () => {
  const { engine } = await opened();
  await grantAccess(engine);
  const Shown = Decided();
  const { text, again } = await show(within(engine, h(Shown), { now: START + HOUR - 1 }));
  assert.equal(text(), "yes");
  await again(within(engine, h(Shown), { now: START + HOUR }));
  assert.equal(text(), "no");
});

test("what was taken off the page neither listens nor asks any more", async () => {
  const { engine } = await opened();
  const [subscribe, evaluate] = [counted(engine, "subscribe"), counted(engine, "evaluate")];
  const timers = waitingTimers();
  const Shown = Decided();
  const { unmount } = await show(h(StrictMode, null, within(engine, [h(Shown, { key: 1 }), h(Shown, { key: 2 })])));
  assert.deepEqual([subscribe.calls - subscribe.ended, timers.size], [1, 1]);
  await unmount();
  assert.deepEqual([subscribe.calls - subscribe.ended, timers.size], [0, 0]);
  const before = evaluate.calls;
  await act(() => grantAccess(engine));
  await pass(HOUR);
  assert.equal(evaluate.calls, before);
});

test("a server renders the answers, and a page goes on from there", async () => {
  const { engine } = await opened();
  await grantAccess(engine);
  const Shown = Decided();
  const page = () => within(engine, h("p", null, h(Shown)));
  const html = renderToString(page());
  assert.equal(html, "<p>yes</p>");
  const container = document.createElement("div");
  container.innerHTML = html;
  const problems = [];
  await act(() => roots.add(hydrateRoot(container, page(), { onRecoverableError: (error) => problems.push(error) })));
  assert.deepEqual(problems, []);
  await pass(HOUR);
  assert.equal(container.textContent, "no");
});

test("a server that renders twice with the same provider's engine answers each time anew", async () => {
  const { engine } = await opened();
  const page = () => within(engine, h(Decided()));
  assert.equal(renderToString(page()), "no");
  await grantAccess(engine);
  assert.equal(renderToString(page()), "yes");
});

test("what the engine refuses is thrown to the error boundary, and asked again afterwards", async () => {
  const { engine } = await opened();
  const Shown = showing(() => useExplanation("req_3_0"), ({ request }) => request.status);
  const { text } = await show(within(engine, h(Boundary, null, h(Shown))), quietly);
  assert.equal(text(), "not_found");
  const { requestId } = await act(() => engine.requestAccess(dev, draft()));
  await act(() => Boundary.reset());
  assert.equal(text(), "pending", requestId);
  await act(() => engine.close());
  await pass(5000);
  assert.equal(text(), "engine_closed");
});

test("what is no data is refused by name, and a hook outside of a provider says what is missing", async () => {
  const { engine } = await opened();
  const Shown = showing(() => useDecision({ ...read, context: { amount: Number.NaN } }));
  assert.equal((await show(within(engine, h(Boundary, null, h(Shown))), quietly)).text(), "invalid_input");
  assert.match((await show(h(Boundary, null, h(Decided())), quietly)).text(), /`AccessProvider`: put one around/);
});

test("the other hooks answer as the engine does, as the actor", async () => {
  const { engine } = await opened();
  const { requestId } = await engine.requestAccess(dev, draft());
  const at = { at: START };
  const All = showing(() => [
    useExplanation(requestId),
    useInbox(),
    useInbox({ task: "review", limit: 1 }),
    useRequests(),
    useGrants({ status: ["live"] }),
    useEngine() === engine,
    useActor(),
    useQuestion(["preview", draft()], (asked, actor, options) => asked.preview(actor, draft(), options)),
    useDecision({ ...read, subject: dev }),
  ]);
  await show(within(engine, h(All), { actor: sam }));
  assert.deepEqual(All.last, [
    engine.explain(sam, requestId, at),
    engine.inbox(sam, {}, at),
    engine.inbox(sam, { task: "review", limit: 1 }, at),
    engine.requests(sam, {}, at),
    engine.grants(sam, { status: ["live"] }, at),
    true,
    sam,
    engine.preview(sam, draft(), at),
    engine.evaluate({ subject: dev, ...read }, at),
  ]);
  assert.equal(All.last[1].total, 1);
});

test("another actor is given his own answers", async () => {
  const { engine } = await opened();
  await grantAccess(engine);
  const Shown = Decided();
  const { text, again } = await show(within(engine, h(Shown)));
  assert.equal(text(), "yes");
  await again(within(engine, h(Shown), { actor: sam }));
  assert.equal(text(), "no");
});

test("a list whose snapshot is out of date stays until a newer one is there, at whatever version", async () => {
  const { engine } = await opened();
  await grantAccess(engine);
  const snapshot = () => engine.snapshot({ for: "dev" });
  const mine = await openedSnapshot(await snapshot());
  const [Live, Shown] = [showing(() => useGrants(), ({ counts }) => `${counts.live} `), Decided()];
  const { text } = await show(within(mine, h(Boundary, null, [h(Live, { key: 1 }), h(Shown, { key: 2 })])), quietly);
  assert.equal(text(), "1 yes");
  await pass(HOUR);
  await refused("snapshot_out_of_date", () => mine.grants(dev));
  assert.equal(text(), "1 no");
  const { version } = mine;
  await act(async () => void mine.update(await snapshot()));
  assert.deepEqual([text(), mine.version], ["0 no", version]);
});

/** A component with a command in its hand. */
const Sending = (name = "requestAccess") => showing(() => useCommand(name), ({ pending, error, result }) => (pending ? "pending" : (error?.code ?? result?.requestId ?? "nothing")));

test("a command is pending, then has its receipt or its refusal, until it is forgotten", async () => {
  const { engine } = await opened();
  const Sender = Sending();
  const { text } = await show(h(StrictMode, null, within(engine, h(Sender))));
  assert.equal(text(), "nothing");
  let sent;
  await act(() => void (sent = Sender.last.run(draft())));
  const { requestId } = await act(() => sent);
  assert.equal(text(), requestId);
  assert.equal(engine.explain(dev, requestId).request.status, "pending");
  assert.equal(await act(() => Sender.last.run(draft())), undefined);
  assert.equal(text(), "duplicate_request");
  assert.equal(Sender.last.error.details.requestId, requestId);
  assert.equal(Sender.last.result, undefined);
  await act(() => Sender.last.reset());
  assert.equal(text(), "nothing");
  assert.equal(await act(() => Sender.last.run({ toJSON: () => assert.fail() })), undefined);
  assert.equal(text(), "invalid_input");
});

test("a command that is started twice is sent once, and another one beside it is sent, too", async () => {
  const { engine, store } = await opened();
  const gate = deferred();
  const held = { ...engine, version: 1, subscribe: () => () => {}, nextWakeAt: () => undefined };
  const Sender = Sending();
  const other = draft({ target: { ...stripe, path: "/payments/other" } });
  const send = async (name, input) => {
    if (input !== other) await gate.promise;
    return engine[name](dev, input);
  };
  const { text } = await show(within(held, h(Sender), { send }));
  const runs = [];
  await act(() => void runs.push(Sender.last.run(draft()), Sender.last.run(draft()), Sender.last.run(other)));
  assert.equal(text(), "pending");
  gate.resolve();
  const [first, second, third] = await act(() => Promise.all(runs));
  assert.equal(first, second);
  assert.notEqual(first.requestId, third.requestId);
  assert.equal(text(), third.requestId);
  const events = (await store.load(0, 100)).flatMap((commit) => commit.events);
  assert.equal(events.filter(({ type }) => type === "requestMade").length, 2);
});

test("a command whose component is gone goes on, and whoever has begun it hears of it", async () => {
  const { engine } = await opened();
  const Sender = Sending();
  const { unmount } = await show(within(engine, h(Sender)));
  let sent;
  await act(() => void (sent = Sender.last.run(draft())));
  await unmount();
  const { requestId } = await sent;
  assert.equal(engine.explain(dev, requestId).request.status, "pending");
});

test("nobody is shown what became of another's command", async () => {
  const { engine } = await opened();
  const Sender = Sending();
  const { text, again } = await show(within(engine, h(Sender)));
  await act(() => Sender.last.run({}));
  await again(within(engine, h(Sender), { now: START }));
  assert.equal(text(), "invalid_input");
  await again(within(engine, h(Sender), { actor: sam }));
  assert.equal(text(), "nothing");
});

test("a page on a snapshot answers by itself, and its commands go to the server", async () => {
  const { engine } = await opened();
  const snapshot = () => engine.snapshot({ for: "dev" });
  const mine = await openedSnapshot(await snapshot());
  const [Shown, Sender] = [Decided(), Sending()];
  const page = (send) => within(mine, [h(Shown, { key: 1 }), h(Sender, { key: 2 })], { send });
  const { text, again } = await show(page());
  await act(() => Sender.last.run(draft()));
  assert.equal(text(), "noread_only");
  await again(page(async () => {
    throw new TypeError("fetch failed");
  }));
  await act(() => Sender.last.run(draft()));
  assert.deepEqual(Sender.last.error.details, { code: "host_failed", callback: "send", problem: "fetch failed" });
  await again(page((name, input) => engine[name](dev, input)));
  const { requestId } = await act(() => Sender.last.run(draft()));
  await approve(engine, sam, requestId);
  await approve(engine, ada, requestId);
  await act(async () => void mine.update(await snapshot()));
  assert.equal(text(), `yes${requestId}`);
  await pass(HOUR);
  assert.equal(text(), `no${requestId}`);
});

test("an engine that has no commands says that a server must carry them out", async () => {
  const { engine } = await opened();
  const questions = { version: 1, subscribe: () => () => {}, nextWakeAt: () => undefined };
  const Sender = Sending();
  const { text } = await show(within({ ...questions, evaluate: engine.evaluate.bind(engine) }, h(Sender)));
  await act(() => Sender.last.run(draft()));
  assert.equal(text(), "host_failed");
  assert.match(Sender.last.error.message, /carries out no commands: give `AccessProvider` a `send`/);
});

test("both builds are the client's to React", async () => {
  const [module, script] = await Promise.all(["", "cjs/"].map((folder) => readFile(new URL(`../dist/${folder}react/index.js`, import.meta.url), "utf8")));
  assert.match(module, /^"use client";/);
  assert.match(script, /^"use client";/);
});
