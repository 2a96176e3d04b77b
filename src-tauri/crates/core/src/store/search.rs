//! Listing and searching the catalogue in pages, at any size of it.
//!
//! Nothing here scans the table or ranks everything: a search takes the newest matching products up to a bound and scores
//! those; lists go by keyset along an index, or through the few products that the rarest condition leaves; counts stop at a
//! bound. What a page costs does not grow with the catalogue, and only the rows that come on it are read in full. The
//! conditions are in `asked`, the order of prices in `prices`, the words in `words`.

mod asked;
mod prices;
mod words;

use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, Row, params_from_iter};

use super::places;
use crate::error::{Code, Error, Result};
use crate::views::{Count, Page, ProductQuery, ProductRow, Sort};
pub(super) use asked::Asked;
use asked::{By, Few};
pub(super) use words::points;

/// Matches that are scored; older ones beyond it are found by a more exact search, or by the newest first.
pub(super) const CANDIDATES: usize = 1_000;
/// Where counting stops.
const COUNTED: u64 = 1_000;
/// Rows a page unless told, and at most.
const PAGE: u32 = 50;
const MOST: u32 = 500;
/// What stands for the price of a product without one: it comes last.
const UNPRICED: i64 = 9_007_199_254_740_991;
/// The sort key of the price index.
pub(super) const PRICE_KEY: &str = "coalesce(p.price_min, 9007199254740991)";

/// A product that is found, with what lists are ordered by.
struct Found {
    id: i64,
    price: i64,
    points: i64,
}

/// What is done with the words of a product that is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// Nothing: it is known to have them, and their order is not asked for.
    Known,
    /// They are scored; it is known to have them.
    Scored,
    /// It may not have them.
    Checked,
}

/// The columns that [`found`] takes, in its order.
fn columns() -> String {
    format!("p.id, {PRICE_KEY}, p.title, p.sku, p.category")
}

/// Reads a product from [`columns`]; none when it lacks a word.
fn found(row: &Row<'_>, asked: &Asked, words: Words) -> Result<Option<Found>> {
    let points = if words == Words::Known {
        Some(0)
    } else {
        let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str_or_null()?);
        let title = text(2)?.unwrap_or_default();
        let points = points(title, text(3)?, text(4)?, &asked.words, asked.starts);
        points.or((words == Words::Scored).then_some(0))
    };
    Ok(match points {
        Some(points) => Some(Found {
            id: row.get(0)?,
            price: row.get(1)?,
            points,
        }),
        None => None,
    })
}

/// One page of the catalogue.
pub fn page(connection: &Connection, query: &ProductQuery) -> Result<Page<ProductRow>> {
    // Everything in one read: to lock and unlock the file for each of a thousand rows costs more than to read them.
    let _one_read = connection.unchecked_transaction()?;
    let asked = Asked::of(connection, query)?;
    match query.sort {
        Sort::TitleUp | Sort::TitleDown | Sort::StockUp | Sort::StockDown => {
            by_place(connection, query)
        }
        Sort::PriceUp | Sort::PriceDown => prices::page(connection, query, &asked),
        Sort::Relevance if !asked.words.is_empty() => best(connection, query, &asked),
        Sort::Relevance | Sort::Newest => newest(connection, query, &asked),
    }
}

