// The engine of this server, which alone decides. Any number of servers may share the record.
import { createClient } from "@libsql/client";
import { AccessEngine, createHost } from "access-engine";
import { openSqliteStore } from "access-engine/stores/sqlite";

const person = (name) => ({ type: "user", id: name.toLowerCase(), name });

async function open() {
  const store = await openSqliteStore({ client: createClient({ url: process.env.ACCESS_DATABASE ?? "file:access.db" }), project: "acme" });
  const host = createHost({ store, mailer: false });
  const engine = await AccessEngine.open({ project: "acme", host, administrators: [person("Ada")], background: true });
  if (engine.version === 1) {
    const ada = { subject: "ada" };
    await engine.syncDirectory(ada, { changes: [{ upsertSubject: person("Dev") }] }, { idempotencyKey: "people" });
    const steps = [{ quorums: [{ approvers: [ada], required: 1 }] }];
    const targets = { environments: ["production"], paths: ["/payments/**"] };
    await engine.createPolicy(ada, { name: "Payments", targets, actions: "all", steps }, { idempotencyKey: "payments" });
  }
  return engine;
}

/** Opened when the first request comes, and once: a development server loads this file again and again. */
export const engineOf = () => (globalThis.accessEngine ??= open());

/** Whoever has signed in. Put your own authentication here: a cookie that says who one is proves nothing. */
export function actorOf(cookies) {
  return { subject: cookies.get("subject")?.value ?? "dev" };
}
