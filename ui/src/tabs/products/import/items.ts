/** What was typed into the import field: addresses and ids to fetch at once, or words to search for. Pure. */
export type Asked = { kind: "nothing" } | { kind: "items"; items: string[] } | { kind: "words"; words: string };

const ID = /^\d{9,}$/;
const ADDRESS = /^(https?:\/\/)?([\w-]+\.)*aliexpress\.[a-z.]+\//i;

export function readAsked(text: string): Asked {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
  if (parts.length === 0) return { kind: "nothing" };
  // One thing that is neither makes it a search: "lamp 5000000000" is words.
  if (parts.every((part) => ID.test(part) || ADDRESS.test(part) || /^https?:\/\//i.test(part))) return { kind: "items", items: [...new Set(parts)] };
  return { kind: "words", words: text.trim().replace(/\s+/g, " ") };
}
