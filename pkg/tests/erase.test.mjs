import assert from "node:assert/strict";
import { test } from "node:test";
import { AccessEngine, createHost } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import { ada, dev, draft, open, refused, sam, terms } from "./support.mjs";

const erase = { subject: "dev" };
const client = { name: "helpdesk-agent", run: 0.5 };
const personal = ["dev@example.com", "My mother is ill", "helpdesk-agent", "Ask Dana"];

/** A project whose `dev` has asked, saying why and through what, was rejected, and is gone. */
async function gone(store) {
  const { engine } = await open({ store });
  await engine.createPolicy(ada, terms());
  const asked = await engine.requestAccess(dev, draft({ justification: "My mother is ill." }), { client });
  const [{ contentHash }] = asked.events;
  const review = { requestId: asked.requestId, verdict: "reject", contentHash, comment: "Ask Dana." };
  await engine.reviewRequest(sam, review);
  await engine.syncDirectory(ada, { changes: [{ removeSubject: "dev" }] });
  return engine;
}

const isSaid = (value) => personal.filter((text) => JSON.stringify(value).includes(text));

test("what is erased is in the store no more, and the record verifies", async () => {
  const store = memoryStore();
  const engine = await gone(store);
  const before = await store.load(0, 1000);
  assert.deepEqual(isSaid(before), personal);
  assert.deepEqual(isSaid(before.map(({ events, client: through }) => [events, through])), [], "what is hashed says nothing");
  const head = engine.head();
  const receipt = await engine.erase(ada, erase);
  assert.equal(receipt.events[0].type, "subjectErased");
  assert.deepEqual(isSaid(await store.load(0, 1000)), []);
  assert.equal((await engine.verify({ head })).intact, true);
  const anew = await AccessEngine.open({ project: "acme", host: createHost({ store, mailer: false }) });
  for (const one of [engine, anew]) {
    const [request] = one.requests("host").items;
    assert.equal(request.justification, "[erased]");
    assert.equal(request.client, "[erased]");
    assert.equal(request.requester.name, "[erased]");
    // oxlint-disable-next-line no-await-in-loop -- one engine after the other
    const history = await one.history("host");
    assert.deepEqual(isSaid([one.requests("host"), history, one.grants("host")]), []);
    one.free();
  }
});

test("salts are others each time, so that equal texts do not look alike", async () => {
  const commitments = await Promise.all(
    [1, 2].map(async () => {
      const store = memoryStore();
      (await open({ store })).engine.free();
      return (await store.load(0, 1000))[0].events[0].administrators[0].name;
    }),
  );
  assert.match(commitments[0], /^[0-9a-f]{64}$/u);
  assert.notEqual(commitments[0], commitments[1]);
});

test("a store that cannot erase is said so before anything is committed", async () => {
  const { erase: _, ...store } = memoryStore();
  const engine = await gone(store);
  const commits = (await store.load(0, 1000)).length;
  await refused("erase_unsupported", engine.erase(ada, erase));
  assert.equal((await store.load(0, 1000)).length, commits);
  engine.free();
});

test("chance that is not 32 bytes is the host's fault", async () => {
  const host = { ...createHost({ store: memoryStore(), mailer: false }), chance: () => new Uint8Array(16) };
  const administrators = [{ type: "user", id: "ada", name: "Ada" }];
  await refused("host_failed", AccessEngine.open({ project: "acme", administrators, host }));
});

test("a client is shown to approvers, and refused where it is none", async () => {
  const { engine } = await open();
  await engine.createPolicy(ada, terms());
  await engine.requestAccess(dev, draft(), { client });
  assert.deepEqual(engine.requests(sam).items[0].client, client);
  await refused("invalid_input", engine.requestAccess(dev, draft(), { client: "agent" }));
  await refused("limit_exceeded", engine.requestAccess(dev, draft(), { client: { name: "a".repeat(5000) } }));
  engine.free();
});
