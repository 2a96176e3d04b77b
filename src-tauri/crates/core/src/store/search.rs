//! Listing and searching the catalogue in pages, at any size of it.
//!
//! Nothing here scans the table or ranks everything: a search takes the newest matching products up to a bound and scores
//! those; lists go by keyset along an index; counts stop at a bound. What a page costs does not grow with the catalogue.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use rust_decimal::Decimal;

use super::codec::{cents, ms, name};
use super::places;
use super::products::{COLUMNS, read};
use crate::error::{Code, Error, Result};
use crate::views::{Count, Page, ProductQuery, ProductRow, Sort};

/// Matches that are scored; older ones beyond it are found by a more exact search.
pub(super) const CANDIDATES: usize = 2_000;
/// Where counting stops.
const COUNTED: u64 = 1_000;
/// Rows a page unless told, and at most.
const PAGE: u32 = 50;
const MOST: u32 = 500;
/// The sort key of the price index.
pub(super) const PRICE_KEY: &str = "coalesce(p.price_min, 9007199254740991)";

/// The page's size, in bounds.
fn limit(query: &ProductQuery) -> usize {
    query.limit.unwrap_or(PAGE).clamp(1, MOST) as usize
}

/// Conditions and their values, for everything but the words.
pub(super) fn filters(query: &ProductQuery) -> Result<(String, Vec<Value>)> {
    let mut sql = String::new();
    let mut values: Vec<Value> = Vec::new();
    let mut add = |condition: &str, value: Value| {
        sql.push_str(" AND ");
        sql.push_str(condition);
        values.push(value);
    };
    if let Some(supplier) = query.supplier {
        add("p.supplier = ?", Value::Text(supplier.as_str().to_owned()));
    }
    if let Some(account) = &query.account {
        add("p.account = ?", Value::Text(account.clone()));
    }
    if let Some(category) = query.category.as_deref().filter(|path| !path.is_empty()) {
        // A path prefix, so that "Home & Garden" holds all below it.
        add(
            "instr(p.category || ' / ', ?) = 1",
            Value::Text(format!("{category} / ")),
        );
    }
    if let Some(min) = query.price_min.and_then(cents) {
        add("p.price_max >= ?", Value::Integer(min));
    }
    if let Some(max) = query.price_max.and_then(cents) {
        add("p.price_min <= ?", Value::Integer(max));
    }
    if let Some(status) = &query.status {
        add("p.status = ?", Value::Text(name(status)?));
    }
    // A stock nobody told is neither: unknown is not sold out.
    if let Some(wanted) = query.in_stock {
        sql.push_str(if wanted {
            " AND p.stock > 0"
        } else {
            " AND p.stock <= 0"
        });
    }
    if let Some(since) = query.changed_since {
        sql.push_str(" AND p.id IN (SELECT c.product FROM changes c WHERE c.at >= ?)");
        values.push(Value::Integer(ms(since)));
    }
    if let Some(country) = &query.warehouse {
        // The text is looked through first: taking JSON apart costs ten times as much.
        sql.push_str(
            " AND EXISTS (SELECT 1 FROM variants v, json_each(v.warehouses) w WHERE v.product = p.id AND v.gone = 0 \
             AND instr(v.warehouses, ?) > 0 AND w.value ->> 'country' = ? AND w.value ->> 'total' > 0)",
        );
        values.push(Value::Text(format!("\"{country}\"")));
        values.push(Value::Text(country.clone()));
    }
    Ok((sql, values))
}

/// One page of the catalogue.
pub fn page(connection: &Connection, query: &ProductQuery) -> Result<Page<ProductRow>> {
    let words = tokens(query.words.as_deref().unwrap_or_default());
    if matches!(
        query.sort,
        Sort::TitleUp | Sort::TitleDown | Sort::StockUp | Sort::StockDown
    ) {
        return by_place(connection, query);
    }
    if words.is_empty() {
        return match query.sort {
            Sort::PriceUp | Sort::PriceDown => by_price(connection, query, &[]),
            _ => newest(connection, query),
        };
    }
    let hits = hits(connection, &words)?;
    match query.sort {
        // So many matches that walking along the prices finds a page sooner than sorting them all.
        Sort::PriceUp | Sort::PriceDown if hits.len() > CANDIDATES => {
            by_price(connection, query, &words)
        }
        sort => among(connection, query, &words, hits, sort),
    }
}

