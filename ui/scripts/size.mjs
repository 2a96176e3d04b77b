// Fails when what every window loads grows beyond its bound: the pages it opens with, what they are styled by, the desktop's
// side, one language, and the chart of the first tab. What is fetched once it is asked for (dialogs, other tabs, the other
// language) is said beside it; the fake desktop and the benchmark's script no owner's window loads. `npm run build` comes first.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const MOST = 250_000;
const EVERY = ["tauri", "words-fr", "uPlot"];
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const folder = `${dist}assets/`;
const shipped = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name) && !/^(fake|play)-/.test(name));
const loaded = new Set();

/** A file and what it cannot do without; `import("…")` is a promise and no such thing. */
function load(name) {
  if (loaded.has(name)) return;
  loaded.add(name);
  if (name.endsWith(".css")) return;
  for (const [, needed] of readFileSync(folder + name, "utf8").matchAll(/(?:\bfrom|\bimport)\s*["`]\.\/([^"`]+)["`]/g)) load(needed);
}

for (const [, name] of readFileSync(`${dist}index.html`, "utf8").matchAll(/assets\/([^"]+\.(?:js|css))"/g)) load(name);
for (const part of EVERY) {
  const name = shipped.find((file) => file.startsWith(part));
  if (!name) throw new Error(`no file begins with ${part}: what every window loads is not known any more`);
  load(name);
}

const weigh = (names) => names.reduce((sum, name) => sum + gzipSync(readFileSync(folder + name)).length, 0);
const opening = weigh([...loaded]);
const kB = (bytes) => (bytes / 1000).toFixed(1);
console.log(`what every window loads: ${kB(opening)} kB gzipped in ${loaded.size} files, at most ${MOST / 1000} kB; with all it may ask for: ${kB(weigh(shipped))} kB`);
process.exitCode = opening > 0 && opening <= MOST ? 0 : 1;
