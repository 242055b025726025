import type { WasmSource } from "../instance.js";
import compiled from "../wasm/access_engine_bg.wasm";

/** There a WASM is compiled when a worker is deployed, and can be made of bytes no more. */
export const places: readonly (() => Promise<WasmSource | undefined>)[] = [async () => compiled];

/** The compiled module. */
export function loadNow(): WasmSource {
  return compiled;
}
