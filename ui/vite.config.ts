// How the window's UI is built, served and tested. The words the core owns are read from its folder, so that a sentence
// about an error exists once for the terminal and the window.
import { fileURLToPath } from "node:url";

import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { chunks } from "./scripts/chunks.ts";
import { lean } from "./scripts/lean.ts";
import { words } from "./scripts/words.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const core = here("../src-tauri/crates/core/words");

export default defineConfig({
  plugins: [react(), tailwindcss(), words({ window: here("./src/i18n"), core }), lean()],
  resolve: { alias: { "@words": core, "@": here("./src") } },
  clearScreen: false,
  // The port is the one Tauri's devUrl names.
  server: { port: 1420, strictPort: true, fs: { allow: [here("."), core] } },
  build: {
    // What `--mode fake` builds goes into a folder outside: only the window without the fake desktop is shipped.
    emptyOutDir: true,
    target: ["chrome111", "safari16.4"],
    chunkSizeWarningLimit: 900,
    rolldownOptions: { output: { codeSplitting: chunks } },
  },
  test: {
    environment: "jsdom",
    alias: [{ find: /^uplot$/, replacement: here("./tests/no-plot.ts") }],
    setupFiles: ["./tests/setup.ts"],
    include: ["tests/**/*.test.{ts,tsx}"],
    css: false,
    testTimeout: 30_000,
  },
});
