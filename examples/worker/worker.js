// Access requests at the edge: each project is one Durable Object, with its engine and its record inside.
import { DurableObject } from "cloudflare:workers";
import { AccessEngine, createHost, isAccessError } from "access-engine";
import { consoleMailer } from "access-engine/mailers/console";
import { openDurableObjectStore } from "access-engine/stores/durable-object";

/**
 * AUTHENTICATION IS YOURS, and so is who may come to which project: whoever this names acts as that subject. A header
 * that anybody can send is for trying out only; check a session or a token, such as that of Cloudflare Access, here.
 */
function authenticate(request) {
  const subject = request.headers.get("x-subject");
  return subject === null ? undefined : { subject };
}

/** What a project answers; `:id` is that of a request. */
const ROUTES = {
  "POST /directory": (engine, actor, { input, options }) => engine.syncDirectory(actor, input, options),
  "POST /policies": (engine, actor, { input, options }) => engine.createPolicy(actor, input, options),
  "POST /requests": (engine, actor, { input, options }) => engine.requestAccess(actor, input, options),
  "GET /requests/:id": (engine, actor, { id }) => engine.explain(actor, id),
  "POST /requests/:id/reviews": (engine, actor, { id, input, options }) => engine.reviewRequest(actor, { ...input, requestId: id }, options),
  "GET /inbox": (engine, actor) => engine.inbox(actor),
  "POST /decision": (engine, actor, { input }) => engine.evaluate({ ...input, subject: actor }),
};

const routes = Object.entries(ROUTES).map(([route, answer]) => {
  const [method, pathname] = route.split(" ");
  return { method, pattern: new URLPattern({ pathname: `/:project${pathname}` }), route, answer };
});

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const found = routes.find(({ method, pattern }) => method === request.method && pattern.test(url));
    if (found === undefined) return new Response("There is no such route.", { status: 404 });
    const actor = authenticate(request);
    if (actor === undefined) return new Response("Who are you?", { status: 401 });
    const { project, id } = found.pattern.exec(url).pathname.groups;
    const input = request.method === "POST" ? await request.json().catch(() => undefined) : undefined;
    const idempotencyKey = request.headers.get("idempotency-key") ?? undefined;
    const { status, body } = await env.PROJECTS.getByName(project).answer(found.route, actor, { id, input, options: { idempotencyKey } });
    return Response.json(body, { status });
  },
};

/** A project: one writer, wherever in the world it is. */
export class Project extends DurableObject {
  #opened;

  /** Opens the engine when something is asked; it is there for as long as the object is in memory. */
  #open() {
    this.#opened ??= open(this.ctx, this.env).catch((error) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  /** Answers as plain data: an error would lose its fields on the way out of the object. */
  async answer(route, actor, asked) {
    try {
      const { engine } = await this.#open();
      return { status: 200, body: await ROUTES[route](engine, actor, asked) };
    } catch (error) {
      if (!isAccessError(error)) throw error;
      const { code, message, details } = error;
      return { status: statusOf(error), body: { code, message, details } };
    }
  }

  /** Ends what is over, and sends what is due. */
  async alarm() {
    const { ring } = await this.#open();
    await ring();
  }
}

async function open({ storage, id }, { ADMINISTRATORS, BASE_URL }) {
  // An object that an alarm wakes is not told its name.
  const project = id.name ?? (await storage.get("name"));
  await storage.put("name", project);
  const store = await openDurableObjectStore({ storage, project });
  const host = createHost({ store, mailer: consoleMailer({ baseUrl: `${BASE_URL}/${project}` }) });
  // Nobody else writes here: it has nothing to look for, and would not let the object sleep.
  const engine = await AccessEngine.open({ project, host, administrators: ADMINISTRATORS, pollSeconds: 0 });
  return { engine, ring: await store.useAlarm(engine) };
}

function statusOf({ code, fault }) {
  if (code === "not_found") return 404;
  return { input: 400, authority: 403, state: 409, conflict: 409, host: 503 }[fault] ?? 500;
}
