/** The words of a title that tell most about the thing: the three longest, in their order; pure. */
const SHORT = 4;
const TAKEN = 3;

export function telling(title: string): string {
  const words = title.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= SHORT && !/^\d+$/.test(word));
  const longest = new Set([...words].sort((a, b) => b.length - a.length).slice(0, TAKEN));
  return words.filter((word) => longest.delete(word)).join(" ");
}
