// Fails when what the window loads grows beyond its bound; `npm run build` comes first.
// The fake desktop and the benchmark's script are left out: no owner's window loads them.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const MOST = 250_000;
const folder = fileURLToPath(new URL("../dist/assets/", import.meta.url));
const files = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name) && !/^(fake|play)-/.test(name));
const total = files.reduce((sum, name) => sum + gzipSync(readFileSync(folder + name)).length, 0);
console.log(`the window's pages: ${(total / 1000).toFixed(1)} kB gzipped in ${files.length} files, at most ${MOST / 1000} kB`);
process.exitCode = total > 0 && total <= MOST ? 0 : 1;
