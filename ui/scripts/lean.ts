// Leaves out of the built window what the libraries carry for people who debug them: Radix names every function anew, which also
// keeps what nobody uses; lucide gives every line of an icon a key, and every icon a name, that only a development build of React
// asks for.
import type { Plugin } from "vite";

interface Node {
  type: string;
  start: number;
  end: number;
  [part: string]: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value && "start" in value;

/** What lies between the start of a `__name(thing, "name")` and its thing, and between that and its end: the thing alone is left. */
function namings(node: Node, found: [number, number, string][] = []): [number, number, string][] {
  const { callee, arguments: given } = node;
  if (node.type === "CallExpression" && isNode(callee) && callee["name"] === "__name" && Array.isArray(given) && isNode(given[0])) {
    found.push([node.start, given[0].start, "("], [given[0].end, node.end, ")"]);
  }
  for (const part of Object.values(node).flat()) if (isNode(part)) namings(part, found);
  return found;
}

export function lean(): Plugin {
  return {
    name: "lean",
    apply: "build",
    transform: {
      filter: { id: /node_modules\/(@radix-ui|lucide-react)\// },
      handler(code, id) {
        if (id.includes("lucide-react")) return { code: code.replace(/, key: "[^"]*"/g, "").replace(/^\s*Component\.displayName = .*$/m, ""), map: null };
        const unnamed = code.replace(/static \{\s*__name\(this, "[^"]*"\);\s*\}/g, "");
        // From the end, so that what comes before keeps its place.
        const cuts = namings(this.parse(unnamed) as unknown as Node).sort(([one], [two]) => two - one);
        return { code: cuts.reduce((left, [from, to, by]) => left.slice(0, from) + by + left.slice(to), unnamed), map: null };
      },
    },
  };
}
