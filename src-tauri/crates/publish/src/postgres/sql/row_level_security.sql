-- An example for Supabase, run in its SQL editor after the first publish. The catalogue holds what you pay your suppliers:
-- let browsers (anon) see nothing, signed-in people what is on sale, and your server (service_role) everything.
-- Then add "smartlinks" under Project Settings, API, Exposed schemas.

ALTER TABLE smartlinks.products ENABLE ROW LEVEL SECURITY;
ALTER TABLE smartlinks.variants ENABLE ROW LEVEL SECURITY;
ALTER TABLE smartlinks.accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE smartlinks.cursors ENABLE ROW LEVEL SECURITY;

CREATE POLICY on_sale ON smartlinks.products FOR SELECT TO authenticated USING (status = 'active');
CREATE POLICY on_sale ON smartlinks.variants FOR SELECT TO authenticated USING (status = 'active');

-- The views ask with the rights of whoever looks, not of their owner (Postgres 15 and later).
ALTER VIEW smartlinks.shop_products SET (security_invoker = true);
ALTER VIEW smartlinks.shop_variants SET (security_invoker = true);

GRANT USAGE ON SCHEMA smartlinks TO authenticated, service_role;
GRANT SELECT ON smartlinks.products, smartlinks.variants, smartlinks.shop_products, smartlinks.shop_variants TO authenticated;
GRANT SELECT ON ALL TABLES IN SCHEMA smartlinks TO service_role;
