//! Searching and listing a large catalogue: fills it through a sync, draws the questions from what it holds, asks them.

use std::path::Path;
use std::time::Instant;

use rusqlite::{Connection, OpenFlags};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smartlinks_core::views::{ProductQuery, Scope, Sort};
use smartlinks_core::{Shop, catalog};

use crate::{Outcome, stage};

/// Questions of a kind.
const QUESTIONS: usize = 40;
/// Times each is asked; the first does not count, because it warms the cache.
const ROUNDS: usize = 4;

/// How long the questions of one kind took, in milliseconds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Asked {
    /// What kind.
    pub kind: String,
    /// Each answer's time.
    pub took: Vec<f64>,
}

/// What a folder was filled with.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Filled {
    /// Products in it now.
    pub products: u64,
}

/// Fills the folder from suppliers with a sync of everything, and prints [`Filled`].
pub fn fill(folder: &str, cj: &str) -> Outcome<()> {
    let filled = stage::block_on(async {
        let shop = stage::connected(Path::new(folder), cj).await?;
        stage::sync(&shop, Scope::All).await?;
        let all = catalog::count(&shop, ProductQuery::default()).await?;
        Ok(Filled {
            products: all.count,
        })
    })?;
    println!("{}", serde_json::to_string(&filled)?);
    Ok(())
}

/// Asks, and prints a list of [`Asked`].
pub fn ask(folder: &str) -> Outcome<()> {
    let questions = questions(&Path::new(folder).join("smartlinks.db"))?;
    let asked = stage::block_on(async {
        let shop = stage::open(Path::new(folder), None, None).await?;
        let mut asked = Vec::new();
        for (kind, mut queries) in questions {
            if kind == DEPTH {
                queries = deep(&shop).await?;
            }
            let took = time(&queries, |query| async {
                let found = catalog::list(&shop, query).await?;
                if found.items.is_empty() {
                    eprintln!("   {kind}: nothing found");
                }
                Ok(())
            });
            let mut told = vec![(kind.to_owned(), took.await?)];
            if kind != DEPTH {
                let took = time(&queries, |query| async {
                    catalog::places(&shop, query).await?;
                    Ok(())
                });
                told.push((format!("{ALL}: {kind}"), took.await?));
            }
            if kind != DEPTH && kind != FIRST {
                let took = time(&queries, |query| async {
                    catalog::count(&shop, query).await?;
                    Ok(())
                });
                told.push((format!("count: {kind}"), took.await?));
            }
            asked.extend(told.into_iter().map(|(kind, took)| Asked { kind, took }));
        }
        Ok(asked)
    })?;
    println!("{}", serde_json::to_string(&asked)?);
    Ok(())
}

const DEPTH: &str = "page at depth";
const FIRST: &str = "first page";
/// The window puts all that is found in order, so that its scroll bar can reach the middle.
pub const ALL: &str = "all in order";

/// Asks each question [`ROUNDS`] times, and returns how long each answer took but the first ones.
async fn time<Answered: Future<Output = Outcome<()>>>(
    queries: &[ProductQuery],
    ask: impl Fn(ProductQuery) -> Answered,
) -> Outcome<Vec<f64>> {
    let mut took = Vec::new();
    for round in 0..ROUNDS {
        for query in queries {
            let start = Instant::now();
            ask(query.clone()).await?;
            if round > 0 {
                took.push(start.elapsed().as_secs_f64() * 1_000.0);
            }
        }
    }
    Ok(took)
}

/// Cursors from far down: every tenth of a walk of 200,000 rows, in three orders.
async fn deep(shop: &Shop) -> Outcome<Vec<ProductQuery>> {
    let mut queries = Vec::new();
    for sort in [Sort::Newest, Sort::PriceUp, Sort::PriceDown] {
        let mut query = ProductQuery {
            sort,
            limit: Some(500),
            ..ProductQuery::default()
        };
        for page in 1..=400 {
            let Some(next) = catalog::list(shop, query.clone()).await?.next else {
                break;
            };
            query.after = Some(next);
            if page % 40 == 0 {
                queries.push(ProductQuery {
                    limit: None,
                    ..query.clone()
                });
            }
        }
    }
    Ok(queries)
}

/// Questions of every kind, from the words that are really in the index.
fn questions(database: &Path) -> Outcome<Vec<(&'static str, Vec<ProductQuery>)>> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.execute_batch(
        // Read once: every look at the index's own words goes through all of them.
        "CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, product_words, row);
         CREATE TEMP TABLE vocabulary AS SELECT term, doc FROM terms",
    )?;
    let texts = |sql: &str| -> Outcome<Vec<String>> {
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    let rare = texts("SELECT term FROM vocabulary WHERE doc <= 20 ORDER BY random() LIMIT 40")?;
    let common = texts(
        "SELECT term FROM vocabulary WHERE length (term) > 3 AND doc > 100 ORDER BY doc DESC LIMIT 200",
    )?;
    let middling = texts(
        "SELECT term FROM vocabulary WHERE doc BETWEEN (SELECT max (doc) / 40 FROM vocabulary) \
         AND (SELECT max (doc) / 4 FROM vocabulary) AND length (term) > 3 ORDER BY random() LIMIT 40",
    )?;
    let titles = texts("SELECT title FROM products WHERE id % 9973 = 7 LIMIT 40")?;
    let categories = texts(
        "SELECT category FROM products WHERE id % 4999 = 3 AND category IS NOT NULL LIMIT 40",
    )?;
    let commonest = common.first().ok_or("the catalogue has no words")?;

    let words = |text: String| ProductQuery {
        words: Some(text),
        ..ProductQuery::default()
    };
    let by_price = |index: usize, query: ProductQuery| ProductQuery {
        sort: if index.is_multiple_of(2) {
            Sort::PriceUp
        } else {
            Sort::PriceDown
        },
        ..query
    };
    let between = |query: ProductQuery| ProductQuery {
        price_min: Some(Decimal::from(10)),
        price_max: Some(Decimal::from(25)),
        ..query
    };
    let pair = |title: &String| {
        let mut words: Vec<&str> = title.split(' ').filter(|word| word.len() > 3).collect();
        words.sort_by_key(|word| word.len());
        words.reverse();
        words.truncate(2);
        words.join(" ")
    };
    let prefixes = common.iter().map(|word| word.chars().take(3).collect());
    let prices: Vec<ProductQuery> = middling
        .iter()
        .enumerate()
        .map(|(index, word)| by_price(index, between(words(word.clone()))))
        .collect();
    let kinds = vec![
        ("rare word", rare.into_iter().map(words).collect()),
        ("two words", titles.iter().map(pair).map(words).collect()),
        ("three-letter prefix", prefixes.map(words).collect()),
        ("commonest word", vec![words(commonest.clone()); QUESTIONS]),
        (
            "commonest word, price range, by price",
            (0..QUESTIONS)
                .map(|index| by_price(index, between(words(commonest.clone()))))
                .collect(),
        ),
        ("middling word, price range, by price", prices),
        (
            "category in stock, by price",
            categories
                .into_iter()
                .enumerate()
                .map(|(index, category)| {
                    by_price(
                        index,
                        ProductQuery {
                            category: Some(category),
                            in_stock: Some(true),
                            ..ProductQuery::default()
                        },
                    )
                })
                .collect(),
        ),
        (FIRST, vec![ProductQuery::default(); QUESTIONS]),
        (DEPTH, Vec::new()),
    ];
    Ok(kinds
        .into_iter()
        .map(|(kind, mut queries): (_, Vec<ProductQuery>)| {
            queries.truncate(QUESTIONS);
            (kind, queries)
        })
        .collect())
}
