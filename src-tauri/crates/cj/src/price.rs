//! Prices as CJ writes them: `3.2`, `"3.2"`, `"2.10-4.85"`, `"8.13 -- 8.62"`. Not for currencies: CJ names those elsewhere.

use rust_decimal::Decimal;
use serde_json::Value;

use crate::number;

/// From the cheapest to the dearest variant; both ends are the same where CJ gives one price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceRange {
    /// The lower end.
    pub min: Decimal,
    /// The upper end.
    pub max: Decimal,
}

impl PriceRange {
    /// One price.
    #[must_use]
    pub fn single(price: Decimal) -> Self {
        Self {
            min: price,
            max: price,
        }
    }

    /// From any JSON value; `None` for what is no price, and for negative numbers.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Self::parse(text),
            Value::Number(_) => number::decimal(value)
                .filter(|price| !price.is_sign_negative())
                .map(Self::single),
            _ => None,
        }
    }

    /// From text: one price, or two with dashes between; a currency sign or `USD` beside a number is passed over.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        const DASHES: [char; 5] = ['-', '–', '—', '~', '～'];
        let text = text.trim();
        // A dash at an end is a minus sign or half a range: no price is better than a wrong one.
        if text.starts_with(DASHES) || text.ends_with(DASHES) {
            return None;
        }
        let mut ends = text
            .split(DASHES)
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let first = amount(ends.next()?)?;
        let Some(second) = ends.next() else {
            return Some(Self::single(first));
        };
        let second = amount(second)?;
        if ends.next().is_some() {
            return None;
        }
        Some(Self {
            min: first.min(second),
            max: first.max(second),
        })
    }
}

/// A number with an optional currency beside it.
fn amount(part: &str) -> Option<Decimal> {
    let bare = part.trim_matches(|c: char| matches!(c, '$' | '€' | '£') || c.is_whitespace());
    let bare = ["US$", "USD", "US"]
        .iter()
        .find_map(|sign| bare.strip_prefix(sign).or_else(|| bare.strip_suffix(sign)))
        .unwrap_or(bare);
    let bare = bare.trim_matches(|c: char| c == '$' || c.is_whitespace());
    if bare.starts_with(['-', '+']) {
        None
    } else {
        number::of_text(bare)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn every_form_of_price_seen_at_cj_is_read_to_the_cent() {
        let table = [
            (json!(3.2), Some(("3.2", "3.2"))),
            (json!(3), Some(("3", "3"))),
            (json!("3.2"), Some(("3.2", "3.2"))),
            (json!("2.10-4.85"), Some(("2.10", "4.85"))),
            (json!("8.13 -- 8.62"), Some(("8.13", "8.62"))),
            (json!("39.40 – 41.39"), Some(("39.40", "41.39"))),
            (json!("4.85-2.10"), Some(("2.10", "4.85"))),
            (json!("$2.10 - $1,204.85"), Some(("2.10", "1204.85"))),
            (json!("USD 3.2"), Some(("3.2", "3.2"))),
            (json!("3.2 USD"), Some(("3.2", "3.2"))),
            (json!("0"), Some(("0", "0"))),
            (json!(-1), None),
            (json!("-1"), None),
            (json!("2.10-"), None),
            (json!("1-2-3"), None),
            (json!("ask us"), None),
            (json!("1e5"), None),
            (json!(""), None),
            (json!(null), None),
            (json!({"price": 1}), None),
        ];
        for (value, expected) in table {
            let read = PriceRange::of(&value).map(|p| (p.min.to_string(), p.max.to_string()));
            let expected = expected.map(|(min, max)| (min.to_owned(), max.to_owned()));
            assert_eq!(read, expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_price_reader_panic(text in any::<String>()) {
            let _ = PriceRange::parse(&text);
        }

        #[test]
        fn a_range_keeps_both_ends_exactly_whatever_dash_stands_between(
            a in 0_i64..10_000_000, b in 0_i64..10_000_000, dash in "( ?-{1,2} ?)|( ?[–—~] ?)",
        ) {
            let (a, b) = (Decimal::new(a, 2), Decimal::new(b, 2));
            let read = PriceRange::parse(&format!("{a}{dash}{b}")).unwrap();
            prop_assert_eq!(read, PriceRange { min: a.min(b), max: a.max(b) });
        }
    }
}
