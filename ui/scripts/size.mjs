// Fails when the window's pages grow beyond their bound: every script and style sheet of the build, both languages and all that is
// loaded only once it is asked for. `npm run build` comes first.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const MOST = 250_000;
const folder = fileURLToPath(new URL("../dist/assets/", import.meta.url));
const kB = (bytes) => (bytes / 1000).toFixed(1).padStart(7);
const files = readdirSync(folder)
  .filter((name) => /\.(js|css)$/.test(name))
  .map((name) => [name, gzipSync(readFileSync(folder + name)).length])
  .sort(([, one], [, two]) => two - one);
const all = files.reduce((sum, [, bytes]) => sum + bytes, 0);

for (const [name, bytes] of files) console.log(`${kB(bytes)} kB  ${name}`);
console.log(`${kB(all)} kB  all of it gzipped, at most ${MOST / 1000} kB`);
if (files.some(([name]) => name.startsWith("fake"))) throw new Error("the fake desktop is in the shipped build");
process.exitCode = all > 0 && all <= MOST ? 0 : 1;
