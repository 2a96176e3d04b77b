// Supabase Edge Function: brings the owner's CJ products into the schema `smartlinks`, which a first publish of SmartLinks made.
// Secrets: CJ_CLIENT_ID and CJ_CLIENT_SECRET. SUPABASE_DB_URL is there by itself. Who calls it must hold the service_role key.
// Deploy: supabase functions deploy sync-cj-products --use-api

import postgres from "npm:postgres@3";
import { sync, type Row, type Token } from "./sync.ts";

const sql = postgres(Deno.env.get("SUPABASE_DB_URL") ?? "", { prepare: false, max: 1 });

// The same rule as in SmartLinks: a row is touched only when it differs, and what was seen later wins. What the list of CJ does
// not say (stock, category, variants) stays as SmartLinks wrote it. The rows travel as one JSON value, so that the driver has no
// types to guess; the time is the database's.
async function save(rows: Row[]): Promise<number> {
  const done = await sql`
    INSERT INTO smartlinks.products AS t (account, product_id, supplier, title, sku, image, images, price_min, price_max, currency, status, as_of, published_at)
    SELECT r.account, r.product_id, r.supplier, r.title, r.sku, r.image, r.images, r.price_min, r.price_max, r.currency, r.status, clock_timestamp(), clock_timestamp()
    FROM jsonb_to_recordset(${sql.json(rows)}) AS r(account text, product_id text, supplier text, title text, sku text, image text,
      images text[], price_min numeric, price_max numeric, currency text, status text)
    ON CONFLICT (account, product_id) DO UPDATE SET title = excluded.title, sku = excluded.sku, image = excluded.image,
      price_min = excluded.price_min, price_max = excluded.price_max, status = excluded.status, as_of = excluded.as_of,
      published_at = excluded.published_at
    WHERE t.as_of <= excluded.as_of AND (t.title, t.sku, t.image, t.price_min, t.price_max, t.status)
      IS DISTINCT FROM (excluded.title, excluded.sku, excluded.image, excluded.price_min, excluded.price_max, excluded.status)`;
  return done.count;
}

// As long as this instance lives; Supabase may start another at any time.
let token: Token | undefined;

// The gateway has verified the signature of the token; what is left to ask is whose it is.
function fromTheServer(request: Request): boolean {
  try {
    const payload = (request.headers.get("authorization") ?? "").split(".")[1] ?? "";
    return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))).role === "service_role";
  } catch {
    return false;
  }
}

Deno.serve(async (request: Request) => {
  if (!fromTheServer(request)) return Response.json({ error: "Only the shop's server may start a sync." }, { status: 403 });
  try {
    const done = await sync({
      fetch: (address, init) => fetch(address, init),
      secret: (name) => Deno.env.get(name),
      save,
      token: () => token,
      keep: (fresh) => {
        token = fresh;
      },
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    });
    return Response.json(done);
  } catch (error) {
    // No such table, no such schema: the database's own words would say it to nobody.
    const missing = ["42P01", "3F000"].includes((error as { code?: string }).code ?? "");
    const why = missing ? "The tables are not there yet: publish once from SmartLinks into this database." : undefined;
    return Response.json({ error: why ?? (error instanceof Error ? error.message : "The sync failed.") }, { status: 502 });
  }
});
