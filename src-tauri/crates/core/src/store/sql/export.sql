-- What tells a variant apart, name by name: [{"name":"Color","value":"Black"}]. The title alone cannot be taken apart again.
ALTER TABLE variants ADD COLUMN options TEXT NOT NULL DEFAULT '[]';
-- The title a product came with. Addresses in a shop are made of it, and must not change when a supplier words it anew.
ALTER TABLE products ADD COLUMN first_title TEXT;
UPDATE products SET first_title = title;
