-- What few products meet, found without walking past the others.
CREATE INDEX products_delisted ON products (id, status) WHERE status = 'delisted';
CREATE INDEX products_sold_out ON products (id, stock) WHERE stock <= 0;
CREATE INDEX products_in_stock ON products (id, stock) WHERE stock > 0;

-- Where something of a product lies, by country.
CREATE TABLE product_warehouses (
  country TEXT NOT NULL,
  product INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  PRIMARY KEY (country, product)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_warehouses_by_product ON product_warehouses (product);
INSERT OR IGNORE INTO product_warehouses (country, product)
  SELECT upper (json_extract (w.value, '$.country')), v.product
  FROM variants v, json_each (v.warehouses) w
  WHERE v.gone = 0 AND json_extract (w.value, '$.total') > 0;
