import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Relative addresses and hash routing: the bundle works in any folder of any server, reloads included.
export default defineConfig({
  base: "./",
  plugins: [react()],
  worker: { format: "es" },
  // The styles say light-dark(), which must not be rewritten: Mantine sets the colour scheme at run time.
  build: { target: "es2022", cssTarget: ["chrome123", "firefox120", "safari17.5"], chunkSizeWarningLimit: 1500 },
});
