import type { WasmSource } from "../instance.js";

/**
 * Where the WASM of this package may be, whatever the surroundings; what comes first is tried first. The last is the same
 * file as a module, which every bundler follows, and which is loaded nowhere else.
 */
export const places: readonly (() => Promise<WasmSource | undefined>)[] = [
  async () => loadNow(),
  fetched,
  async () => unzipped((await import("../wasm/inline.js")).gzipped),
];

/** The file beside this one, where reading it takes no waiting: in Node and its like. */
export function loadNow(): WasmSource | undefined {
  try {
    // An edge runtime throws when it is asked for this, and a bundle may stand far from the file.
    const [{ readFileSync }, { fileURLToPath }] = [process.getBuiltinModule("node:fs"), process.getBuiltinModule("node:url")];
    // By its path: where code runs in a realm of its own, its `URL` is not the one that Node knows.
    return readFileSync(fileURLToPath(new URL("../wasm/access_engine_bg.wasm", import.meta.url).href));
  } catch {
    return undefined;
  }
}

/** What a server has at its address. */
async function fetched(): Promise<WasmSource | undefined> {
  // Bundlers know the file by this form: it is written out in both places.
  const address = new URL("../wasm/access_engine_bg.wasm", import.meta.url);
  // Node fetches no files, and would take 40 ms to say so; and a bundle that has not taken the file along has none.
  const isLeftBehind = address.pathname.endsWith("/wasm/access_engine_bg.wasm") && !import.meta.url.endsWith("/load/index.js");
  if (address.protocol === "file:" || isLeftBehind) return undefined;
  const answer = await fetch(address);
  const type = answer.headers.get("content-type") ?? "";
  // For what it does not know, a development server answers a page.
  if (!answer.ok || type.startsWith("text/")) return undefined;
  return type.startsWith("application/wasm") ? answer : answer.arrayBuffer();
}

/** The bytes of a text in Base64 that was compressed. */
async function unzipped(base64: string): Promise<WasmSource> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (typeof DecompressionStream === "undefined") return process.getBuiltinModule("node:zlib").gunzipSync(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
