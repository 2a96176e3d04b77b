//! The three-level category tree: which products belong where, and the ids. A product's category follows from its position by a
//! remainder, so a category's products are listed without looking at the others.

use super::{Catalog, salt};
use crate::random::{draw, parse_uuid, uuid};
use crate::words::CATEGORIES;

/// How many level-3 categories there are.
pub(crate) const COUNT: u64 = CATEGORIES.len() as u64;

/// A level of the tree. Level 1 and 2 are named by the first category under them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    First,
    Second,
    Third,
}

impl Catalog {
    /// The category of the product at `index`.
    pub(crate) fn category_of(&self, index: u64) -> usize {
        ((index + self.seed % COUNT) % COUNT) as usize
    }

    /// The positions of a category's products.
    pub(crate) fn in_category(&self, category: usize) -> impl Iterator<Item = u64> + use<> {
        let first = (category as u64 + COUNT - self.seed % COUNT) % COUNT;
        (first..self.count()).step_by(CATEGORIES.len())
    }

    /// The ids of a category: level 1, 2 and 3.
    pub(crate) fn category_ids(&self, category: usize) -> &[String; 3] {
        &self.category_ids[category]
    }

    /// The UUID of the category at a level, the same for all categories that share it.
    pub(crate) fn category_id(&self, level: Level, category: usize) -> &str {
        &self.category_ids[category][level as usize]
    }

    /// The level-3 categories an id of that level stands for; empty for an unknown id.
    pub(crate) fn categories_of_id(&self, level: Level, id: &str) -> Vec<usize> {
        let Some(wanted) = parse_uuid(id) else {
            return Vec::new();
        };
        (0..CATEGORIES.len())
            .filter(|&c| parse_uuid(self.category_id(level, c)) == Some(wanted))
            .collect()
    }
}

/// The ids of all categories under a seed, worked out once.
pub(super) fn make_ids(seed: u64) -> Vec<[String; 3]> {
    let levels = [Level::First, Level::Second, Level::Third];
    (0..CATEGORIES.len())
        .map(|category| levels.map(|level| make_id(seed, level, category)))
        .collect()
}

fn make_id(seed: u64, level: Level, category: usize) -> String {
    let own = &CATEGORIES[category];
    let head = CATEGORIES
        .iter()
        .position(|c| match level {
            Level::First => c.first == own.first,
            Level::Second => c.first == own.first && c.second == own.second,
            Level::Third => c.third == own.third,
        })
        .unwrap_or(category) as u64;
    let n = head * 4
        + match level {
            Level::First => 1,
            Level::Second => 2,
            Level::Third => 3,
        };
    uuid(
        draw(seed, salt::CATEGORY, n),
        draw(seed, salt::CATEGORY, n + 1_000),
    )
}

/// AliExpress names categories by number.
pub(crate) fn number_of(category: usize) -> u64 {
    100_003_000 + category as u64 * 7
}

/// The category of such a number.
pub(crate) fn from_number(number: u64) -> Option<usize> {
    let n = number.checked_sub(100_003_000)?;
    (n % 7 == 0 && n / 7 < COUNT).then_some((n / 7) as usize)
}
