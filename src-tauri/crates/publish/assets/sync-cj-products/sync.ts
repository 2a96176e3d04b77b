// The owner's CJ products into the tables of SmartLinks, without anything of Deno: fetch, the secrets and the database come in
// as arguments. `index.ts` brings the real ones.
//
// Only CJ's list of "My products", which costs no points. Details cost ten points and a second each: they would take what SmartLinks
// needs on the same account, and hardly a hundred fit into the time Supabase gives a function. SmartLinks publishes them, and they
// are left as they are here.

export type Row = {
  account: string;
  product_id: string;
  supplier: "cj";
  title: string;
  sku: string | null;
  image: string | null;
  images: string[];
  price_min: string | null;
  price_max: string | null;
  currency: "USD";
  status: "active";
};

/** What CJ lets the account in with, and until when (milliseconds since 1970). */
export type Token = { account: string; value: string; until: number };

export type World = {
  fetch: (address: string, init?: { method?: string; headers?: Record<string, string>; body?: string }) => Promise<{
    status: number;
    text: () => Promise<string>;
  }>;
  secret: (name: string) => string | undefined;
  save: (rows: Row[]) => Promise<number>;
  /** The token of an earlier run, if one is kept: CJ gives a new one only every five minutes. */
  token: () => Token | undefined;
  keep: (token: Token | undefined) => void;
  wait: (milliseconds: number) => Promise<void>;
};

const CJ = "https://developers.cjdropshipping.com/api2.0/v1/";
const PAGE = 200;
/** CJ's free tier takes one call a second. */
const PACE = 1100;
const FIVE_MINUTES = 300_000;
/** CJ's code for too many calls, and those for a token or key that is not good. */
const TOO_MANY = "1600200";
const NOT_LET_IN = ["1600001", "1600003", "1600005"];

/** Asks CJ for every product of "My products" and saves them page by page. Throws with a sentence; never with a secret. */
export async function sync(world: World): Promise<{ products: number; changed: number }> {
  const id = world.secret("CJ_CLIENT_ID");
  const secret = world.secret("CJ_CLIENT_SECRET");
  if (!id || !secret) throw new Error("CJ_CLIENT_ID and CJ_CLIENT_SECRET are missing: send them from SmartLinks.");
  const base = world.secret("CJ_BASE_URL") ?? CJ;
  const token = await signIn(world, base, id, secret);
  let products = 0;
  let changed = 0;
  for (let page = 1; ; page += 1) {
    await world.wait(PACE);
    const address = `${base}product/myProduct/query?pageNum=${page}&pageSize=${PAGE}`;
    const said = record(await ask(world, address, { headers: { "CJ-Access-Token": token.value } }));
    const content = Array.isArray(said.content) ? said.content : [];
    const rows = content.map((item) => row(`cj:${id}`, record(item))).filter((item) => item !== null);
    if (rows.length > 0) changed += await world.save(rows);
    products += rows.length;
    if (content.length === 0 || page * PAGE >= Number(said.totalRecords ?? 0)) return { products, changed };
  }
}

async function signIn(world: World, base: string, id: string, secret: string): Promise<Token> {
  const kept = world.token();
  if (kept?.account === id && kept.until > Date.now()) return kept;
  const login = record(
    await ask(world, `${base}authentication/getAccessToken`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ apiKey: `${id}@api@${secret}` }),
    }),
  );
  const value = text(login.accessToken);
  if (!value) throw new Error("CJ gave no access token.");
  const until = Date.parse(text(login.accessTokenExpiryDate) ?? "");
  const token = { account: id, value, until: Number.isNaN(until) ? Date.now() + FIVE_MINUTES : until };
  world.keep(token);
  return token;
}

/** One of CJ's rows as ours; null for one without an id. CJ writes a range of prices as `1.20-3.40`. */
export function row(account: string, item: Record<string, unknown>): Row | null {
  const id = text(item.productId);
  if (!id) return null;
  const [low, high] = (text(item.totalPrice) ?? "").split(/\s*(?:--|-)\s*/);
  const image = text(item.bigImage);
  return {
    account,
    product_id: id,
    supplier: "cj",
    title: text(item.nameEn) ?? id,
    sku: text(item.sku),
    image,
    images: image ? [image] : [],
    price_min: price(low),
    price_max: price(high) ?? price(low),
    currency: "USD",
    status: "active",
  };
}

function price(value: string | undefined): string | null {
  return value !== undefined && /^\d+(\.\d+)?$/.test(value) ? value : null;
}

/** CJ's ids are longer than a number can hold: they are quoted before they are read. */
export function readJson(body: string): unknown {
  return JSON.parse(body.replace(/("productId"\s*:\s*)(\d{15,})/g, '$1"$2"'));
}

async function ask(world: World, address: string, init: Parameters<World["fetch"]>[1]): Promise<unknown> {
  const answer = await world.fetch(address, init);
  const body = await answer.text();
  let said: Record<string, unknown>;
  try {
    said = record(readJson(body));
  } catch {
    throw new Error(`CJ answered ${answer.status} with something that is no JSON.`);
  }
  if (said.code !== 200) {
    const code = text(said.code) ?? String(answer.status);
    if (NOT_LET_IN.includes(code)) world.keep(undefined);
    const again = code === TOO_MANY || answer.status === 429 ? ". Start again in five minutes." : "";
    throw new Error(`CJ refused: ${code} ${text(said.message) ?? ""}`.trim() + again);
  }
  return said.data;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
