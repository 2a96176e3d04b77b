//! One product, worked out from its position: words, price, variants, stock, dates. Numbers are drawn when asked for, so a search that
//! needs the price alone pays for the price alone.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::ids::Id;
use super::warehouse::{AREAS, Holding, share};
use super::{Catalog, Change, salt};
use crate::random::draw;
use crate::words::{ADJECTIVES, CATEGORIES, CHINESE, CategoryWords, USES};

/// The earliest and the latest date of a listing: 2021 and the first day of 2026.
const FIRST_LISTING_MS: i64 = 1_609_459_200_000;
const LAST_LISTING_MS: i64 = 1_767_225_600_000;

/// Which words a title is made of, as positions in the word lists.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TitleWords {
    pub(crate) adjective: usize,
    pub(crate) material: usize,
    pub(crate) noun: usize,
    pub(crate) usage: usize,
}

/// The words of the product at `index`. A search calls this for every candidate, hence numbers and no text.
pub(crate) fn title_words(seed: u64, index: u64) -> TitleWords {
    let d = draw(seed, salt::WORDS, index);
    TitleWords {
        adjective: (d & 31) as usize,
        material: (d >> 8) as usize % 3,
        noun: (d >> 16 & 3) as usize,
        usage: (d >> 24 & 15) as usize,
    }
}

/// A product as it is now.
pub(crate) struct Product<'a> {
    catalog: &'a Catalog,
    pub(crate) index: u64,
    pub(crate) category: usize,
    change: Option<Arc<Change>>,
}

impl<'a> Product<'a> {
    pub(super) fn new(catalog: &'a Catalog, index: u64, change: Option<Arc<Change>>) -> Self {
        Self {
            catalog,
            index,
            category: catalog.category_of(index),
            change,
        }
    }

    /// A number of this product, for whatever else is made up about it.
    pub(crate) fn draw(&self, salt: u64) -> u64 {
        draw(self.catalog.seed, salt, self.index)
    }

