-- Searches of CJ's catalogue that the owner named. The scope says it all; the name is for the owner.
CREATE TABLE saved_searches (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  scope TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
