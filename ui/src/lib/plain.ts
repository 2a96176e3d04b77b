/** Text as it is compared: without case and accents, so that "etui" finds "Étui". */
export const plain = (text: string): string => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

/** Whether every word asked for begins or is within a word of `text`. */
export function holds(text: string, asked: string): boolean {
  const within = plain(text);
  return plain(asked).split(/\s+/).every((word) => within.includes(word));
}