    pub(crate) fn words(&self) -> &'static CategoryWords {
        &CATEGORIES[self.category]
    }

    pub(crate) fn id(&self) -> Id {
        self.catalog.ids.product(self.index)
    }

    pub(crate) fn variant_id(&self, variant: u64) -> Id {
        self.catalog.ids.variant(self.index, variant)
    }

    pub(crate) fn sku(&self) -> String {
        self.catalog.ids.sku(self.index, self.category)
    }

    pub(crate) fn variant_sku(&self, variant: u64) -> String {
        self.catalog
            .ids
            .variant_sku(self.index, self.category, variant)
    }

    pub(crate) fn title(&self) -> String {
        let words = title_words(self.catalog.seed, self.index);
        let own = self.words();
        let mut title = String::with_capacity(64);
        for part in [
            ADJECTIVES[words.adjective],
            own.materials[words.material],
            own.nouns[words.noun],
            USES[words.usage],
        ] {
            if !title.is_empty() && !part.is_empty() {
                title.push(' ');
            }
            title.push_str(part);
        }
        title
    }

    /// The Chinese names, as many as CJ gives: one or two.
    pub(crate) fn chinese(&self) -> Vec<String> {
        let own = self.words().chinese;
        let extra = CHINESE[self.draw(salt::WORDS) as usize % CHINESE.len()];
        vec![own.to_owned(), format!("{extra}{own}")]
    }

    /// About three products in a hundred are off the shelf.
    pub(crate) fn on_sale(&self) -> bool {
        match self.change.as_ref().and_then(|c| c.off) {
            Some(off) => !off,
            None => !self.draw(salt::OFF).is_multiple_of(32),
        }
    }

    /// One to twelve, and none at all for one product in about a hundred.
    pub(crate) fn variants(&self) -> u64 {
        let d = self.draw(salt::VARIANTS);
        if d.is_multiple_of(96) {
            return 0;
        }
        // Half of the products have one or two, few have twelve.
        let spread = (d >> 8) % 12 + 1;
        if (d >> 16).is_multiple_of(2) {
            spread.min(2)
        } else {
            spread
        }
    }

    fn base_cents(&self) -> i64 {
        let x = (self.draw(salt::PRICE) % 1_000) as i64;
        90 + x * x * 6 / 1_000
    }

    /// What a variant costs, in US cents. The first is the cheapest and the last the dearest; a product without variants has the
    /// price of a first one.
    pub(crate) fn price_cents(&self, variant: u64) -> i64 {
        if let Some(change) = &self.change {
            let own = change.variants.get(&variant).and_then(|v| v.0);
            if let Some(price) = own.or(change.price) {
                return price;
            }
        }
        let d = self.draw(salt::PRICE) >> 20;
        let base = self.base_cents();
        let last = self.variants().saturating_sub(1) as i64;
        if last == 0 || d % 5 < 2 {
            return base;
        }
        let spread = base * (5 + (d >> 8) as i64 % 115) / 100;
        base + spread * variant as i64 / last
    }

    /// The cheapest and the dearest variant, in cents.
    pub(crate) fn price_range(&self) -> (i64, i64) {
        let last = self.variants().saturating_sub(1);
        if self.change.is_none() {
            return (self.price_cents(0), self.price_cents(last));
        }
        let prices = || (0..=last).map(|v| self.price_cents(v));
        (
            prices().min().unwrap_or_default(),
            prices().max().unwrap_or_default(),
        )
    }

    /// The names of the option axes and this variant's value on each: `[("Color", "Off-White"), ("Size", "XL")]`.
    pub(crate) fn options(&self, variant: u64) -> Vec<(&'static str, &'static str)> {
        let axes = self.words().axes;
        let count = self.variants().max(1);
        let width = if axes.len() == 1 {
            count
        } else {
            count.isqrt() + u64::from(count.isqrt().pow(2) < count)
        };
        let places = [variant % width, variant / width];
        let shift = self.draw(salt::LOOKS);
        axes.iter()
            .zip(places)
            .map(|(axis, place)| {
                // Colours start anywhere; sizes only where they still read as a row.
                let start = if axis.name == "Color" {
                    shift % 12
                } else {
                    shift % 2 * 6
                };
                (axis.name, axis.values[((place + start) % 12) as usize])
            })
            .collect()
    }

    /// `Off-White-XL`, as CJ joins them.
    pub(crate) fn variant_key(&self, variant: u64) -> String {
        let values: Vec<_> = self.options(variant).into_iter().map(|(_, v)| v).collect();
        values.join("-")
    }

    /// Whether the product is kept in the area at all.
    pub(crate) fn kept_in(&self, area: usize) -> bool {
        is_kept(self.draw(salt::WHERE), area)
    }

    /// Where a variant lies. An area the product is kept in is listed even when its shelf is empty.
    pub(crate) fn holdings(&self, variant: u64) -> impl Iterator<Item = Holding> + use<> {
        let set = self.change.as_ref().and_then(|c| {
            let own = c.variants.get(&variant).and_then(|v| v.1);
            own.or(c.stock)
        });
        let mut all: [Option<Holding>; AREAS.len()] = [None; AREAS.len()];
        let places = self.draw(salt::WHERE);
        for (i, area) in AREAS.iter().enumerate() {
            if !is_kept(places, i) {
                continue;
            }
            let d = draw(
                self.catalog.seed,
                salt::STOCK,
                (self.index * 16 + variant) * 8 + i as u64,
            );
            let (cj, factory) = if d.is_multiple_of(10) {
                (0, 0)
            } else if i == 0 {
                let cj = if (d >> 8).is_multiple_of(5) {
                    d % 400
                } else {
                    0
                };
                (cj, (d >> 16) % 3_000)
            } else {
                (d % 200, 0)
            };
            // Stock set by hand lies in China: as much of it in CJ's warehouse as was there, the rest at the factory.
            let (cj, factory) = match set {
                Some(pieces) if i == 0 => (cj.min(pieces), pieces - cj.min(pieces)),
                Some(_) => (0, 0),
                None => (cj, factory),
            };
            all[i] = Some(Holding { area, cj, factory });
        }
        all.into_iter().flatten()
    }

    /// All pieces of a variant, and those of them in CJ's warehouses.
    pub(crate) fn stock(&self, variant: u64) -> (u64, u64) {
        self.holdings(variant)
            .fold((0, 0), |(all, cj), h| (all + h.total(), cj + h.cj))
    }

    /// The same over all variants.
    pub(crate) fn total_stock(&self) -> (u64, u64) {
        (0..self.variants())
            .map(|v| self.stock(v))
            .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    /// When it was listed, milliseconds since 1970, whole seconds.
    pub(crate) fn created_ms(&self) -> i64 {
        let span = (LAST_LISTING_MS - FIRST_LISTING_MS) / 1_000;
        FIRST_LISTING_MS + (self.draw(salt::CREATED) % span as u64) as i64 * 1_000
    }

    /// In how many shops it is listed.
    pub(crate) fn listed(&self) -> u64 {
        let x = self.draw(salt::LOOKS) >> 8 & 0x3ff;
        x * x / 300
    }

    /// Grams, packed.
    pub(crate) fn grams(&self, variant: u64) -> u64 {
        40 + (self.draw(salt::LOOKS) >> 20) % 1_500 + variant * 5
    }

    /// Millimetres: length, width, height.
    pub(crate) fn size_mm(&self) -> [u64; 3] {
        let d = self.draw(salt::LOOKS) >> 32;
        [60 + d % 340, 50 + (d >> 8) % 250, 20 + (d >> 16) % 180]
    }

    /// The numbers of its pictures, as served under `/images/`.
    pub(crate) fn pictures(&self) -> std::ops::Range<u64> {
        let first = self.index * 8;
        first..first + 2 + self.draw(salt::LOOKS) % 4
    }

    /// The picture of a variant: one of the product's.
    pub(crate) fn variant_picture(&self, variant: u64) -> u64 {
        let all = self.pictures();
        all.start + variant % (all.end - all.start)
    }
}

const fn is_kept(places: u64, area: usize) -> bool {
    (places >> (area * 8)).is_multiple_of(share(area))
}

/// Cents as money.
pub(crate) fn decimal(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

/// `2.10`.
pub(crate) fn money(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
