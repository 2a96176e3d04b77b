// Serves ui/dist on a free port and opens it in the Chromium of the system: for pictures and for axe.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";
import { preview } from "vite";

const KNOWN = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const root = fileURLToPath(new URL("..", import.meta.url));

export async function withBrowser({ width = 1240, height = 800 } = {}, work) {
  const executablePath = process.env.CHROMIUM ?? KNOWN.find((path) => existsSync(path));
  if (!executablePath) throw new Error("no Chromium found: install it, or name it in CHROMIUM");
  if (!existsSync(`${root}/dist/index.html`)) throw new Error("ui/dist is missing: run npm run build first");
  const server = await preview({ root, logLevel: "error", preview: { port: 0, host: "127.0.0.1" } });
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width, height }, locale: "fr-FR", timezoneId: "Europe/Paris", reducedMotion: "reduce" });
    const trouble = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && trouble.push(message.text()));
    page.on("pageerror", (error) => trouble.push(String(error)));
    const result = await work({ page, base: `http://127.0.0.1:${server.httpServer.address().port}`, trouble });
    if (trouble.length > 0) throw new Error(`the console complained:\n${[...new Set(trouble)].join("\n")}`);
    return result;
  } finally {
    await browser.close();
    await server.close();
  }
}
