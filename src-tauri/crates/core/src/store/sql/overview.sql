-- What the owner calls an account; the name the supplier gives stays beside it.
ALTER TABLE accounts ADD COLUMN label TEXT;

-- How many products came on a day (days since 1970, UTC), so that growth is told without a scan of the catalogue.
CREATE TABLE catalog_days (day INTEGER PRIMARY KEY, added INTEGER NOT NULL) STRICT;

