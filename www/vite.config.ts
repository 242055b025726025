import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";
import { offline } from "./build/offline.ts";
import { preloaded } from "./build/preloaded.ts";

// Relative addresses and hash routing: the bundle works in any folder of any server, reloads included.
export default defineConfig({
  base: "./",
  plugins: [react(), preloaded(), offline(), compressed()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    // The styles say light-dark(), which must not be rewritten: Mantine sets the colour scheme at run time.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      checks: { pluginTimings: false },
      // The texts of words/ go where they are said.
      optimization: { inlineConst: { mode: "all", pass: 2 } },
      output: {
        codeSplitting: {
          groups: [
            { name: "libraries", tags: ["$initial"], test: /node_modules/u, priority: 2 },
            { name: "first", tags: ["$initial"], priority: 1 },
          ],
        },
      },
    },
  },
});