/// How many there are, up to a bound; the whole catalogue is counted exactly.
pub fn count(connection: &Connection, query: &ProductQuery) -> Result<Count> {
    let _one_read = connection.unchecked_transaction()?;
    let asked = Asked::of(connection, query)?;
    let (conditions, values) = asked.with_prices();
    let all = asked.expression.is_empty() && conditions.is_empty();
    let found = if all {
        one(connection, "SELECT count(*) FROM products", Vec::new())?
    } else if let Some(newest) = asked.newest() {
        newest.ids.len() as u64
    } else if asked.only_words() && conditions.is_empty() {
        let sql = "SELECT 1 FROM product_words WHERE product_words MATCH ?";
        one(
            connection,
            &bounded(sql),
            vec![Value::Text(asked.expression)],
        )?
    } else if let Some(few) = asked.few_by(connection, for_counting)? {
        let most = usize::try_from(COUNTED).unwrap_or(usize::MAX) + 1;
        among(connection, &asked, &few, Words::Known, i64::MAX, most)?.len() as u64
    } else if asked.expression.is_empty() {
        let sql = format!("SELECT 1 FROM products p WHERE 1 {conditions}");
        one(connection, &bounded(&sql), values)?
    } else {
        let sql = format!(
            "SELECT 1 FROM product_words w CROSS JOIN products p ON p.id = w.rowid \
             WHERE w.product_words MATCH ? {conditions}"
        );
        let mut all = vec![Value::Text(asked.expression)];
        all.extend(values);
        one(connection, &bounded(&sql), all)?
    };
    Ok(Count {
        count: if all { found } else { found.min(COUNTED) },
        more: !all && found > COUNTED,
    })
}

/// Words that many products have are counted along their own index, which stops at the bound; collecting them all before would
/// be for nothing.
fn for_counting(by: By, most: usize) -> Option<usize> {
    Some(if by == By::Words {
        most.min(CANDIDATES)
    } else {
        most
    })
}

fn bounded(rows: &str) -> String {
    format!("SELECT count(*) FROM ({rows} LIMIT {})", COUNTED + 1)
}

fn one(connection: &Connection, sql: &str, values: Vec<Value>) -> Result<u64> {
    let found: i64 = connection
        .prepare_cached(sql)?
        .query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(u64::try_from(found).unwrap_or(0))
}

/// The page's size, in bounds.
fn limit(query: &ProductQuery) -> usize {
    query.limit.unwrap_or(PAGE).clamp(1, MOST) as usize
}

/// Up to `most` products below the id `after`, the last added first, from whatever leads to them soonest.
fn latest(
    connection: &Connection,
    asked: &Asked,
    words: Words,
    after: i64,
    most: usize,
) -> Result<Vec<Found>> {
    if let Some(newest) = asked.newest().filter(|_| after == i64::MAX) {
        return among(connection, asked, newest, words, after, most);
    }
    if !asked.only_words()
        && let Some(few) = asked.few(connection)?
    {
        return among(connection, asked, &few, words, after, most);
    }
    let (conditions, values) = asked.with_prices();
    let columns = columns();
    let (sql, mut all) = if asked.expression.is_empty() {
        let sql = format!(
            "SELECT {columns} FROM products p WHERE p.id < ? {conditions} ORDER BY p.id DESC LIMIT {most}"
        );
        (sql, Vec::new())
    } else {
        let sql = format!(
            "SELECT {columns} FROM product_words w CROSS JOIN products p ON p.id = w.rowid \
             WHERE w.product_words MATCH ? AND w.rowid < ? {conditions} ORDER BY w.rowid DESC LIMIT {most}"
        );
        (sql, vec![Value::Text(asked.expression.clone())])
    };
    all.push(Value::Integer(after));
    all.extend(values);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(all))?;
    let mut latest = Vec::new();
    while let Some(row) = rows.next()? {
        latest.extend(found(row, asked, words)?);
    }
    Ok(latest)
}

/// Up to `most` of a few products below the id `after`, the last added first.
fn among(
    connection: &Connection,
    asked: &Asked,
    few: &Few,
    words: Words,
    after: i64,
    most: usize,
) -> Result<Vec<Found>> {
    let words = if few.worded { words } else { Words::Checked };
    let mut look = Look::new(connection, asked, words)?;
    let mut found = Vec::new();
    for id in few.ids.iter().rev().filter(|id| **id < after) {
        if found.len() == most {
            break;
        }
        found.extend(look.at(*id)?);
    }
    Ok(found)
}

/// Looks at single products: whether they meet every condition.
struct Look<'a> {
    statement: CachedStatement<'a>,
    asked: &'a Asked,
    values: Vec<Value>,
    words: Words,
}

