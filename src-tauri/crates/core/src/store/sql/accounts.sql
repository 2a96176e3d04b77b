CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  supplier TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  -- connected | reconnect_needed | suspended | not_connected; the rest is worked out from the times
  standing TEXT NOT NULL DEFAULT 'not_connected',
  way TEXT,
  access_expires_at INTEGER,
  access_obtained_at INTEGER,
  refresh_expires_at INTEGER,
  refreshable INTEGER NOT NULL DEFAULT 0,
  kept INTEGER NOT NULL DEFAULT 1,
  last_success_at INTEGER,
  last_error TEXT,
  -- AliExpress: the App Key; CJ: the part of the key before @api@
  client_id TEXT,
  callback_url TEXT,
  pair_checked_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX accounts_supplier ON accounts (supplier, created_at);

CREATE TABLE attempts (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  state_hash BLOB NOT NULL,
  redirect_uri TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  -- null while it waits; exchanging | connected | denied | cancelled | superseded | failed
  outcome TEXT,
  error TEXT
) STRICT;

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- One row an account: when the next call may start, and what is known of the day's points.
CREATE TABLE paces (
  account TEXT PRIMARY KEY REFERENCES accounts (id),
  qps REAL NOT NULL,
  next_at_us INTEGER NOT NULL DEFAULT 0,
  spacing_us INTEGER NOT NULL,
  points_used INTEGER,
  points_remaining INTEGER,
  points_total INTEGER,
  points_at INTEGER
) STRICT;

-- The five-minute window of CJ's key exchange, by a hash of the key.
CREATE TABLE key_tries (key_hash BLOB PRIMARY KEY, tried_at INTEGER NOT NULL) STRICT;
