import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { isGranted, speaker, tellByHttp } from "../by-http.mjs";
import { bundleWorker } from "../workers/bundle.mjs";
import { project } from "./fresh.mjs";

const read = (name) => readFile(new URL(`../../../examples/worker/${name}`, import.meta.url), "utf8");

test("the example of a Worker tells the story of a request, and goes on with it when it is started anew", async () => {
  const { vars, durable_objects, compatibility_date } = JSON.parse((await read("wrangler.jsonc")).replaceAll(/^ *\/\/.*$/gm, ""));
  const folder = await project({ "worker.js": await read("worker.js") });
  const { start } = await bundleWorker(join(folder, "worker.js"), join(folder, "out"));
  const options = {
    compatibilityDate: compatibility_date,
    bindings: vars,
    durableObjects: Object.fromEntries(durable_objects.bindings.map(({ name, class_name: className }) => [name, { className, useSQLite: true }])),
    durableObjectsPersist: join(folder, "objects"),
    // What its mailer prints.
    handleRuntimeStdio: (stdout, stderr) => [stdout, stderr].forEach((stream) => stream.resume()),
  };
  let worker = start(options);
  const fetch = (...asked) => worker.dispatchFetch(...asked);
  try {
    const [acme, other] = ["acme", "other"].map((name) => speaker(`http://localhost/${name}`, fetch));
    await tellByHttp(acme);
    // Nothing of it is in another project.
    assert.equal((await other("dev", "GET", "/inbox")).body.code, "unknown_actor");
    await worker.dispose();
    worker = start(options);
    assert.equal(await isGranted(acme), true);
  } finally {
    await worker.dispose();
  }
});
