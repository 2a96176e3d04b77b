//! Pages in the order of prices: along the index of prices, or from the products that the rarest condition leaves.
//!
//! Walking the index means to look at each row it names, wherever that lies; a thousand of them cost more than a page may. So
//! the walk begins, and if the words are seldom met it goes on with ids alone, of those that the index of words gives.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::asked::{Asked, By, Few};
use super::{Found, Look, PRICE_KEY, Words, columns, found, keyset, limit, page_of};
use crate::error::Result;
use crate::views::{Page, ProductQuery, ProductRow, Sort};

/// Products whose prices are looked up one by one and sorted; more are met soon enough along the price index.
const SORTED: usize = 1_500;
/// Products with the words that the price index is walked for, at most.
const WORDED: usize = 100_000;
/// The same for a category. Its products came one after the other, so that rows along the index tell nothing of where the
/// next ones stand; only a category that many products are in is met soon whatever comes.
const IN_CATEGORY: usize = 30_000;
/// Rows along the index that tell how often the words are met there. Those of one price stand in the order they came, one
/// category after the other, so that a few of them tell nothing.
const TRIED: usize = 1_000;
/// Words met less often than once in so many rows are found sooner through their own index.
const SELDOM: usize = 22;

/// One page.
pub(super) fn page(
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
    let (low, high) = if up {
        (after[0], high)
    } else {
        (low, after[0])
    };
    let walk = Walk {
        connection,
        asked,
        up,
        low,
        high,
        most: limit(query) + 1,
    };
    page_of(connection, walk.found(after)?, query, |last| {
        format!("p{}.{}", last.price, last.id)
    })
}

/// A page's way through a range of prices.
struct Walk<'a> {
    connection: &'a Connection,
    asked: &'a Asked,
    up: bool,
    low: i64,
    high: i64,
    most: usize,
}

/// What the rows along the index brought.
struct Met {
    found: Vec<Found>,
    /// Price and id where the walk was given up, if it was.
    left_at: Option<[i64; 2]>,
}

impl Walk<'_> {
    fn found(&self, after: [i64; 2]) -> Result<Vec<Found>> {
        let others = self.asked.few_by(self.connection, |by, most| {
            (by == By::Other).then_some(most)
        })?;
        if let Some(others) = others {
            if others.ids.len() <= SORTED {
                return self.sorted(&others, after);
            }
            return match self.worded(WORDED)? {
                Some(words) => self.among(&others.and(&words), after),
                None => self.among(&others, after),
            };
        }
        if self.asked.expression.is_empty() {
            return Ok(self.along(after, usize::MAX)?.found);
        }
        let few = if self.asked.in_category {
            IN_CATEGORY
        } else {
            SORTED
        };
        if let Some(words) = self.worded(few)? {
            return self.among(&words, after);
        }
        let Met { mut found, left_at } = self.along(after, TRIED)?;
        if let Some(left_at) = left_at {
            found.extend(match self.worded(WORDED)? {
                Some(words) => self.through(&words, left_at)?,
                None => self.along(left_at, usize::MAX)?.found,
            });
        }
        Ok(found)
    }

    fn worded(&self, most: usize) -> Result<Option<Few>> {
        self.asked
            .few_by(self.connection, |by, _| (by == By::Words).then_some(most))
    }

    fn among(&self, few: &Few, after: [i64; 2]) -> Result<Vec<Found>> {
        if few.ids.len() <= SORTED {
            self.sorted(few, after)
        } else {
            self.through(few, after)
        }
    }

    /// Looks their prices up.
    fn sorted(&self, few: &Few, after: [i64; 2]) -> Result<Vec<Found>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {PRICE_KEY} FROM products p WHERE p.id = ?"
        ))?;
        let mut keys = Vec::with_capacity(few.ids.len());
        for id in &few.ids {
            let mut rows = statement.query([id])?;
            if let Some(row) = rows.next()? {
                let key = [row.get(0)?, *id];
                let behind = if self.up { key > after } else { key < after };
                if behind && (self.low..=self.high).contains(&key[0]) {
                    keys.push(key);
                }
            }
        }
        keys.sort_unstable();
        if !self.up {
            keys.reverse();
        }
        let mut look = self.look(few)?;
        let mut found = Vec::new();
        for [_, id] in keys {
            if found.len() == self.most {
                break;
            }
            found.extend(look.at(id)?);
        }
        Ok(found)
    }

    /// Walks the index for these ids, and looks at no other row.
    fn through(&self, few: &Few, after: [i64; 2]) -> Result<Vec<Found>> {
        let mut statement = self.connection.prepare_cached(&self.sql("p.id"))?;
        let mut rows = statement.query(self.from(after))?;
        let mut look = self.look(few)?;
        let mut found = Vec::new();
        while found.len() < self.most {
            let Some(row) = rows.next()? else { break };
            let id = row.get(0)?;
            if few.ids.binary_search(&id).is_ok() {
                found.extend(look.at(id)?);
            }
        }
        Ok(found)
    }

    /// Walks the index and looks at every row; gives up after `tried` of them if too few are met.
    fn along(&self, after: [i64; 2], tried: usize) -> Result<Met> {
        // The conditions are a column and not a filter, so that the rows that do not meet them are counted, too.
        let columns = format!("{}, 1 {}", columns(), self.asked.conditions);
        let mut statement = self.connection.prepare_cached(&self.sql(&columns))?;
        let values = self.asked.values.iter().cloned();
        let values = values.chain(self.from(after));
        let mut rows = statement.query(params_from_iter(values))?;
        let mut met = Vec::new();
        let mut seen = 0;
        while met.len() < self.most {
            let Some(row) = rows.next()? else { break };
            let fits: Option<bool> = row.get(5)?;
            if fits == Some(true) {
                met.extend(found(row, self.asked, Words::Checked)?);
            }
            seen += 1;
            if seen == tried && met.len() * SELDOM < seen {
                let left_at = Some([row.get(1)?, row.get(0)?]);
                return Ok(Met {
                    found: met,
                    left_at,
                });
            }
        }
        Ok(Met {
            found: met,
            left_at: None,
        })
    }

    fn look(&self, few: &Few) -> Result<Look<'_>> {
        let words = if few.worded {
            Words::Known
        } else {
            Words::Checked
        };
        Look::new(self.connection, self.asked, words)
    }

    fn sql(&self, columns: &str) -> String {
        let (compare, direction) = if self.up { (">", "ASC") } else { ("<", "DESC") };
        // The range is said twice: SQLite would not start at the first of a pair and stop at the end of a range.
        format!(
            "SELECT {columns} FROM products p WHERE {PRICE_KEY} BETWEEN ? AND ? AND ({PRICE_KEY}, p.id) {compare} (?, ?) \
             ORDER BY {PRICE_KEY} {direction}, p.id {direction}"
        )
    }

    fn from(&self, after: [i64; 2]) -> [Value; 4] {
        let (low, high) = if self.up {
            (after[0], self.high)
        } else {
            (self.low, after[0])
        };
        [low, high, after[0], after[1]].map(Value::Integer)
    }
}
