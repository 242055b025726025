import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { project, run, tarball } from "./fresh.mjs";

const USE = `
import { AccessEngine, createHost, init, isAccessError } from "access-engine";
import { consoleMailer } from "access-engine/mailers/console";
import { smtpMailer } from "access-engine/mailers/smtp";
import { webhookMailer } from "access-engine/mailers/webhook";
import { openDurableObjectStore } from "access-engine/stores/durable-object";
import { memoryStore } from "access-engine/stores/memory";
import { openPostgresStore } from "access-engine/stores/postgres";
import { AccessProvider, useCommand } from "access-engine/react";
import { mailerCases, storeCases } from "access-engine/testing";
const host = createHost({ store: memoryStore(), mailer: consoleMailer({ baseUrl: "https://example.com" }) });
export const opened: Promise<AccessEngine> = AccessEngine.open({ project: "acme", host });
void init({});
// @ts-expect-error -- no source
void init(3);
export { AccessProvider, isAccessError, mailerCases, openDurableObjectStore, openPostgresStore, smtpMailer, storeCases, useCommand, webhookMailer };
`;

/** Without the types of a browser or of Node. */
const BARE = { target: "es2023", lib: ["es2023"], types: [], strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true };

for (const [name, files, options] of [
  ["nodenext", ["use.mts", "use.cts"], { module: "nodenext" }],
  ["node16", ["use.mts"], { module: "node16" }],
  ["bundler", ["use.mts"], { module: "esnext", moduleResolution: "bundler" }],
]) {
  test(`the types hold under \`${name}\`, without those of browsers and Node`, async () => {
    const tsconfig = JSON.stringify({ compilerOptions: { ...BARE, ...options }, files });
    const folder = await project({ "use.mts": USE, "use.cts": USE, "tsconfig.json": tsconfig }, ["react", "@types/react", "csstype"]);
    const compiler = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
    const compiled = await run(process.execPath, [compiler, "-p", folder]).catch((error) => error);
    assert.equal(compiled.stdout, "");
  });
}

test("publint finds nothing", async () => {
  const folder = await project({});
  const pkgDir = join(folder, "node_modules/access-engine");
  const { messages } = await publint({ pkgDir, strict: true, pack: false });
  const manifest = JSON.parse(await readFile(join(pkgDir, "package.json"), "utf8"));
  assert.deepEqual(messages.map((message) => formatMessage(message, manifest)), []);
});

test("no entry has types of another module than it is", async () => {
  const made = createPackageFromTarballData(new Uint8Array(await readFile(tarball)));
  const { problems } = await checkPackage(made);
  // The entries for programs are no modules.
  const found = problems.filter(({ entrypoint }) => !/\.(json|wasm)$/.test(entrypoint ?? ""));
  assert.deepEqual(found.map(({ kind, entrypoint, resolutionKind }) => [kind, entrypoint, resolutionKind]), []);
});
