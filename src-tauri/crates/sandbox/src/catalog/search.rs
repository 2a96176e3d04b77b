//! Searching a catalogue that does not exist in memory.
//!
//! A title is four words drawn by position, so a search compares word *numbers*: for every word of the question it is worked out once which
//! entries of the word lists contain it, then each candidate costs one draw and a few bit operations (about 5 ns). A word found only in some
//! categories' nouns or materials limits the candidates to those categories. Reading stops at the cap of 6,000 rows unless an order was asked for.
//! Measured at 1,000,000 products: 1 ms for words, 15-60 ms with an order or a narrow price range, 200 ms for the order by stock, the worst.
//! The answer is then remembered for the pages that follow.

use super::Catalog;
use super::product::{Product, title_words};
use super::warehouse::AREAS;
use crate::words::{ADJECTIVES, CATEGORIES, USES};

/// No search of CJ's gives more rows than this, whatever it found.
pub(crate) const CAP: usize = 6_000;

/// What the rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Order {
    /// The catalogue's own order.
    #[default]
    BestMatch,
    Listed,
    Price,
    Created,
    Stock,
}

/// What is searched for; every field that is set must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Query {
    /// Words of a title, all of which must occur as beginnings of words, or one SKU.
    pub(crate) words: String,
    pub(crate) categories: Option<Vec<usize>>,
    pub(crate) country: Option<String>,
    /// US cents, both ends included, compared with the lowest price.
    pub(crate) price: (Option<i64>, Option<i64>),
    /// Milliseconds, both ends included.
    pub(crate) created: (Option<i64>, Option<i64>),
    pub(crate) stock: (Option<u64>, Option<u64>),
    /// 1 counted by CJ, 2 not.
    pub(crate) verified: Option<u8>,
    pub(crate) order: Order,
    pub(crate) ascending: bool,
}

/// The rows of a search: at most [`CAP`].
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) rows: Vec<u64>,
}

/// For each word of the question one bit; for each entry of the word lists the bits it satisfies.
struct Wanted {
    all: u32,
    adjectives: [u32; 32],
    usages: [u32; 16],
    /// Per category: nouns, materials.
    own: Vec<([u32; 4], [u32; 3])>,
}

fn bits(words: &[String], text: &str) -> u32 {
    let text = text.to_lowercase();
    words
        .iter()
        .take(32)
        .enumerate()
        .filter(|(_, word)| {
            text.split([' ', '-'])
                .any(|part| part.starts_with(word.as_str()))
                || text.starts_with(word.as_str())
        })
        .fold(0, |bits, (i, _)| bits | 1 << i)
}

impl Wanted {
    fn new(words: &[String]) -> Self {
        let all = words
            .iter()
            .take(32)
            .enumerate()
            .fold(0, |b, (i, _)| b | 1 << i);
        Self {
            all,
            adjectives: ADJECTIVES.map(|text| bits(words, text)),
            usages: USES.map(|text| bits(words, text)),
            own: CATEGORIES
                .iter()
                .map(|c| {
                    (
                        c.nouns.map(|text| bits(words, text)),
                        c.materials.map(|text| bits(words, text)),
                    )
                })
                .collect(),
        }
    }

    /// Whether any product of the category can satisfy all words.
    fn possible(&self, category: usize) -> bool {
        let any = |list: &[u32]| list.iter().fold(0, |a, b| a | b);
        let (nouns, materials) = &self.own[category];
        any(nouns) | any(materials) | any(&self.adjectives) | any(&self.usages) == self.all
    }

    fn holds(&self, seed: u64, index: u64, category: usize) -> bool {
        if self.all == 0 {
            return true;
        }
        let words = title_words(seed, index);
        let (nouns, materials) = &self.own[category];
        self.adjectives[words.adjective]
            | self.usages[words.usage]
            | nouns[words.noun]
            | materials[words.material]
            == self.all
    }
}

fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            // "jars" finds a jar
            if word.len() > 3 {
                word.trim_end_matches('s').to_owned()
            } else {
                word.to_owned()
            }
        })
        .collect()
}

fn within<T: Ord>(value: &T, range: &(Option<T>, Option<T>)) -> bool {
    range.0.as_ref().is_none_or(|low| value >= low)
        && range.1.as_ref().is_none_or(|high| value <= high)
}

fn holds(query: &Query, product: &Product<'_>) -> bool {
    if query.price != (None, None) && !within(&product.price_range().0, &query.price) {
        return false;
    }
    if query.created != (None, None) && !within(&product.created_ms(), &query.created) {
        return false;
    }
    if let Some(country) = &query.country {
        let area = AREAS
            .iter()
            .position(|a| a.country.eq_ignore_ascii_case(country));
        if !area.is_some_and(|area| product.kept_in(area)) {
            return false;
        }
    }
    if query.stock != (None, None) && !within(&product.total_stock().0, &query.stock) {
        return false;
    }
    match query.verified {
        Some(1) => product.total_stock().1 > 0,
        Some(2) => product.total_stock().1 == 0,
        _ => true,
    }
}

/// Every match, in the catalogue's order, made as it is read.
pub(crate) fn matches<'a>(
    catalog: &'a Catalog,
    query: &'a Query,
) -> Box<dyn Iterator<Item = u64> + Send + 'a> {
    if let Some((index, _)) = catalog.ids.find_sku(query.words.trim()) {
        return Box::new(std::iter::once(index).filter(|&i| holds(query, &catalog.product(i))));
    }
    let wanted = Wanted::new(&words_of(&query.words));
    let asked = |category: &usize| {
        query
            .categories
            .as_ref()
            .is_none_or(|list| list.contains(category))
    };
    let categories: Vec<usize> = (0..CATEGORIES.len())
        .filter(asked)
        .filter(|&category| wanted.possible(category))
        .collect();
    let plain = Query {
        words: query.words.clone(),
        categories: query.categories.clone(),
        order: query.order,
        ascending: query.ascending,
        ..Query::default()
    } == *query;
    let candidates: Box<dyn Iterator<Item = u64> + Send> = if categories.len() == CATEGORIES.len() {
        Box::new(0..catalog.count())
    } else {
        // One category after another: each is an arithmetic progression.
        Box::new(
            categories
                .into_iter()
                .flat_map(|category| catalog.in_category(category)),
        )
    };
    Box::new(candidates.filter(move |&index| {
        wanted.holds(catalog.seed, index, catalog.category_of(index))
            && (plain || holds(query, &catalog.product(index)))
            && !catalog.is_withdrawn(index)
    }))
}

/// The first [`CAP`] matches in the order asked for.
pub(super) fn run(catalog: &Catalog, query: &Query) -> Found {
    let found = matches(catalog, query);
    if query.order == Order::BestMatch {
        return Found {
            rows: found.take(CAP).collect(),
        };
    }
    let mut keyed: Vec<(i64, u64)> = found
        .map(|index| {
            let product = catalog.product(index);
            let key = match query.order {
                Order::BestMatch => 0,
                Order::Listed => product.listed() as i64,
                Order::Price => product.price_range().0,
                Order::Created => product.created_ms(),
                Order::Stock => product.total_stock().0 as i64,
            };
            (if query.ascending { key } else { -key }, index)
        })
        .collect();
    if keyed.len() > CAP {
        keyed.select_nth_unstable(CAP);
        keyed.truncate(CAP);
    }
    keyed.sort_unstable();
    Found {
        rows: keyed.into_iter().map(|(_, index)| index).collect(),
    }
}
