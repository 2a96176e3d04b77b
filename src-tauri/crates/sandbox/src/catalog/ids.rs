//! Ids and SKUs, both ways: from a position to the id, and back without a table.
//!
//! CJ: UUIDs for old products, 19-digit numbers for new ones. AliExpress: 16-digit product ids, 17-digit SKU ids (beyond 2^53).

use serde::{Serialize, Serializer};

use super::{Shelf, salt};
use crate::random::{Shuffle, draw, parse_uuid, uuid};
use crate::words::CATEGORIES;

/// More than the most variants a product has; a variant's number is product × this + position.
pub(crate) const VARIANT_SLOTS: u64 = 16;

const PRODUCT_BASE: u64 = 1_980_000_000_000_000_000;
const VARIANT_BASE: u64 = 1_985_000_000_000_000_000;
const ALI_PRODUCT_BASE: u64 = 1_005_000_000_000_000;
const ALI_SKU_BASE: u64 = 12_000_000_000_000_000;
const SKU_BASE: u64 = 1_000_000;

/// An id as the supplier has it; `Display` gives the text form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Id {
    Uuid(String),
    Number(u64),
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Uuid(text) => f.write_str(text),
            Self::Number(n) => write!(f, "{n}"),
        }
    }
}

/// In quotes.
impl Serialize for Id {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Uuid(text) => to.serialize_str(text),
            Self::Number(n) => to.collect_str(n),
        }
    }
}

/// The same id where the supplier writes numbers without quotes: a reader that takes them as doubles loses the last digits.
pub(crate) struct Bare<'a>(pub(crate) &'a Id);

impl Serialize for Bare<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Id::Uuid(text) => to.serialize_str(text),
            Id::Number(n) => to.serialize_u64(*n),
        }
    }
}

/// The id scheme of one catalogue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ids {
    seed: u64,
    shelf: Shelf,
    count: u64,
    products: Shuffle,
    variants: Shuffle,
}

impl Ids {
    pub(crate) fn new(seed: u64, shelf: Shelf, count: u64) -> Self {
        let (product_bits, variant_bits) = match shelf {
            Shelf::Cj => (48, 48),
            Shelf::AliExpress => (38, 44),
        };
        Self {
            seed,
            shelf,
            count,
            products: Shuffle::new(seed, salt::ID, product_bits),
            variants: Shuffle::new(seed, salt::ID + 100, variant_bits),
        }
    }

    /// About a third of CJ's products have ids of the old form.
    fn is_old(&self, index: u64) -> bool {
        self.shelf == Shelf::Cj && draw(self.seed, salt::ID, index).is_multiple_of(3)
    }

    fn uuid_of(&self, hidden: u64, salt: u64, n: u64) -> (u64, u64) {
        let low = draw(self.seed, salt + 200, n);
        (hidden << 16 | low >> 3 & 0xffff, low)
    }

    pub(crate) fn product(&self, index: u64) -> Id {
        let hidden = self.products.hide(index);
        match self.shelf {
            Shelf::AliExpress => Id::Number(ALI_PRODUCT_BASE + hidden),
            Shelf::Cj if self.is_old(index) => {
                let (high, low) = self.uuid_of(hidden, salt::ID, index);
                Id::Uuid(uuid(high, low))
            }
            Shelf::Cj => Id::Number(PRODUCT_BASE + hidden),
        }
    }

    pub(crate) fn variant(&self, index: u64, variant: u64) -> Id {
        let n = index * VARIANT_SLOTS + variant;
        let hidden = self.variants.hide(n);
        match self.shelf {
            Shelf::AliExpress => Id::Number(ALI_SKU_BASE + hidden),
            Shelf::Cj if self.is_old(index) => {
                let (high, low) = self.uuid_of(hidden, salt::ID + 1, n);
                Id::Uuid(uuid(high, low))
            }
            Shelf::Cj => Id::Number(VARIANT_BASE + hidden),
        }
    }

    /// The position of a product id, none for an id this catalogue never gave.
    pub(crate) fn find_product(&self, id: &str) -> Option<u64> {
        let base = match self.shelf {
            Shelf::AliExpress => ALI_PRODUCT_BASE,
            Shelf::Cj => PRODUCT_BASE,
        };
        let hidden = match parse_uuid(id) {
            Some((high, _)) => high >> 16,
            None => id.parse::<u64>().ok()?.checked_sub(base)?,
        };
        let index = self.products.show(hidden)?;
        (index < self.count && self.product(index).to_string().eq_ignore_ascii_case(id))
            .then_some(index)
    }

    /// The product's position and the variant's place in it.
    pub(crate) fn find_variant(&self, id: &str) -> Option<(u64, u64)> {
        let base = match self.shelf {
            Shelf::AliExpress => ALI_SKU_BASE,
            Shelf::Cj => VARIANT_BASE,
        };
        let hidden = match parse_uuid(id) {
            Some((high, _)) => high >> 16,
            None => id.parse::<u64>().ok()?.checked_sub(base)?,
        };
        let n = self.variants.show(hidden)?;
        let (index, variant) = (n / VARIANT_SLOTS, n % VARIANT_SLOTS);
        (index < self.count
            && self
                .variant(index, variant)
                .to_string()
                .eq_ignore_ascii_case(id))
        .then_some((index, variant))
    }

    /// `CJKJ1001234`: the product's own SKU, called SPU in places.
    pub(crate) fn sku(&self, index: u64, category: usize) -> String {
        format!("CJ{}{:07}", CATEGORIES[category].code, SKU_BASE + index)
    }

    /// `CJKJ100123401AZ`.
    pub(crate) fn variant_sku(&self, index: u64, category: usize, variant: u64) -> String {
        let tail = draw(self.seed, salt::ID + 2, index * VARIANT_SLOTS + variant);
        let letter = |n: u64| char::from(b'A' + (n % 26) as u8);
        format!(
            "{}{:02}{}{}",
            self.sku(index, category),
            variant + 1,
            letter(tail),
            letter(tail >> 8)
        )
    }

    /// The position a SKU stands for, and the variant when it is a variant's.
    pub(crate) fn find_sku(&self, sku: &str) -> Option<(u64, Option<u64>)> {
        let rest = sku.get(4..)?;
        let digits = rest.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let (product, variant) = if digits.len() == rest.len() {
            (digits, None)
        } else {
            let (product, variant) = digits.split_at_checked(digits.len().checked_sub(2)?)?;
            (product, Some(variant.parse::<u64>().ok()?.checked_sub(1)?))
        };
        let index = product.parse::<u64>().ok()?.checked_sub(SKU_BASE)?;
        (index < self.count).then_some((index, variant))
    }
}
