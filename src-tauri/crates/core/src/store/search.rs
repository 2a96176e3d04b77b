//! Listing and searching the catalogue in pages, at any size of it.
//!
//! Nothing here scans the table or ranks everything: a search takes the newest matching products up to a bound and scores
//! those; lists go by keyset along an index, or through the few products that the rarest condition leaves; counts stop at a
//! bound. What a page costs does not grow with the catalogue. The conditions are in `asked`, the words in `words`.

mod asked;
mod words;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::places;
use super::products::{COLUMNS, read};
use crate::error::{Code, Error, Result};
use crate::views::{Count, Page, ProductQuery, ProductRow, Sort};
pub(super) use asked::Asked;
use asked::Few;
pub(super) use words::points;
use words::score;

/// Matches that are scored; older ones beyond it are found by a more exact search, or by the newest first.
pub(super) const CANDIDATES: usize = 1_000;
/// Where counting stops.
const COUNTED: u64 = 1_000;
/// Products whose prices are looked up one by one and sorted; more are met soon enough along the price index.
const SORTED: usize = 4_000;
/// Rows a page unless told, and at most.
const PAGE: u32 = 50;
const MOST: u32 = 500;
/// What stands for the price of a product without one: it comes last.
const UNPRICED: i64 = 9_007_199_254_740_991;
/// The sort key of the price index.
pub(super) const PRICE_KEY: &str = "coalesce(p.price_min, 9007199254740991)";

/// A product with what keysets are made of.
struct Found {
    id: i64,
    price: i64,
    row: ProductRow,
}

/// One page of the catalogue.
pub fn page(connection: &Connection, query: &ProductQuery) -> Result<Page<ProductRow>> {
    let asked = Asked::of(connection, query)?;
    match query.sort {
        Sort::TitleUp | Sort::TitleDown | Sort::StockUp | Sort::StockDown => {
            by_place(connection, query)
        }
        Sort::PriceUp | Sort::PriceDown => by_price(connection, query, &asked),
        Sort::Relevance if !asked.words.is_empty() => best(connection, query, &asked),
        Sort::Relevance | Sort::Newest => newest(connection, query, &asked),
    }
}

/// How many there are, up to a bound; the whole catalogue is counted exactly.
pub fn count(connection: &Connection, query: &ProductQuery) -> Result<Count> {
    let asked = Asked::of(connection, query)?;
    let (conditions, values) = asked.with_prices();
    let all = asked.expression.is_empty() && conditions.is_empty();
    let found = if all {
        one(connection, "SELECT count(*) FROM products", Vec::new())?
    } else if asked.only_words() && conditions.is_empty() {
        let sql = "SELECT 1 FROM product_words WHERE product_words MATCH ?";
        one(
            connection,
            &bounded(sql),
            vec![Value::Text(asked.expression)],
        )?
    } else if let Some(few) = asked.few(connection, false)? {
        let most = usize::try_from(COUNTED).unwrap_or(usize::MAX) + 1;
        among(connection, &asked, &few, i64::MAX, most)?.len() as u64
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
fn latest(connection: &Connection, asked: &Asked, after: i64, most: usize) -> Result<Vec<Found>> {
    if !asked.only_words()
        && let Some(few) = asked.few(connection, false)?
    {
        return among(connection, asked, &few, after, most);
    }
    let (conditions, values) = asked.with_prices();
    let (sql, mut all) = if asked.expression.is_empty() {
        let sql = format!(
            "SELECT {COLUMNS}, p.id, {PRICE_KEY} FROM products p WHERE p.id < ? {conditions} ORDER BY p.id DESC LIMIT {most}"
        );
        (sql, Vec::new())
    } else {
        let sql = format!(
            "SELECT {COLUMNS}, p.id, {PRICE_KEY} FROM product_words w CROSS JOIN products p ON p.id = w.rowid \
             WHERE w.product_words MATCH ? AND w.rowid < ? {conditions} ORDER BY w.rowid DESC LIMIT {most}"
        );
        (sql, vec![Value::Text(asked.expression.clone())])
    };
    all.push(Value::Integer(after));
    all.extend(values);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(all))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(keyed(row)?);
    }
    Ok(found)
}

/// Up to `most` of a few products below the id `after`, the last added first.
fn among(
    connection: &Connection,
    asked: &Asked,
    few: &Few,
    after: i64,
    most: usize,
) -> Result<Vec<Found>> {
    let mut look = Look::new(connection, asked, few.worded)?;
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
    statement: rusqlite::CachedStatement<'a>,
    values: Vec<Value>,
    words: &'a [String],
    starts: bool,
}

impl<'a> Look<'a> {
    fn new(connection: &'a Connection, asked: &'a Asked, worded: bool) -> Result<Self> {
        let (conditions, values) = asked.with_prices();
        let statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS}, p.id, {PRICE_KEY} FROM products p WHERE p.id = ? {conditions}"
        ))?;
        Ok(Self {
            statement,
            values,
            words: if worded { &[] } else { &asked.words },
            starts: asked.starts,
        })
    }

    fn at(&mut self, id: i64) -> Result<Option<Found>> {
        let id = Value::Integer(id);
        let mut rows = self
            .statement
            .query(params_from_iter(std::iter::once(&id).chain(&self.values)))?;
        let found = rows.next()?.map(keyed).transpose()?;
        Ok(found.filter(|found| score(&found.row, self.words, self.starts).is_some()))
    }
}

