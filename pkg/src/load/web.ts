import start from "../wasm/access_engine.js";

/** Fetches the WASM from this package; a bundler finds it by the form `new URL(…, import.meta.url)`. */
export async function load(): Promise<void> {
  await start({ module_or_path: new URL("../wasm/access_engine_bg.wasm", import.meta.url) });
}

/** A browser cannot start without waiting. */
export function loadNow(): boolean {
  return false;
}
