import { load, loadNow } from "#load";
import { AccessError } from "./error.js";
import start from "./wasm/access_engine.js";

/** Where the WASM comes from when it is not the file of this package: its address, its bytes or the compiled module. */
export type WasmSource = URL | Response | BufferSource | WebAssembly.Module;

let ready = false;

/**
 * Starts the WASM; `AccessEngine.open` does so by itself. Harmless when it has started: the source is not read then.
 *
 * Give a source where the usual way is closed, such as in a bundler that does not follow
 * `new URL(…, import.meta.url)`.
 */
export async function init(source?: WasmSource): Promise<void> {
  if (ready) return;
  await (source === undefined ? load().catch(notFound) : start({ module_or_path: source }));
  ready = true;
}

/** Starts the WASM without waiting, where that can be done. */
export function initNow(): void {
  if (ready) return;
  try {
    ready = loadNow();
  } catch (cause) {
    notFound(cause);
  }
  if (!ready) throw unavailable("`await init()` first");
}

function notFound(cause: unknown): never {
  throw unavailable(`${String(cause)}; hand its bytes, address or module to \`await init(source)\` first`, { cause });
}

function unavailable(problem: string, options?: ErrorOptions): AccessError {
  const message = `the WebAssembly has not started: ${problem}`;
  return new AccessError({ message, fault: "host", details: { code: "wasm_unavailable", problem } }, options);
}
