import type { Read } from "./reading.worker.ts";
import { failureOf } from "./worker.ts";

/** Reads a file in a worker: a large one takes a while. */
export async function readFile(file: File): Promise<Read> {
  const worker = new Worker(new URL("./reading.worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise((resolve) => {
      worker.addEventListener("message", ({ data }: MessageEvent<Read>) => resolve(data));
      worker.addEventListener("error", (event) => resolve({ failure: failureOf(event) }));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
      worker.postMessage(file);
    });
  } finally {
    worker.terminate();
  }
}
