//! Parts of CJ's catalogue, and how one that is too long is cut in two: by price first, then by listing time. Pure.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Where cutting by price begins; as the upper end of a slice it means "or dearer".
pub(crate) const DEAREST: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 2);
/// A cent: where cutting by price ends.
const CENT: Decimal = Decimal::from_parts(1, 0, 0, false, 2);
/// Before CJ listed its first product, in seconds since 1970; where cutting by time begins.
const FIRST_LISTING: i64 = 1_388_534_400;
/// As the end of a slice by time: what will be listed later belongs to it, too.
pub(crate) const OPEN: i64 = i64::MAX;

/// A part of CJ's catalogue small enough to be read page by page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub(crate) struct Slice {
    pub words: Option<String>,
    pub category: Option<String>,
    pub price: Option<(Decimal, Decimal)>,
    /// Seconds since 1970; the end may be [`OPEN`].
    pub listed: Option<(i64, i64)>,
}

impl Slice {
    /// Cuts it in two that meet: what lies on the border is read twice rather than not at all.
    pub(crate) fn cut(&self, now: Timestamp) -> Option<(Self, Self)> {
        let (low, high) = self.price.unwrap_or((Decimal::ZERO, DEAREST));
        if high - low > CENT {
            // Most products are cheap: the geometric middle halves the rows better than the arithmetic one.
            let middle = geometric_middle(low, high);
            let part = |price| Self {
                price: Some(price),
                ..self.clone()
            };
            return Some((part((low, middle)), part((middle, high))));
        }
        let (from, to) = self.listed.unwrap_or((FIRST_LISTING, OPEN));
        let until = to.min(now.as_second());
        if until - from > 1 {
            let middle = from + (until - from) / 2;
            let part = |listed| Self {
                listed: Some(listed),
                ..self.clone()
            };
            return Some((part((from, middle)), part((middle, to))));
        }
        None
    }
}

/// Between the two, on the cent, never one of them.
fn geometric_middle(low: Decimal, high: Decimal) -> Decimal {
    // Halving the exponent by repeated doubling keeps to decimals: no floating point near money.
    let mut middle = low.max(CENT);
    while middle * middle < low.max(CENT) * high {
        middle *= Decimal::TWO;
    }
    middle = (middle / Decimal::TWO).round_dp(2);
    if middle <= low || middle >= high {
        ((low + high) / Decimal::TWO)
            .round_dp(2)
            .max(low + CENT)
            .min(high)
    } else {
        middle
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    #[test]
    fn products_of_one_price_are_told_apart_by_their_listing_time() {
        let at = (Decimal::new(199, 2), Decimal::new(200, 2));
        let slice = Slice {
            price: Some(at),
            ..Slice::default()
        };
        let (first, second) = slice.cut("2026-11-22T00:00:00Z".parse().unwrap()).unwrap();
        assert_eq!((first.price, second.price), (Some(at), Some(at)));
        assert_eq!(first.listed.unwrap().1, second.listed.unwrap().0);
        assert_eq!(
            second.listed.unwrap().1,
            OPEN,
            "what is listed tomorrow belongs to the last part"
        );
        let single = Slice {
            price: Some(at),
            listed: Some((5, 6)),
            ..Slice::default()
        };
        assert!(single.cut(Timestamp::UNIX_EPOCH).is_none());
    }

    #[test]
    fn the_middle_of_two_prices_lies_between_them() {
        for (low, high) in [
            ("0", "100000"),
            ("0.01", "0.03"),
            ("1", "1.02"),
            ("0", "0.02"),
            ("99999.98", "100000"),
            ("3", "7"),
        ] {
            let (low, high): (Decimal, Decimal) = (low.parse().unwrap(), high.parse().unwrap());
            let middle = geometric_middle(low, high);
            assert!(middle > low && middle < high, "{low} {middle} {high}");
        }
    }
}
