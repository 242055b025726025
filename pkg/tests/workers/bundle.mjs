// A Worker in the real workerd, as Cloudflare's own tool bundles it: a WASM is a module of its own.
import { basename, join } from "node:path";
import * as esbuild from "esbuild";
import { Miniflare } from "miniflare";

/** Bundles a Worker into a folder; what it answers starts it with these options, as often as it is called. */
export async function bundleWorker(file, outdir) {
  await esbuild.build({
    entryPoints: [file],
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    loader: { ".wasm": "copy" },
    logLevel: "error",
  });
  const scriptPath = join(outdir, basename(file).replace(/\.m?js$/, ".mjs"));
  const modulesRules = [{ type: "CompiledWasm", include: ["**/*.wasm"] }];
  const start = (options = {}) =>
    new Miniflare({ modules: true, modulesRoot: outdir, scriptPath, modulesRules, compatibilityDate: "2026-01-01", ...options });
  return { scriptPath, start };
}
