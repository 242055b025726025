import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** The WASM once more as text, for where the file itself cannot be had. */
const SPARE = /inline-.*\.js$/u;

/** Writes the service worker that keeps every file of the page, so that it opens without a network. */
export function offline(): Plugin {
  return {
    name: "offline",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const built = Object.keys(bundle).filter((name) => name !== "index.html" && !SPARE.test(name));
        const files = ["./", ...readdirSync("public"), ...built];
        const worker = readFileSync("build/worker.js", "utf8");
        this.emitFile({ type: "asset", fileName: "sw.js", source: `const FILES = ${JSON.stringify(files)};\n${worker}` });
      },
    },
  };
}