impl<'a> Look<'a> {
    fn new(connection: &'a Connection, asked: &'a Asked, words: Words) -> Result<Self> {
        let (conditions, values) = asked.with_prices();
        let columns = columns();
        let statement = connection.prepare_cached(&format!(
            "SELECT {columns} FROM products p WHERE p.id = ? {conditions}"
        ))?;
        Ok(Self {
            statement,
            asked,
            values,
            words,
        })
    }

    fn at(&mut self, id: i64) -> Result<Option<Found>> {
        let id = Value::Integer(id);
        let values = std::iter::once(&id).chain(&self.values);
        let mut rows = self.statement.query(params_from_iter(values))?;
        match rows.next()? {
            Some(row) => found(row, self.asked, self.words),
            None => Ok(None),
        }
    }
}

/// Orders without an index of their own are put in order as a whole.
fn by_place(connection: &Connection, query: &ProductQuery) -> Result<Page<ProductRow>> {
    let from = match query.after.as_deref() {
        Some(text) => usize::try_from(keyset(text, 'o')?[0]).unwrap_or(0),
        None => 0,
    };
    let ids = places::arrange(connection, query)?;
    let end = ids.len().min(from.saturating_add(limit(query)));
    Ok(Page {
        items: places::rows(connection, ids.get(from..end).unwrap_or_default())?,
        next: (end < ids.len()).then(|| format!("o{end}")),
    })
}

fn newest(
    connection: &Connection,
    query: &ProductQuery,
    asked: &Asked,
) -> Result<Page<ProductRow>> {
    let after = match query.after.as_deref() {
        Some(text) => keyset(text, 'n')?[0],
        None => i64::MAX,
    };
    let found = latest(connection, asked, Words::Known, after, limit(query) + 1)?;
    page_of(connection, found, query, |last| format!("n{}", last.id))
}

/// The best of the newest matches.
fn best(connection: &Connection, query: &ProductQuery, asked: &Asked) -> Result<Page<ProductRow>> {
    let offset = match query.after.as_deref() {
        Some(text) => usize::try_from(keyset(text, 'r')?[0]).unwrap_or(0),
        None => 0,
    };
    let mut scored = latest(connection, asked, Words::Scored, i64::MAX, CANDIDATES)?;
    scored.sort_unstable_by_key(|found| std::cmp::Reverse((found.points, found.id)));
    let end = (offset + limit(query)).min(scored.len());
    let ids: Vec<i64> = scored
        .get(offset..end)
        .unwrap_or_default()
        .iter()
        .map(|found| found.id)
        .collect();
    Ok(Page {
        items: places::rows(connection, &ids)?,
        next: (end < scored.len()).then(|| format!("r{end}")),
    })
}

/// The page, and where the next one starts when there is one row more than the page holds.
fn page_of(
    connection: &Connection,
    mut found: Vec<Found>,
    query: &ProductQuery,
    place: impl FnOnce(&Found) -> String,
) -> Result<Page<ProductRow>> {
    let more = found.len() > limit(query);
    found.truncate(limit(query));
    let ids: Vec<i64> = found.iter().map(|found| found.id).collect();
    Ok(Page {
        next: found.last().filter(|_| more).map(place),
        items: places::rows(connection, &ids)?,
    })
}

/// Reads `n17`, `p2100.17`, `r50`; anything else is not a cursor of ours.
fn keyset(text: &str, kind: char) -> Result<[i64; 2]> {
    let bad = || {
        Error::new(
            Code::BadInput,
            format!("{text:?} is not the `next` of a page of this list"),
        )
    };
    let numbers = text.strip_prefix(kind).ok_or_else(bad)?;
    let (first, second) = numbers.split_once('.').unwrap_or((numbers, "0"));
    Ok([
        first.parse().map_err(|_| bad())?,
        second.parse().map_err(|_| bad())?,
    ])
}

#[cfg(test)]
mod tests;
