CREATE TABLE alert_rules (
  id INTEGER PRIMARY KEY,
  -- price_up | price_down | stock_below | back_in_stock | delisted
  what TEXT NOT NULL,
  -- percent for prices, pieces for stock, as a decimal; null where the kind needs none
  threshold TEXT,
  supplier TEXT,
  product INTEGER REFERENCES products (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE alerts (
  id INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  change INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0,
  -- a change that meets two rules of a kind is told once
  UNIQUE (change, what)
) STRICT;
CREATE INDEX alerts_unseen ON alerts (id) WHERE seen = 0;

-- What a shop owner loses money by, until the owner says otherwise.
INSERT INTO alert_rules (what, threshold, created_at) VALUES ('price_up', '5', 0), ('stock_below', '0', 0), ('delisted', NULL, 0);
-- What changed before there were rules is no news.
INSERT INTO settings (key, value) SELECT 'alerts_through', coalesce (max(id), 0) FROM changes;
