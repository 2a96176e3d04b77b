CREATE TABLE sync_runs (
  id INTEGER PRIMARY KEY,
  supplier TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES accounts (id),
  scope TEXT NOT NULL,
  details INTEGER NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  -- where to go on, committed together with the rows it stands for
  cursor TEXT NOT NULL,
  calls INTEGER NOT NULL DEFAULT 0,
  points INTEGER NOT NULL DEFAULT 0,
  rows INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  continues_at INTEGER,
  stop_asked INTEGER NOT NULL DEFAULT 0,
  error TEXT
) STRICT;
CREATE INDEX sync_runs_by_account ON sync_runs (account, id);

CREATE TABLE sync_failures (
  run INTEGER NOT NULL REFERENCES sync_runs (id) ON DELETE CASCADE,
  product_id TEXT NOT NULL,
  error TEXT NOT NULL,
  PRIMARY KEY (run, product_id)
) STRICT, WITHOUT ROWID;
