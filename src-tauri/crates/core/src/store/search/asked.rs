//! What a query asks for: conditions on a product's row, and for each condition that few products meet, those few.
//!
//! The rarest condition leads. Walking a million rows to find the three that are sold out would cost a second; asking an
//! index for them costs nothing. So each condition that has an index is asked how many it would give, up to a bound, and
//! the walk in the wanted order is left for what many products meet, where it soon finds a page.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::super::codec::{cents, ms, name};
use super::words::{expression, tokens};
use super::{CANDIDATES, PRICE_KEY};
use crate::error::Result;
use crate::views::{ProductQuery, ProductStatus};

/// Products a condition may give to lead. More are walked past: one in fifty of a million is met often enough.
const FEW: usize = 12_000;
/// The same for conditions whose products come in no order and have to be sorted.
const FEW_UNSORTED: usize = 8_000;

/// So few that the other conditions are looked at product by product.
const LOOKED_AT: usize = 500;

/// A query, taken apart.
pub struct Asked {
    /// The words.
    pub words: Vec<String>,
    /// Whether the last of them may be the beginning of one.
    pub starts: bool,
    /// Whether a category is asked for.
    pub in_category: bool,
    /// What the index of words is asked for; empty without words and category.
    pub expression: String,
    /// Conditions on `products p`, each with ` AND ` before it.
    pub conditions: String,
    /// Their values.
    pub values: Vec<Value>,
    /// Lowest and highest price, in ten-thousandths; not among the conditions.
    pub prices: Option<(i64, i64)>,
    /// See [`Asked::newest`].
    newest: Option<Few>,
    sources: Vec<Source>,
}

/// A way to the rows that meet one condition.
struct Source {
    sql: String,
    values: Vec<Value>,
    most: usize,
    /// By what it finds them.
    by: By,
}

/// What a source goes by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    Words,
    Price,
    Other,
}

/// The products that meet those conditions that few meet.
pub struct Few {
    /// In order, each once.
    pub ids: Vec<i64>,
    /// Whether they have the words; otherwise that is to be looked at.
    pub worded: bool,
}

impl Asked {
    /// Takes a query apart.
    pub fn of(connection: &Connection, query: &ProductQuery) -> Result<Self> {
        let words = tokens(query.words.as_deref().unwrap_or_default());
        let category = query.category.as_deref().filter(|path| !path.is_empty());
        // A category's words are in the index, too, which finds a rare one among a million.
        let path = category.map(tokens).unwrap_or_default();
        let newest = as_they_stand(connection, &words)?;
        // A single letter is no beginning.
        let starts = words.last().is_some_and(|last| last.chars().count() > 1) && newest.is_none();
        let mut asked = Self {
            starts,
            in_category: category.is_some(),
            newest,
            expression: String::new(),
            words,
            conditions: String::new(),
            values: Vec::new(),
            prices: None,
            sources: Vec::new(),
        };
        asked.expression = expression(&asked.words, &path, asked.starts);
        if let Some(path) = category {
            // A path prefix, so that "Home & Garden" holds all below it.
            asked.add(
                "instr(p.category || ' / ', ?) = 1",
                Value::Text(format!("{path} / ")),
            );
        }
        asked.filters(query)?;
        // Last, because the words of a few products can be looked at instead.
        if !asked.expression.is_empty() {
            asked.sources.push(Source {
                sql: "SELECT rowid FROM product_words WHERE product_words MATCH ?".into(),
                values: vec![Value::Text(asked.expression.clone())],
                most: FEW,
                by: By::Words,
            });
        }
        Ok(asked)
    }

    fn filters(&mut self, query: &ProductQuery) -> Result<()> {
        if let Some(supplier) = query.supplier {
            let value = Value::Text(supplier.as_str().to_owned());
            self.add("p.supplier = ?", value.clone());
            self.source(
                "SELECT id FROM products WHERE account IN (SELECT id FROM accounts WHERE supplier = ?)",
                value,
            );
        }
        if let Some(account) = &query.account {
            let value = Value::Text(account.clone());
            self.add("p.account = ?", value.clone());
            self.source("SELECT id FROM products WHERE account = ?", value);
        }
        let (low, high) = (
            query.price_min.and_then(cents),
            query.price_max.and_then(cents),
        );
        if low.is_some() || high.is_some() {
            let bounds = (
                low.unwrap_or(i64::MIN),
                high.unwrap_or(i64::MAX).min(super::UNPRICED - 1),
            );
            self.prices = Some(bounds);
            self.sources.push(Source {
                sql: format!("SELECT p.id FROM products p WHERE {PRICE_KEY} BETWEEN ? AND ?"),
                values: vec![Value::Integer(bounds.0), Value::Integer(bounds.1)],
                most: FEW_UNSORTED,
                by: By::Price,
            });
        }
        if let Some(status) = &query.status {
            self.add("p.status = ?", Value::Text(name(status)?));
            if *status == ProductStatus::Delisted {
                self.sources.push(Source::fixed(
                    "SELECT id FROM products WHERE status = 'delisted'",
                ));
            }
        }
        // A stock nobody told is neither: unknown is not sold out.
        if let Some(wanted) = query.in_stock {
            let condition = if wanted { "stock > 0" } else { "stock <= 0" };
            self.conditions.push_str(" AND p.");
            self.conditions.push_str(condition);
            self.sources.push(Source::fixed(&format!(
                "SELECT id FROM products WHERE {condition}"
            )));
        }
        if let Some(country) = &query.warehouse {
            let value = Value::Text(country.trim().to_ascii_uppercase());
            self.add(
                "EXISTS (SELECT 1 FROM product_warehouses w WHERE w.country = ? AND w.product = p.id)",
                value.clone(),
            );
            self.source(
                "SELECT product FROM product_warehouses WHERE country = ?",
                value,
            );
        }
        if let Some(since) = query.changed_since {
            let value = Value::Integer(ms(since));
            self.add(
                "EXISTS (SELECT 1 FROM changes c WHERE c.product = p.id AND c.at >= ?)",
                value.clone(),
            );
            self.source("SELECT product FROM changes WHERE at >= ?", value);
        }
        Ok(())
    }