fn keyed(row: &rusqlite::Row<'_>) -> Result<Found> {
    Ok(Found {
        row: read(row)?,
        id: row.get(15)?,
        price: row.get(16)?,
    })
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
    let found = latest(connection, asked, after, limit(query) + 1)?;
    Ok(page_of(found, query, |last| format!("n{}", last.id)))
}

/// The best of the newest matches.
fn best(connection: &Connection, query: &ProductQuery, asked: &Asked) -> Result<Page<ProductRow>> {
    let offset = match query.after.as_deref() {
        Some(text) => usize::try_from(keyset(text, 'r')?[0]).unwrap_or(0),
        None => 0,
    };
    let mut scored: Vec<(i64, Found)> = latest(connection, asked, i64::MAX, CANDIDATES)?
        .into_iter()
        .map(|found| {
            (
                score(&found.row, &asked.words, asked.starts).unwrap_or(0),
                found,
            )
        })
        .collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.id.cmp(&a.1.id)));
    let end = (offset + limit(query)).min(scored.len());
    let next = (end < scored.len()).then(|| format!("r{end}"));
    let items = scored
        .into_iter()
        .skip(offset)
        .take(limit(query))
        .map(|(_, found)| found.row)
        .collect();
    Ok(Page { items, next })
}

/// Along the price index; the rows of a few are sorted, or met along it.
fn by_price(
    connection: &Connection,
    query: &ProductQuery,
    asked: &Asked,
) -> Result<Page<ProductRow>> {
    let up = query.sort == Sort::PriceUp;
    let (low, high) = asked.prices.unwrap_or((i64::MIN, i64::MAX));
    let after = match query.after.as_deref() {
        Some(text) => keyset(text, 'p')?,
        None if up => [low, i64::MIN],
        None => [high, i64::MAX],
    };
    let few = asked.few(connection, true)?;
    let found = match &few {
        Some(few) if few.ids.len() <= SORTED => sorted(connection, query, asked, few, after)?,
        few => walked(connection, query, asked, few.as_ref(), after)?,
    };
    Ok(page_of(found, query, |last| {
        format!("p{}.{}", last.price, last.id)
    }))
}

fn sorted(
    connection: &Connection,
    query: &ProductQuery,
    asked: &Asked,
    few: &Few,
    after: [i64; 2],
) -> Result<Vec<Found>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {PRICE_KEY} FROM products p WHERE p.id = ?"
    ))?;
    let up = query.sort == Sort::PriceUp;
    let mut keys = Vec::with_capacity(few.ids.len());
    for id in &few.ids {
        let mut rows = statement.query([id])?;
        if let Some(row) = rows.next()? {
            let key = [row.get(0)?, *id];
            if if up { key > after } else { key < after } {
                keys.push(key);
            }
        }
    }
    keys.sort_unstable();
    if !up {
        keys.reverse();
    }
    let mut look = Look::new(connection, asked, few.worded)?;
    let mut found = Vec::new();
    for [_, id] in keys {
        if found.len() > limit(query) {
            break;
        }
        found.extend(look.at(id)?);
    }
    Ok(found)
}

/// Walks the price index: through the ids alone when it is known which are wanted, otherwise through the rows.
fn walked(
    connection: &Connection,
    query: &ProductQuery,
    asked: &Asked,
    few: Option<&Few>,
    after: [i64; 2],
) -> Result<Vec<Found>> {
    let (low, high) = asked.prices.unwrap_or((i64::MIN, i64::MAX));
    let (compare, direction, from, to) = if query.sort == Sort::PriceUp {
        (">", "ASC", after[0], high)
    } else {
        ("<", "DESC", low, after[0])
    };
    let (columns, conditions) = match few {
        Some(_) => ("p.id".to_owned(), ""),
        None => (
            format!("{COLUMNS}, p.id, {PRICE_KEY}"),
            asked.conditions.as_str(),
        ),
    };
    let mut statement = connection.prepare_cached(&format!(
        // The range is said twice: SQLite would not start at the first of a pair and stop at the end of a range.
        "SELECT {columns} FROM products p WHERE {PRICE_KEY} BETWEEN ? AND ? AND ({PRICE_KEY}, p.id) {compare} (?, ?) \
         {conditions} ORDER BY {PRICE_KEY} {direction}, p.id {direction}"
    ))?;
    let mut all = [from, to, after[0], after[1]].map(Value::Integer).to_vec();
    if few.is_none() {
        all.extend(asked.values.iter().cloned());
    }
    let mut rows = statement.query(params_from_iter(all))?;
    let mut look = Look::new(connection, asked, few.is_some_and(|few| few.worded))?;
    let mut found = Vec::new();
    while found.len() <= limit(query) {
        let Some(row) = rows.next()? else { break };
        if let Some(few) = few {
            let id = row.get(0)?;
            if few.ids.binary_search(&id).is_ok() {
                found.extend(look.at(id)?);
            }
        } else {
            let one = keyed(row)?;
            if score(&one.row, &asked.words, asked.starts).is_some() {
                found.push(one);
            }
        }
    }
    Ok(found)
}

/// The page, and where the next one starts when there is one row more than the page holds.
fn page_of(
    mut found: Vec<Found>,
    query: &ProductQuery,
    place: impl FnOnce(&Found) -> String,
) -> Page<ProductRow> {
    let more = found.len() > limit(query);
    found.truncate(limit(query));
    Page {
        next: found.last().filter(|_| more).map(place),
        items: found.into_iter().map(|found| found.row).collect(),
    }
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
