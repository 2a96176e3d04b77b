CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  supplier TEXT NOT NULL,
  order_id TEXT NOT NULL,
  shop_order_number TEXT,
  state TEXT NOT NULL,
  raw_state TEXT NOT NULL,
  total INTEGER,
  currency TEXT,
  created_at INTEGER,
  tracking_numbers TEXT NOT NULL DEFAULT '[]',
  destination TEXT,
  lines TEXT NOT NULL DEFAULT '[]',
  timeline TEXT NOT NULL DEFAULT '[]',
  seen_at INTEGER NOT NULL,
  UNIQUE (account, order_id)
) STRICT;
CREATE INDEX orders_by_time ON orders (coalesce (created_at, 0) DESC, id DESC);
