import { loadNow, places } from "./load/index.js";
import { AccessError } from "./error.js";
import { initSync, start } from "./glue.js";

/**
 * Where the WASM comes from when it is not the file of this package: its address, a `Response` with it, its bytes, or the
 * compiled `WebAssembly.Module`.
 */
export type WasmSource = string | object;

let ready = false;
let starting: Promise<void> | undefined;

/**
 * Starts the WASM; `AccessEngine.open` does so by itself. Harmless when it has started: the source is not read then.
 *
 * Without a source it is found in Node, in browsers, behind bundlers and in edge runtimes. Give one where it is kept
 * elsewhere, such as on another server.
 */
export async function init(source?: WasmSource): Promise<void> {
  if (ready) return;
  if (source === undefined) {
    starting ??= startFrom(places).finally(() => void (starting = undefined));
    return starting;
  }
  await starting?.catch(() => {});
  if (!ready) await startFrom([async () => source]);
}

/** Starts it from the first of these places that has one. */
async function startFrom(tried: typeof places): Promise<void> {
  const problems: unknown[] = [];
  for (const place of tried) {
    try {
      // oxlint-disable no-await-in-loop -- the next is tried where this one has nothing
      const found = await place();
      if (found === undefined) continue;
      await start({ module_or_path: found });
      // oxlint-enable no-await-in-loop
      ready = true;
      return;
    } catch (problem) {
      problems.push(problem);
    }
  }
  throw notLoaded(problems);
}

/** Starts the WASM without waiting, where that can be done. */
export function initNow(): void {
  if (ready) return;
  const problems: unknown[] = [];
  try {
    const found = loadNow();
    if (found !== undefined) {
      initSync({ module: found as BufferSource | WebAssembly.Module });
      ready = true;
      return;
    }
  } catch (problem) {
    problems.push(problem);
  }
  throw notLoaded(problems);
}

function notLoaded(problems: unknown[]): AccessError {
  const said = [...problems.map(String), "`await init()` first, or hand the file's address, bytes or module to `init(source)`"];
  const problem = said.join("; ");
  const message = `the WebAssembly has not started: ${problem}`;
  return new AccessError({ message, fault: "host", details: { code: "wasm_not_loaded", problem } }, { cause: problems[0] });
}
