// How the window's UI is built, served and tested. The words the core owns are read from its folder, so that a sentence
// about an error exists once for the terminal and the window.
import { fileURLToPath } from "node:url";

import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const words = here("../src-tauri/crates/core/words");

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@words": words, "@": here("./src") } },
  clearScreen: false,
  // The port is the one Tauri's devUrl names.
  server: { port: 1420, strictPort: true, fs: { allow: [here("."), words] } },
  build: { target: ["chrome111", "safari16.4"], chunkSizeWarningLimit: 900 },
  test: {
    environment: "jsdom",
    alias: [{ find: /^uplot$/, replacement: here("./tests/no-plot.ts") }],
    setupFiles: ["./tests/setup.ts"],
    include: ["tests/**/*.test.{ts,tsx}"],
    css: false,
    testTimeout: 30_000,
  },
});
