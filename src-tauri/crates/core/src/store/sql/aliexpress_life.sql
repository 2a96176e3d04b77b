-- test | online, guessed from the lifetimes of the tokens; null when they do not tell
ALTER TABLE accounts ADD COLUMN app_status TEXT;

-- Until when the gateway refuses an app one of its methods.
CREATE TABLE bans (
  account TEXT NOT NULL REFERENCES accounts (id),
  method TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (account, method)
) STRICT, WITHOUT ROWID;
