CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  supplier TEXT NOT NULL,
  product_id TEXT NOT NULL,
  title TEXT NOT NULL,
  sku TEXT,
  category TEXT,
  image TEXT,
  images TEXT,
  -- money in ten-thousandths of the currency's unit
  price_min INTEGER,
  price_max INTEGER,
  -- the same as the supplier's list last said it, to tell a change of the list from a change of the details
  list_min INTEGER,
  list_max INTEGER,
  currency TEXT,
  stock INTEGER,
  stock_in_warehouse INTEGER,
  variants INTEGER,
  status TEXT NOT NULL DEFAULT 'active',
  misses INTEGER NOT NULL DEFAULT 0,
  listed_at INTEGER,
  seen_at INTEGER NOT NULL,
  seen_run INTEGER,
  details_at INTEGER,
  UNIQUE (account, product_id)
) STRICT;
-- products without a price come last
CREATE INDEX products_by_price ON products (coalesce (price_min, 9007199254740991), id);
CREATE INDEX products_by_run ON products (seen_run, id);

-- The words of title, SKU and category, by the product's id. Contentless: the words themselves are in products.
CREATE VIRTUAL TABLE product_words USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE variants (
  product INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  variant_id TEXT NOT NULL,
  sku TEXT,
  title TEXT NOT NULL,
  price INTEGER,
  currency TEXT,
  stock INTEGER,
  stock_in_warehouse INTEGER,
  image TEXT,
  weight_g TEXT,
  warehouses TEXT NOT NULL DEFAULT '[]',
  gone INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (product, variant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
  id INTEGER PRIMARY KEY,
  product INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  variant_id TEXT,
  what TEXT NOT NULL,
  old TEXT,
  new TEXT,
  currency TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_by_product ON changes (product, id);

CREATE TABLE categories (
  account TEXT NOT NULL REFERENCES accounts (id),
  id TEXT NOT NULL,
  path TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
