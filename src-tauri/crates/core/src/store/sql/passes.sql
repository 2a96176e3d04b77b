-- What the details of a product are worth, and how long ago they were asked for.
-- mine: in the owner's own selection at CJ. asked_at: with whatever result. waits_since: until the first details came.
ALTER TABLE products ADD COLUMN mine INTEGER NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN asked_at INTEGER;
ALTER TABLE products ADD COLUMN waits_since INTEGER;
CREATE INDEX products_mine ON products (account, id) WHERE mine = 1;

-- repeats: calls made again, by reason. in_flight: calls since the last step that was kept. retry_of: whose failures it mends.
ALTER TABLE sync_runs ADD COLUMN repeats TEXT NOT NULL DEFAULT '{}';
ALTER TABLE sync_runs ADD COLUMN in_flight INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sync_runs ADD COLUMN retry_of INTEGER;
ALTER TABLE sync_failures ADD COLUMN mended INTEGER NOT NULL DEFAULT 0;

-- wall_us: the slack at which the supplier last refused. streak: refusals in a row, or below zero calls without one.
ALTER TABLE paces ADD COLUMN wall_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE paces ADD COLUMN streak INTEGER NOT NULL DEFAULT 0;

-- The products whose details a run still has to ask for, the most urgent first. A row goes with the step that answers it.
CREATE TABLE sync_queue (
  run INTEGER NOT NULL REFERENCES sync_runs (id) ON DELETE CASCADE,
  due_at INTEGER NOT NULL,
  product_id TEXT NOT NULL,
  PRIMARY KEY (run, due_at, product_id)
) STRICT, WITHOUT ROWID;

-- Parts of CJ's catalogue known to be too long to be read in one go, and the two they are cut into.
CREATE TABLE sync_cuts (
  account TEXT NOT NULL REFERENCES accounts (id),
  slice TEXT NOT NULL,
  first TEXT NOT NULL,
  second TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, slice)
) STRICT, WITHOUT ROWID;
