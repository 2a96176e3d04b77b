// Beside the window's own configuration, and with the same targets: the two pages differ in what they show only.
import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  plugins: [react()],
  resolve: { alias: { "@": here("../src") } },
  build: { target: ["chrome111", "safari16.4"], emptyOutDir: true },
});
