-- How many finished passes in a row should have named a product and did not; two, and it counts as off the shelf.
ALTER TABLE products ADD COLUMN unlisted INTEGER NOT NULL DEFAULT 0;
