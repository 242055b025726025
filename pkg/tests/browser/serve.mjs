import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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
  process.env.BUILT_URL = built.resolvedUrls.local[0];
  process.env.DEVELOPED_URL = developed.resolvedUrls.local[0];

  return async () => {
    await Promise.all([built.close(), developed.close()]);
    await rm(root, { recursive: true });
  };
}
