// A process of its own that writes to an SQLite file: asks for access again and again, and prints what was acknowledged.
import { createClient } from "@libsql/client";
import { AccessEngine, createHost } from "access-engine";
import { openSqliteStore } from "access-engine/stores/sqlite";

const [url, name, count] = process.argv.slice(2);
const store = await openSqliteStore({ client: createClient({ url }), project: "acme" });
const engine = await AccessEngine.open({ project: "acme", host: createHost({ store, mailer: false }) });
for (let number = 0; number < Number(count); number += 1) {
  const target = { environment: "production", path: `/payments/${name}/${number}` };
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  const asked = await engine.requestAccess({ subject: "dev" }, { target, actions: ["read"], duration: "PT1H", justification: "a customer waits" }).catch((error) => error);
  // Ten lost races are a conflict, and nothing was written.
  if (asked instanceof Error && asked.code !== "conflict") throw asked;
  if (!(asked instanceof Error)) console.log(asked.requestId);
}
await engine.close();