    fn add(&mut self, condition: &str, value: Value) {
        self.conditions.push_str(" AND ");
        self.conditions.push_str(condition);
        self.values.push(value);
    }

    fn source(&mut self, sql: &str, value: Value) {
        self.sources.push(Source {
            sql: sql.to_owned(),
            values: vec![value],
            most: FEW_UNSORTED,
            by: By::Other,
        });
    }

    /// Conditions and values with the prices among them, for a walk that does not go along the prices.
    pub fn with_prices(&self) -> (String, Vec<Value>) {
        let (mut conditions, mut values) = (self.conditions.clone(), self.values.clone());
        if let Some((low, high)) = self.prices {
            conditions.push_str(&format!(" AND {PRICE_KEY} BETWEEN ? AND ?"));
            values.extend([Value::Integer(low), Value::Integer(high)]);
        }
        (conditions, values)
    }

    /// The newest products, more than are ever scored if there are so many, where nothing but words is asked for and they
    /// were found on the way.
    pub fn newest(&self) -> Option<&Few> {
        let alone = self.conditions.is_empty() && self.prices.is_none();
        self.newest.as_ref().filter(|_| alone)
    }

    /// Whether nothing but words (or a category) is asked for.
    pub fn only_words(&self) -> bool {
        self.sources.iter().all(|source| source.by == By::Words)
    }

    /// The products that meet those conditions that few meet. `None` when there is no such condition; then many products
    /// meet all of them, or none has an index.
    pub fn few(&self, connection: &Connection) -> Result<Option<Few>> {
        self.few_by(connection, |_, most| Some(most))
    }

    /// The same by some of the conditions: `most` says how many products may meet one, knowing how many usually may.
    pub fn few_by(
        &self,
        connection: &Connection,
        most: impl Fn(By, usize) -> Option<usize>,
    ) -> Result<Option<Few>> {
        let mut few: Option<Few> = None;
        for source in &self.sources {
            // Few enough to look at one by one.
            if few.as_ref().is_some_and(|few| few.ids.len() < LOOKED_AT) {
                break;
            }
            let Some(most) = most(source.by, source.most) else {
                continue;
            };
            let Some(ids) = source.ids(connection, most)? else {
                continue;
            };
            let worded = source.by == By::Words;
            let found = Few { ids, worded };
            few = Some(match few {
                None => found,
                Some(known) => known.and(&found),
            });
        }
        Ok(few)
    }
}

impl Few {
    /// Those in both.
    pub fn and(mut self, other: &Self) -> Self {
        self.ids.retain(|id| other.ids.binary_search(id).is_ok());
        self.worded |= other.worded;
        self
    }
}

/// The newest products with all words as they stand, more than are ever scored if there are so many; none when the last word
/// may be the beginning of one.
///
/// The index knows the beginnings of two and three letters; those of longer ones it has to put together from all products
/// that have a word that begins so. A word that many have is meant as it stands, unless that finds nothing.
fn as_they_stand(connection: &Connection, words: &[String]) -> Result<Option<Few>> {
    let Some(last) = words.last().filter(|last| last.chars().count() > 3) else {
        return Ok(None);
    };
    let few = |words: &[String]| -> Result<Vec<i64>> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT rowid FROM product_words WHERE product_words MATCH ? ORDER BY rowid DESC LIMIT {}",
            CANDIDATES + 1
        ))?;
        let rows = statement.query_map([expression(words, &[], false)], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    let mut ids = few(words)?;
    let common = |ids: &[i64]| ids.len() > CANDIDATES;
    if common(&ids)
        || (!ids.is_empty() && words.len() > 1 && common(&few(std::slice::from_ref(last))?))
    {
        ids.reverse();
        return Ok(Some(Few { ids, worded: true }));
    }
    Ok(None)
}

impl Source {
    fn fixed(sql: &str) -> Self {
        Self {
            sql: sql.to_owned(),
            values: Vec::new(),
            most: FEW / 3,
            by: By::Other,
        }
    }

    /// Ids in order, each once; `None` when there are too many.
    fn ids(&self, connection: &Connection, most: usize) -> Result<Option<Vec<i64>>> {
        let mut statement =
            connection.prepare_cached(&format!("{} LIMIT {}", self.sql, most + 1))?;
        let mut rows = statement.query(params_from_iter(&self.values))?;
        let mut ids: Vec<i64> = Vec::new();
        while let Some(row) = rows.next()? {
            ids.push(row.get(0)?);
        }
        if ids.len() > most {
            return Ok(None);
        }
        if !ids.is_sorted() {
            ids.sort_unstable();
        }
        ids.dedup();
        Ok(Some(ids))
    }
}
