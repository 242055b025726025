import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createClient } from "@libsql/client";
import { openSqliteStore } from "access-engine/stores/sqlite";
import { storeCases } from "access-engine/testing";
import { assertRows, expectedTables, tellStory } from "./reports.mjs";

const folder = await mkdtemp(join(tmpdir(), "access-engine-"));
after(() => rm(folder, { recursive: true }));

let files = 0;
/** A file of its own for each case; whoever connects opens it anew, as another process would. */
function record() {
  files += 1;
  const url = `file:${join(folder, `${files}.db`)}`;
  return { connect: () => openSqliteStore({ client: createClient({ url }), project: "conformance" }) };
}

for (const { name, run } of storeCases) {
  test(`SQLite: ${name}`, () => run(record()));
}

test("SQLite: the tables for reports say what the engine says", async () => {
  const client = createClient({ url: `file:${join(folder, "reports.db")}` });
  const { engine } = await tellStory(await openSqliteStore({ client, project: "acme" }));
  for (const { table, expected } of await expectedTables(engine)) {
    // oxlint-disable-next-line no-await-in-loop -- one table after the other
    assertRows((await client.execute(`select * from ${table}`)).rows, expected);
  }
  await engine.close();
});