/// How many there are, up to a bound; the whole catalogue is counted exactly.
pub fn count(connection: &Connection, query: &ProductQuery) -> Result<Count> {
    let words = tokens(query.words.as_deref().unwrap_or_default());
    let (conditions, values) = filters(query)?;
    if words.is_empty() && conditions.is_empty() {
        let all: i64 =
            connection.query_row("SELECT count(*) FROM products", [], |row| row.get(0))?;
        return Ok(Count {
            count: u64::try_from(all).unwrap_or(0),
            more: false,
        });
    }
    let found = if words.is_empty() {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT count(*) FROM (SELECT 1 FROM products p WHERE 1 {conditions} LIMIT {})",
            COUNTED + 1
        ))?;
        statement.query_row(params_from_iter(values), |row| row.get::<_, i64>(0))?
    } else {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT count(*) FROM (SELECT 1 FROM product_words w CROSS JOIN products p ON p.id = w.rowid \
             WHERE w.product_words MATCH ? {conditions} LIMIT {})",
            COUNTED + 1
        ))?;
        let mut all = vec![Value::Text(expression(&words))];
        all.extend(values);
        statement.query_row(params_from_iter(all), |row| row.get::<_, i64>(0))?
    };
    let found = u64::try_from(found).unwrap_or(0);
    Ok(Count {
        count: found.min(COUNTED),
        more: found > COUNTED,
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

fn newest(connection: &Connection, query: &ProductQuery) -> Result<Page<ProductRow>> {
    let after = match query.after.as_deref() {
        Some(text) => keyset(text, 'n')?[0],
        None => i64::MAX,
    };
    let (conditions, values) = filters(query)?;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, p.id FROM products p WHERE p.id < ? {conditions} ORDER BY p.id DESC LIMIT {}",
        limit(query) + 1
    ))?;
    let mut all = vec![Value::Integer(after)];
    all.extend(values);
    let mut rows = statement.query(params_from_iter(all))?;
    let mut page = Page {
        items: Vec::new(),
        next: None,
    };
    let mut last = 0;
    while let Some(row) = rows.next()? {
        if page.items.len() == limit(query) {
            page.next = Some(format!("n{last}"));
            break;
        }
        last = row.get::<_, i64>(15)?;
        page.items.push(read(row)?);
    }
    Ok(page)
}

/// Walks the price index; with `words`, keeps the rows whose title, SKU or category has them.
fn by_price(
    connection: &Connection,
    query: &ProductQuery,
    words: &[String],
) -> Result<Page<ProductRow>> {
    let up = query.sort == Sort::PriceUp;
    let after = match query.after.as_deref() {
        Some(text) => keyset(text, 'p')?,
        None if up => [i64::MIN, i64::MIN],
        None => [i64::MAX, i64::MAX],
    };
    let (compare, direction) = if up { (">", "ASC") } else { ("<", "DESC") };
    let (conditions, values) = filters(query)?;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, p.id, {PRICE_KEY} FROM products p WHERE ({PRICE_KEY}, p.id) {compare} (?, ?) {conditions} \
         ORDER BY {PRICE_KEY} {direction}, p.id {direction}"
    ))?;
    let mut all = vec![Value::Integer(after[0]), Value::Integer(after[1])];
    all.extend(values);
    let mut rows = statement.query(params_from_iter(all))?;
    let mut page = Page {
        items: Vec::new(),
        next: None,
    };
    let mut last = String::new();
    while let Some(row) = rows.next()? {
        if !words.is_empty() {
            let product = read(row)?;
            if score(&product, words).is_none() {
                continue;
            }
        }
        if page.items.len() == limit(query) {
            page.next = Some(last);
            break;
        }
        last = format!("p{}.{}", row.get::<_, i64>(16)?, row.get::<_, i64>(15)?);
        page.items.push(read(row)?);
    }
    Ok(page)
}

