-- Schema 1. Filled by SmartLinks; read it freely, write elsewhere: what you change in these tables is overwritten.
-- Ids are text, money is decimal beside its currency, times are instants.

CREATE TABLE smartlinks.accounts (
  account text PRIMARY KEY,
  supplier text NOT NULL,
  name text NOT NULL,
  publisher text,
  lease_until timestamptz,
  published_at timestamptz
);
COMMENT ON TABLE smartlinks.accounts IS 'Accounts of suppliers whose products are published here';
COMMENT ON COLUMN smartlinks.accounts.account IS 'The same on every computer: cj:CJ1234567, aliexpress:500000';
COMMENT ON COLUMN smartlinks.accounts.publisher IS 'The SmartLinks that publishes right now, until lease_until unless it goes on';
COMMENT ON COLUMN smartlinks.accounts.published_at IS 'When a publish of this account last came to its end';

CREATE TABLE smartlinks.cursors (
  account text NOT NULL,
  source text NOT NULL,
  until bigint NOT NULL,
  word text NOT NULL,
  revision bigint NOT NULL,
  row_id bigint NOT NULL,
  PRIMARY KEY (account, source)
);
COMMENT ON TABLE smartlinks.cursors IS 'How far each SmartLinks (source) has published each account; committed with the rows';

CREATE TABLE smartlinks.products (
  account text NOT NULL,
  product_id text NOT NULL,
  supplier text NOT NULL,
  title text NOT NULL,
  sku text,
  category text,
  image text,
  images text[] NOT NULL,
  price_min numeric,
  price_max numeric,
  currency text,
  stock bigint,
  stock_in_warehouse bigint,
  variant_count bigint,
  status text NOT NULL,
  as_of timestamptz NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (account, product_id)
);
CREATE INDEX products_published_at ON smartlinks.products (published_at);
COMMENT ON TABLE smartlinks.products IS 'Products of the catalogue; delisted ones stay, marked';
COMMENT ON COLUMN smartlinks.products.product_id IS 'The supplier''s id';
COMMENT ON COLUMN smartlinks.products.price_min IS 'Lowest price of a variant, what the owner pays the supplier';
COMMENT ON COLUMN smartlinks.products.stock IS 'All that can be sold; null when unknown';
COMMENT ON COLUMN smartlinks.products.variant_count IS 'Null before the details were asked for';
COMMENT ON COLUMN smartlinks.products.status IS 'active or delisted';
COMMENT ON COLUMN smartlinks.products.as_of IS 'When the supplier showed it so; of two computers the later one is right';
COMMENT ON COLUMN smartlinks.products.published_at IS 'When this row last changed here; read what is newer than your last look';

CREATE TABLE smartlinks.variants (
  account text NOT NULL,
  product_id text NOT NULL,
  variant_id text NOT NULL,
  position integer NOT NULL,
  sku text,
  title text NOT NULL,
  price numeric,
  currency text,
  stock bigint,
  stock_in_warehouse bigint,
  image text,
  weight_g numeric,
  warehouses jsonb NOT NULL,
  options jsonb NOT NULL,
  status text NOT NULL,
  as_of timestamptz NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (account, product_id, variant_id)
);
COMMENT ON TABLE smartlinks.variants IS 'Variants of products; those the supplier took away stay, marked delisted';
COMMENT ON COLUMN smartlinks.variants.variant_id IS 'The supplier''s id (CJ vid, AliExpress sku_id)';
COMMENT ON COLUMN smartlinks.variants.sku IS 'The supplier''s SKU (AliExpress: sku_attr, which orders need)';
COMMENT ON COLUMN smartlinks.variants.warehouses IS 'Stock by country: [{"country","total","in_warehouse","at_factory","verified"}]';
COMMENT ON COLUMN smartlinks.variants.options IS 'What tells it apart: [{"name","value"}]';

CREATE VIEW smartlinks.shop_products AS
  SELECT account, supplier, product_id, title, sku, category, image, images, price_min, price_max, currency, stock,
    stock_in_warehouse, variant_count, as_of, published_at
  FROM smartlinks.products
  WHERE status = 'active';
COMMENT ON VIEW smartlinks.shop_products IS 'What can be ordered: one row a product';

CREATE VIEW smartlinks.shop_variants AS
  SELECT v.account, p.supplier, v.product_id, v.variant_id, v.position, p.title AS product_title, v.title, v.sku, p.category,
    v.price, v.currency, v.stock, v.stock_in_warehouse, coalesce(v.image, p.image) AS image, v.weight_g, v.warehouses, v.options,
    greatest(v.published_at, p.published_at) AS published_at
  FROM smartlinks.variants v
  JOIN smartlinks.products p ON p.account = v.account AND p.product_id = v.product_id
  WHERE v.status = 'active' AND p.status = 'active';
COMMENT ON VIEW smartlinks.shop_variants IS 'What can be ordered: one row a variant';
