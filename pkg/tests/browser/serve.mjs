import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { build, createServer, preview } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const own = join(here, "../..");
// What a page needs to run this package, and no more.
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src data:";

/** A project as a user has it, with the package installed: served while it is developed, and as it was built. */
export default async function serve() {
  const root = await mkdtemp(join(tmpdir(), "access-engine-"));
  const installed = join(root, "node_modules/access-engine");
  await mkdir(installed, { recursive: true });
  await cp(join(own, "package.json"), join(installed, "package.json"));
  await cp(join(own, "dist"), join(installed, "dist"), { recursive: true });
  await symlink(dirname(dirname(fileURLToPath(import.meta.resolve("idb")))), join(root, "node_modules/idb"));
  await Promise.all(["index.html", "page.mjs"].map((file) => cp(join(here, file), join(root, file))));

  const common = { root, configFile: false, logLevel: "warn" };
  const at = { host: "127.0.0.1", port: 0 };
  await build(common);
  const built = await preview({ ...common, preview: { ...at, headers: { "content-security-policy": policy } } });
  const developed = await createServer({ ...common, server: { ...at, fs: { strict: false } } });
  await developed.listen();
  const plain = await servePlainly(root);
  process.env.PLAIN_URL = plain.url;
  process.env.BUILT_URL = built.resolvedUrls.local[0];
  process.env.DEVELOPED_URL = developed.resolvedUrls.local[0];

  return async () => {
    await Promise.all([built.close(), developed.close(), plain.close()]);
    await rm(root, { recursive: true });
  };
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

function page(head) {
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${head}`;
}

/** The same project as files: a page with an import map, and one with a bundle of esbuild's, which leaves the WASM behind. */
async function servePlainly(root) {
  const packages = "/node_modules/access-engine/dist/";
  const imports = { "access-engine": `${packages}index.js`, idb: "/node_modules/idb/build/index.js" };
  for (const name of ["stores/indexed-db", "stores/memory", "testing"]) {
    imports[`access-engine/${name}`] = `${packages}${name === "testing" ? "testing/index" : name}.js`;
  }
  const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
  await writeFile(join(root, "import-map.html"), page(`${map}<script type="module" src="./page.mjs"></script>`));
  const how = { bundle: true, splitting: true, format: "esm", outdir: join(root, "bundled"), logLevel: "error" };
  await esbuild.build({ absWorkingDir: root, entryPoints: ["page.mjs"], ...how });
  await writeFile(join(root, "bundled.html"), page('<script type="module" src="./bundled/page.js"></script>'));

  const server = createHttpServer(async ({ url }, answer) => {
    const file = join(root, new URL(url, "http://localhost").pathname);
    try {
      const bytes = await readFile(file);
      answer.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain" }).end(bytes);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => new Promise((resolve) => void server.close(resolve)) };
}
