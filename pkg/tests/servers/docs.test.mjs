// The examples of docs/ that need PostgreSQL.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFile } from "node:fs/promises";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { AccessEngine, createHost } from "access-engine";
import { connect } from "../writers/stores.mjs";
import { examples } from "../examples.mjs";
import { startPostgres } from "./postgres.mjs";

const postgres = await startPostgres();
after(() => postgres.stop());
const { store, end } = await connect(postgres.url, "acme");
const first = await AccessEngine.open({ project: "acme", administrators: [{ type: "user", id: "ada", name: "Ada" }], host: createHost({ store, mailer: false }) });
await first.close();
await end();

const own = examples.filter(({ needs }) => needs === "postgres");

test("there is such an example", () => assert.ok(own.length > 0));

for (const { name, file } of own) {
  test(`${name} opens the project, and closes it`, async () => {
    await appendFile(file, "console.log(engine.version);\nawait engine.close();\nawait Promise.all([pool.end(), listen.end()]);\n");
    const env = { ...process.env, DATABASE_URL: postgres.url };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--unhandled-rejections=strict", file], { env, timeout: 30_000 });
    assert.deepEqual([stdout, stderr], ["1\n", ""]);
  });
}
