import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { AccessEngine } from "access-engine";
import { run } from "../../tests/vectors/runner.mjs";

const folder = new URL("../../tests/vectors/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const fixtures = read("fixtures.json");

const files = readdirSync(folder).filter((file) => file.endsWith(".json") && file !== "fixtures.json");

for (const name of files) {
  test(`the vectors of ${name} hold through the package`, async () => {
    const { vectors } = read(name);
    assert.deepEqual(await run({ AccessEngine, fixtures, vectors }), []);
  });
}
