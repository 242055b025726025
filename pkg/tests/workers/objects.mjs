// A Worker of the tests: in each object a case of the store, or a project with its engine.
import { DurableObject } from "cloudflare:workers";
import { AccessEngine, createHost } from "access-engine";
import { openDurableObjectStore } from "access-engine/stores/durable-object";
import { storeCases } from "access-engine/testing";
import { expectedTables, tellStory } from "../reports.mjs";

/** Runs one case in an object of its own. */
export class Case extends DurableObject {
  async fetch(request) {
    const wanted = new URL(request.url).searchParams.get("name");
    const connect = () => openDurableObjectStore({ storage: this.ctx.storage, project: "conformance" });
    await storeCases.find(({ name }) => name === wanted).run({ connect });
    return new Response("done");
  }
}

/** Tells the story of the tables for reports; answers what they have, and what they must have. */
export class Reports extends DurableObject {
  async fetch() {
    const { storage } = this.ctx;
    const { engine } = await tellStory(await openDurableObjectStore({ storage, project: "acme" }));
    const tables = await expectedTables(engine);
    return Response.json(tables.map(({ table, expected }) => ({ rows: storage.sql.exec(`select * from ${table}`).toArray(), expected })));
  }
}

/** What does not fit one row. */
export class Large extends DurableObject {
  async fetch() {
    const { storage } = this.ctx;
    const store = await openDurableObjectStore({ storage, project: "acme" });
    const to = Array.from({ length: 5000 }, (_, id) => `${id}-${"x".repeat(200)}`);
    const texts = { a: { of: { dev: 1 }, salt: "", text: "🗝".repeat(600_000) }, b: { of: { ada: 1 }, salt: "", text: "ü".repeat(1_100_000) } };
    const commit = { version: 1, hash: "1", at: 1, actor: { subject: "ada" }, events: [], notices: [{ id: "ntc", kind: { type: "administrators_changed" }, to }], texts };
    await store.append(commit, { version: 0, hash: "" });
    const [same] = await store.load(0, 10);
    const messages = (await store.outbox({ limit: 1e6 })).length;
    await store.erase({ subjectId: "dev", upTo: 1 });
    const [left] = await store.load(0, 10);
    const data = new Uint8Array(2_500_000).map((_, place) => place % 251);
    await store.saveSnapshot({ version: 1, hash: "1", digest: "d", data });
    await store.saveSnapshot({ version: 1, hash: "1", digest: "d", data });
    const snapshot = await store.snapshot();
    return Response.json({
      isSame: JSON.stringify(same) === JSON.stringify(commit),
      messages,
      left: Object.keys(left.texts),
      isWhole: snapshot.data.length === data.length && snapshot.data.every((byte, place) => byte === data[place]),
    });
  }
}

const user = (id) => ({ type: "user", id, name: id, email: `${id}@example.com` });

/** A project with its engine, whose clock may be behind. */
export class Project extends DurableObject {
  #opened;
  #rings = 0;

  #open() {
    this.#opened ??= (async () => {
      const store = await openDurableObjectStore({ storage: this.ctx.storage, project: "acme" });
      const mailer = { send: (message) => this.#send(message) };
      const now = () => Date.now() - this.env.BEHIND;
      // What an object that is gone has claimed is due again after six times as long.
      const engine = await AccessEngine.open({ project: "acme", administrators: [user("ada"), user("dev")], host: createHost({ store, mailer, now }), pollSeconds: 0, hostTimeoutSeconds: 5 });
      return { engine, ring: await store.useAlarm(engine) };
    })();
    return this.#opened;
  }

  async #send({ id, recipient }) {
    const { ok, status } = await this.env.MAIL.fetch("http://mail/", { method: "POST", body: JSON.stringify({ id, to: recipient.id }) });
    if (!ok) throw new Error(`the server answers ${status}`);
  }

  async alarm() {
    this.#rings += 1;
    const { ring } = await this.#open();
    await ring();
  }

  async fetch(request) {
    // What its tables say, without an engine that would see to it.
    if (request.method === "GET") {
      const grants = this.ctx.storage.sql.exec("select ends_at, ended_at, end_reason from access_grants").toArray();
      return Response.json({ grants, rings: this.#rings });
    }
    const { engine } = await this.#open();
    const { command, actor, input } = await request.json();
    const answer = await (command === "verify" ? engine.verify() : command === "explain" ? engine.explain(actor, input) : engine[command](actor, input));
    return Response.json({ answer, isAllowed: engine.isAllowed({ subject: "dev" }, "read", { environment: "prod", path: "/db" }), version: engine.version });
  }
}

/** `/Case/a` is the object `a` of that class. */
export default {
  async fetch(request, env) {
    const [, kind, id] = new URL(request.url).pathname.split("/");
    try {
      return await env[kind].get(env[kind].idFromName(id)).fetch(request);
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 });
    }
  },
};
