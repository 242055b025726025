import { readFileSync } from "node:fs";
import { initSync } from "../wasm/access_engine.js";

/** Reads the WASM from its file. Node's `fetch` has no `file:` and costs 40 ms at its first touch. */
export async function load(): Promise<void> {
  loadNow();
}

/** Starts without waiting. */
export function loadNow(): boolean {
  initSync({ module: readFileSync(new URL("../wasm/access_engine_bg.wasm", import.meta.url)) });
  return true;
}