/// Sorts a bounded set of matches in memory.
fn among(
    connection: &Connection,
    query: &ProductQuery,
    words: &[String],
    mut hits: Vec<i64>,
    sort: Sort,
) -> Result<Page<ProductRow>> {
    hits.truncate(CANDIDATES);
    let offset = match query.after.as_deref() {
        Some(text) => usize::try_from(keyset(text, 'r')?[0]).unwrap_or(0),
        None => 0,
    };
    let (conditions, values) = filters(query)?;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM products p WHERE p.id = ? {conditions}"
    ))?;
    let mut found: Vec<(i64, i64, ProductRow)> = Vec::new();
    for id in hits {
        let mut all = vec![Value::Integer(id)];
        all.extend(values.iter().cloned());
        let mut rows = statement.query(params_from_iter(all))?;
        if let Some(row) = rows.next()? {
            let product = read(row)?;
            let points = score(&product, words).unwrap_or(0);
            found.push((points, id, product));
        }
    }
    let price = |product: &ProductRow| product.price_min.unwrap_or(Decimal::MAX);
    match sort {
        Sort::Relevance => found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1))),
        Sort::PriceUp => found.sort_by(|a, b| price(&a.2).cmp(&price(&b.2)).then(a.1.cmp(&b.1))),
        Sort::PriceDown => found.sort_by(|a, b| price(&b.2).cmp(&price(&a.2)).then(b.1.cmp(&a.1))),
        // They came newest first.
        _ => {}
    }
    let end = (offset + limit(query)).min(found.len());
    let next = (end < found.len()).then(|| format!("r{end}"));
    let items = found
        .into_iter()
        .skip(offset)
        .take(limit(query))
        .map(|(_, _, product)| product)
        .collect();
    Ok(Page { items, next })
}

/// Ids of matching products, newest first, one more than are scored.
fn hits(connection: &Connection, words: &[String]) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT rowid FROM product_words WHERE product_words MATCH ?1 ORDER BY rowid DESC LIMIT {}",
        CANDIDATES + 1
    ))?;
    let ids = statement
        .query_map([expression(words)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(ids)
}

/// The words of a search, cut as the index cuts them.
pub(super) fn tokens(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
        .map(str::to_lowercase)
        .collect()
}

/// Every word must be there; the last may be the beginning of one, because the owner is still typing.
pub(super) fn expression(words: &[String]) -> String {
    let mut text = words
        .iter()
        .map(|word| format!("\"{word}\""))
        .collect::<Vec<_>>()
        .join(" ");
    if words.last().is_some_and(|word| word.chars().count() > 1) {
        text.push('*');
    }
    text
}

/// How well a product answers the words; none when one of them is missing.
fn score(product: &ProductRow, words: &[String]) -> Option<i64> {
    let (sku, category) = (product.sku.as_deref(), product.category.as_deref());
    points(&product.title, sku, category, words)
}

/// The same from the columns that are looked at.
pub(super) fn points(
    title: &str,
    sku: Option<&str>,
    category: Option<&str>,
    words: &[String],
) -> Option<i64> {
    let title = title.to_lowercase();
    let rest = format!(
        "{} {}",
        sku.unwrap_or_default(),
        category.unwrap_or_default()
    )
    .to_lowercase();
    let (title_words, rest_words) = (cut(&title), cut(&rest));
    let mut points = 0;
    for (index, word) in words.iter().enumerate() {
        let last = index + 1 == words.len();
        let fits =
            |candidate: &&str| candidate == word || (last && candidate.starts_with(word.as_str()));
        if let Some(position) = title_words.iter().position(|candidate| candidate == word) {
            points += 40 - i64::try_from(position).unwrap_or(20).min(20);
        } else if let Some(position) = title_words.iter().position(fits) {
            points += 25 - i64::try_from(position).unwrap_or(20).min(20);
        } else if rest_words.iter().any(fits) {
            points += 3;
        } else {
            return None;
        }
    }
    Some(points - i64::try_from(title_words.len()).unwrap_or(0).min(20))
}

fn cut(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
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
