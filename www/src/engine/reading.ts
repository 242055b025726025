import type { Read } from "./reading.worker.ts";

/** Reads a file in a worker: a large one takes a while. */
export async function readFile(file: File): Promise<Read> {
  const worker = new Worker(new URL("./reading.worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener("message", ({ data }: MessageEvent<Read>) => resolve(data));
      worker.addEventListener("error", ({ message }) => reject(new Error(message)));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
      worker.postMessage(file);
    });
  } finally {
    worker.terminate();
  }
}
