-- What publish targets must see: every product carries the revision its last real change was written under. The number
-- stands still while suppliers are read, so that a sync only copies it; a publish that starts moves it on by one. Everything
-- below the new number is then complete, whatever is written meanwhile.
CREATE TABLE outbox (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  -- who this catalogue is to a target that several computers publish into; made by the first publish
  source TEXT
) STRICT;
INSERT INTO outbox (one, revision) VALUES (1, 1);

-- The numbers handed out, each with a word nobody can guess: a folder that was put back from a backup is known by it.
CREATE TABLE outbox_marks (revision INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT;

ALTER TABLE products ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
CREATE INDEX products_by_revision ON products (account, revision);
