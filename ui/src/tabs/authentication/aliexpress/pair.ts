/** What a typed App Key or App Secret looks like, before anybody is asked; pure. Null: nothing worth saying. */
export type Hint = "key_text" | "key_good" | "secret_is_key" | "secret_space";

export function keyHint(typed: string): Hint | null {
  const key = typed.trim();
  if (key === "") return null;
  if (!/^\d+$/.test(key)) return "key_text";
  return key.length >= 5 ? "key_good" : null;
}

export function secretHint(typed: string): Hint | null {
  const secret = typed.trim();
  if (/\s/.test(secret)) return "secret_space";
  return /^\d{5,9}$/.test(secret) ? "secret_is_key" : null;
}
