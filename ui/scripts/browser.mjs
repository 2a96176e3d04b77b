// Builds the window with the fake desktop, which the shipped one is without, serves it on a free port and opens it in the Chromium of
// the system: for pictures, for axe and for journeys.
import { existsSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";
import { build, createServer, preview } from "vite";

const KNOWN = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const root = fileURLToPath(new URL("..", import.meta.url));

async function withPage({ width, height, scale }, work) {
  const executablePath = process.env.CHROMIUM ?? KNOWN.find((path) => existsSync(path));
  if (!executablePath) throw new Error("no Chromium found: install it, or name it in CHROMIUM");
  // Wherever its profile is, Chromium puts its crash reports and certificates into the home: it gets one of its own.
  const home = await mkdtemp(join(tmpdir(), "smartlinks-browser-"));
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, "config"), XDG_CACHE_HOME: join(home, "cache"), XDG_DATA_HOME: join(home, "data") };
  const browser = await chromium.launch({ executablePath, env, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale, locale: "fr-FR", timezoneId: "Europe/Paris", reducedMotion: "reduce" });
    const trouble = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && trouble.push(message.text()));
    page.on("pageerror", (error) => trouble.push(String(error)));
    const result = await work(page);
    if (trouble.length > 0) throw new Error(`the console complained:\n${[...new Set(trouble)].join("\n")}`);
    return result;
  } finally {
    await browser.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

const portOf = (server) => server.httpServer.address().port;

let built;

/** Into a folder of this run: another one may be built while this one is looked at. */
async function buildFake() {
  const outDir = await mkdtemp(join(tmpdir(), "smartlinks-fake-"));
  process.on("exit", () => rmSync(outDir, { recursive: true, force: true }));
  const fake = { root, mode: "fake", logLevel: "error", build: { outDir } };
  await build(fake);
  return fake;
}

export async function withBrowser({ width = 1240, height = 800, scale = 1 } = {}, work) {
  built ??= buildFake();
  const server = await preview({ ...(await built), preview: { port: 0, host: "127.0.0.1" } });
  try {
    return await withPage({ width, height, scale }, (page) => work({ page, base: `http://127.0.0.1:${portOf(server)}` }));
  } finally {
    await server.close();
  }
}

/** The parts' own page, which is never built: served as it is written. */
export async function withGallery(work) {
  const server = await createServer({ root, logLevel: "error", server: { port: 0, strictPort: false, host: "127.0.0.1", hmr: false, watch: null } });
  await server.listen();
  try {
    return await withPage({ width: 1040, height: 800, scale: 1 }, (page) => work({ page, url: `http://127.0.0.1:${portOf(server)}/gallery/index.html` }));
  } finally {
    await server.close();
  }
}
