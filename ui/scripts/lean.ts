// Leaves out of the built window what the libraries carry for people who debug them: Radix names every function anew, which also
// keeps what nobody uses; lucide gives every line of an icon a key that only a development build of React asks for.
import type { Plugin } from "vite";

export function lean(): Plugin {
  return {
    name: "lean",
    apply: "build",
    transform: {
      filter: { id: /node_modules\/(@radix-ui|lucide-react)\// },
      handler(code, id) {
        const shorter = id.includes("lucide-react")
          ? code.replace(/, key: "[^"]*"/g, "")
          : code
              .replace(/static \{\s*__name\(this, "[^"]*"\);\s*\}/g, "")
              .replace(/^var __name = .*$/m, "/* @__NO_SIDE_EFFECTS__ */ function __name(target) { return target; }");
        return shorter === code ? null : { code: shorter, map: null };
      },
    },
  };
}
