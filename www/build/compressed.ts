import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const TEXTS = /\.(?:js|css|html|svg|wasm|webmanifest)$/u;
const SMALLEST = 1024;
/** Above it the best quality takes half a minute a file and saves a tenth. */
const LARGE = 1024 * 1024;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Lays a file for brotli and one for gzip beside each that was built, and serves them to the browsers that take them. */
export function compressed(): Plugin {
  let folder = "dist";
  return {
    name: "compressed",
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
    },
    closeBundle: {
      order: "post",
      sequential: true,
      async handler() {
        const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => TEXTS.test(name));
        await Promise.all(names.map((name) => compress(join(folder, name))));
      },
    },
    configurePreviewServer({ middlewares }) {
      // The server knows such files by their names, and says how they are encoded.
      middlewares.use((request, response, next) => {
        const [path = "/"] = (request.url ?? "/").split("?");
        const file = path === "/" ? "/index.html" : path;
        const accepted = String(request.headers["accept-encoding"] ?? "");
        const ending = [["br", ".br"] as const, ["gzip", ".gz"] as const].find(([name, it]) => accepted.includes(name) && existsSync(join(folder, file + it)));
        response.setHeader("Vary", "Accept-Encoding");
        if (ending) request.url = file + ending[1];
        next();
      });
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = readFileSync(path);
  if (bytes.length < SMALLEST) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: bytes.length > LARGE ? 9 : 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const [small, zipped] = await Promise.all([brotli(bytes, { params }), zip(bytes, { level: 9 })]);
  writeFileSync(`${path}.br`, small);
  writeFileSync(`${path}.gz`, zipped);
}
