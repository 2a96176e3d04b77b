//! A whole list in its order, as row ids: what is at position 500,000 is then one look-up away.
//!
//! Keyset pages answer "what comes next", a scroll bar asks "what is in the middle". Eight bytes a row buy that for every
//! filter and every order without an index for each. Not for keeping such lists: that is `catalog::places`.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::products::{COLUMNS, read};
use super::search::{Asked, CANDIDATES, PRICE_KEY, points};
use crate::error::Result;
use crate::views::{ProductQuery, ProductRow, Sort};

/// Ids of all rows of a query, in its order; `after` and `limit` are not looked at.
pub fn arrange(connection: &Connection, query: &ProductQuery) -> Result<Vec<i64>> {
    let asked = Asked::of(connection, query)?;
    let (conditions, mut values) = asked.with_prices();
    let newest = matches!(query.sort, Sort::Relevance | Sort::Newest);
    let order = order(query.sort);
    if asked.expression.is_empty() {
        if newest && conditions.is_empty() {
            // Unordered, so that SQLite walks its narrowest index and not the whole table; numbers are sorted here sooner.
            let mut all = ids(connection, "SELECT id FROM products", values)?;
            all.sort_unstable_by(|a, b| b.cmp(a));
            return Ok(all);
        }
        let sql = format!("SELECT p.id FROM products p WHERE 1 {conditions} ORDER BY {order}");
        return ids(connection, &sql, values);
    }
    values.insert(0, Value::Text(asked.expression.clone()));
    if !newest {
        let sql = format!(
            "SELECT p.id FROM product_words w CROSS JOIN products p ON p.id = w.rowid \
             WHERE w.product_words MATCH ? {conditions} ORDER BY {order}"
        );
        return ids(connection, &sql, values);
    }
    let sql = if conditions.is_empty() {
        "SELECT rowid FROM product_words WHERE product_words MATCH ? ORDER BY rowid DESC".to_owned()
    } else {
        format!(
            "SELECT w.rowid FROM product_words w CROSS JOIN products p ON p.id = w.rowid \
             WHERE w.product_words MATCH ? {conditions} ORDER BY w.rowid DESC"
        )
    };
    let mut found = ids(connection, &sql, values)?;
    if query.sort == Sort::Relevance && !asked.words.is_empty() {
        best_first(connection, &mut found, &asked)?;
    }
    Ok(found)
}

fn order(sort: Sort) -> String {
    match sort {
        Sort::Relevance | Sort::Newest => "p.id DESC".to_owned(),
        Sort::PriceUp => format!("{PRICE_KEY}, p.id"),
        Sort::PriceDown => format!("{PRICE_KEY} DESC, p.id DESC"),
        Sort::TitleUp => "p.title COLLATE NOCASE, p.id".to_owned(),
        Sort::TitleDown => "p.title COLLATE NOCASE DESC, p.id DESC".to_owned(),
        Sort::StockUp => "p.stock IS NULL, p.stock, p.id".to_owned(),
        Sort::StockDown => "p.stock IS NULL, p.stock DESC, p.id DESC".to_owned(),
    }
}

/// Scores the newest matches and puts the best of them first; the older ones follow as they were.
fn best_first(connection: &Connection, found: &mut [i64], asked: &Asked) -> Result<()> {
    let scored = found.len().min(CANDIDATES);
    let Some(newest) = found.get_mut(..scored) else {
        return Ok(());
    };
    let mut statement =
        connection.prepare_cached("SELECT title, sku, category FROM products WHERE id = ?")?;
    let mut by_score = Vec::with_capacity(newest.len());
    for id in newest.iter().copied() {
        let score = statement
            .query_row([id], |row| {
                let text =
                    |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str_or_null()?);
                let title = text(0)?.unwrap_or_default();
                Ok(points(
                    title,
                    text(1)?,
                    text(2)?,
                    &asked.words,
                    asked.starts,
                ))
            })
            .optional()?
            .flatten()
            .unwrap_or(0);
        by_score.push((score, id));
    }
    by_score.sort_unstable_by(|a, b| b.cmp(a));
    for (place, (_, id)) in newest.iter_mut().zip(by_score) {
        *place = id;
    }
    Ok(())
}

/// The rows of these ids, in the same order.
pub fn rows(connection: &Connection, ids: &[i64]) -> Result<Vec<ProductRow>> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM products p WHERE p.id = ?"))?;
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        let mut found = statement.query([id])?;
        if let Some(row) = found.next()? {
            all.push(read(row)?);
        }
    }
    Ok(all)
}

