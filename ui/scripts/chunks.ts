// Which file of the built window a module goes to: what every window begins with is one file, what is opened later is another; many
// small ones would weigh more. What only some windows need (a language, the chart, who answers, the benchmark) stays apart.
import type { Rolldown } from "vite";

const APART = /uplot|virtual:words\/(fr|en)|\/src\/(ipc\/|bench\/)|node_modules\/@tauri-apps/;

/** Whether the window begins with a module: an entry imports it, or something that is imported so. */
function begins(id: string, context: Rolldown.ChunkingContext): boolean {
  const seen = new Set([id]);
  // A set takes more while it is gone through.
  for (const module of seen) {
    const info = context.getModuleInfo(module);
    if (info?.isEntry) return true;
    info?.importers.forEach((importer) => seen.add(importer));
  }
  return false;
}

export const chunks: Rolldown.CodeSplittingOptions = {
  groups: [
    { name: (id, context) => (begins(id, context) ? "window" : null), priority: 2 },
    { name: (id) => (APART.test(id) ? null : "later"), priority: 1 },
  ],
};
