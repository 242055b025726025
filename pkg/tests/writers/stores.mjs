// The stores that many processes write to, by their address.
import { createClient } from "@libsql/client";
import { openPostgresStore } from "access-engine/stores/postgres";
import { openSqliteStore } from "access-engine/stores/sqlite";
import { Pool } from "pg";

/** Connects to the record of a project; `end` lets go of it. */
export async function connect(url, project, { listens = true } = {}) {
  if (url.startsWith("file:")) {
    const client = createClient({ url });
    return { store: await openSqliteStore({ client, project }), end: async () => client.close() };
  }
  const [pool, listen] = [new Pool({ connectionString: url, max: 4 }), new Pool({ connectionString: url, max: 1 })];
  for (const made of [pool, listen]) made.on("error", () => {});
  const end = () => Promise.all([pool.end(), listen.end()]);
  return { store: await openPostgresStore({ pool, project, ...(listens ? { listen } : {}) }), end };
}