fn ids(connection: &Connection, sql: &str, values: Vec<Value>) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(sql)?;
    let all = statement
        .query_map(params_from_iter(values), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(all)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use jiff::Timestamp;

    use super::*;
    use crate::catalog::Listed;
    use crate::store::intake::{Origin, put_listed};
    use crate::store::search;
    use crate::views::Supplier;

    /// 700 products of both suppliers with repeating prices, titles and stocks, some of them unknown.
    fn catalogue() -> Connection {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("smartlinks.db");
        drop(crate::store::Store::open(&path).unwrap());
        let connection = Connection::open(&path).unwrap();
        for (account, supplier) in [("a", "aliexpress"), ("c", "cj")] {
            connection
                .execute(
                    "INSERT INTO accounts (id, supplier, created_at) VALUES (?1, ?2, 0)",
                    [account, supplier],
                )
                .unwrap();
        }
        for number in 0..700_i64 {
            let supplier = if number % 5 == 0 {
                Supplier::Aliexpress
            } else {
                Supplier::Cj
            };
            let origin = Origin {
                supplier,
                account: if number % 5 == 0 { "a" } else { "c" },
                run: None,
                now: Timestamp::UNIX_EPOCH,
            };
            let listed = Listed {
                product_id: number.to_string(),
                title: format!(
                    "Lamp {}",
                    ["desk", "Étui", "wall", "Amber"][(number % 4) as usize]
                ),
                sku: Some(format!("SKU{number}")),
                category: Some("Home / Light".into()),
                image: None,
                price: (number % 11 != 3).then(|| ((number % 50).into(), (number % 60).into())),
                currency: Some("USD".into()),
                stock: (number % 7 != 2).then_some(number % 13),
                stock_in_warehouse: None,
                on_sale: Some(number % 9 != 4),
                listed_at: None,
            };
            put_listed(&connection, origin, &listed).unwrap();
        }
        connection
    }

    /// What the keyset pages bring, one after the other.
    fn page_by_page(connection: &Connection, query: &ProductQuery) -> Vec<String> {
        let mut query = ProductQuery {
            limit: Some(90),
            ..query.clone()
        };
        let mut all = Vec::new();
        loop {
            let page = search::page(connection, &query).unwrap();
            all.extend(page.items.into_iter().map(|product| product.product_id));
            match page.next {
                Some(next) => query.after = Some(next),
                None => return all,
            }
        }
    }

    #[test]
    fn the_row_at_a_place_is_the_one_that_paging_there_would_have_brought() {
        let connection = catalogue();
        let words = |text: &str| Some(text.to_owned());
        for sort in [
            Sort::Relevance,
            Sort::Newest,
            Sort::PriceUp,
            Sort::PriceDown,
            Sort::TitleUp,
            Sort::TitleDown,
            Sort::StockUp,
            Sort::StockDown,
        ] {
            let all = ProductQuery {
                sort,
                ..ProductQuery::default()
            };
            let queries = [
                ProductQuery {
                    words: words("lam"),
                    ..all.clone()
                },
                ProductQuery {
                    supplier: Some(Supplier::Cj),
                    ..all.clone()
                },
                ProductQuery {
                    in_stock: Some(false),
                    words: words("wall"),
                    ..all.clone()
                },
                all,
            ];
            for query in queries {
                let ids = arrange(&connection, &query).unwrap();
                let here = rows(&connection, &ids).unwrap();
                let here: Vec<String> = here.into_iter().map(|row| row.product_id).collect();
                assert_eq!(here, page_by_page(&connection, &query), "{query:?}");
                assert_eq!(
                    here.len() as u64,
                    search::count(&connection, &query).unwrap().count
                );
            }
        }
    }

    #[test]
    fn what_nobody_told_comes_last_in_either_direction_of_stock() {
        let connection = catalogue();
        for sort in [Sort::StockUp, Sort::StockDown] {
            let query = ProductQuery {
                sort,
                ..ProductQuery::default()
            };
            let here = rows(&connection, &arrange(&connection, &query).unwrap()).unwrap();
            let known = here.iter().take_while(|row| row.stock.is_some()).count();
            assert!(known > 500 && here.iter().skip(known).all(|row| row.stock.is_none()));
        }
    }
}
