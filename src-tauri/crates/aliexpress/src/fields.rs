//! Reading single fields leniently: the docs call everything a string, the gateway sends numbers and booleans too.
//!
//! Not for lists and wrappers (`envelope`). Nothing here fails: what cannot be read is `None`, and the caller decides
//! whether it can live without.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::envelope;

/// An object of an answer, or anything else that then has no fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'a>(pub &'a Value);

impl<'a> Fields<'a> {
    /// What lies under `key`; null if nothing does.
    pub fn get(self, key: &str) -> Self {
        Self(self.0.get(key).unwrap_or(&Value::Null))
    }

    /// The elements of the list under `key`.
    pub fn list(self, key: &str) -> impl Iterator<Item = Self> {
        envelope::list(self.get(key).0).into_iter().map(Fields)
    }

    /// A text, or the text of a number or boolean; `None` when missing or blank. Ids go through here: some are larger
    /// than what a float can hold exactly.
    pub fn text(self, key: &str) -> Option<String> {
        text(self.get(key).0)
    }

    /// An amount.
    pub fn decimal(self, key: &str) -> Option<Decimal> {
        decimal(self.get(key).0)
    }

    /// A whole number, also when written `"27"` or `27.0`.
    pub fn int(self, key: &str) -> Option<i64> {
        let number = self.decimal(key)?;
        if number.is_integer() {
            i64::try_from(number).ok()
        } else {
            None
        }
    }

    /// A boolean, also when written `"true"`, `1` or `"1"`.
    pub fn flag(self, key: &str) -> Option<bool> {
        match &*self.text(key)?.to_ascii_lowercase() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }

    /// An instant.
    pub fn time(self, key: &str) -> Option<Timestamp> {
        time(&self.text(key)?)
    }

    /// A web address, completed when it is written `//host/…` as the search does.
    pub fn link(self, key: &str) -> Option<String> {
        self.text(key).map(|link| complete_link(&link))
    }
}

/// Gives an address that begins with `//` its scheme.
pub(crate) fn complete_link(link: &str) -> String {
    if link.starts_with("//") {
        format!("https:{link}")
    } else {
        link.to_owned()
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim())
            .filter(|t| !t.is_empty())
            .map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A decimal from a number's own text or from a string; never by way of a float of ours.
pub(crate) fn decimal(value: &Value) -> Option<Decimal> {
    let text = text(value)?;
    // Wholesale prices were seen with literal quotes around them.
    let text = text.trim_matches(['"', '\'', ' ']);
    // `1,299.00` is clear. `1,299` is not (a thousand or one and a bit?), and a wrong price is worse than none.
    let text = match (text.rfind(','), text.find('.')) {
        (Some(comma), Some(point)) if comma < point => text.replace(',', ""),
        (Some(_), _) => return None,
        (None, _) => text.to_owned(),
    };
    text.parse()
        .or_else(|_| Decimal::from_scientific(&text))
        .ok()
}

/// An instant from epoch milliseconds, from RFC 3339, or from `2024-05-01 10:20:30` in AliExpress's own time.
fn time(text: &str) -> Option<Timestamp> {
    if let Ok(millis) = text.parse::<i64>() {
        // 0 stands for "not yet".
        return Some(millis)
            .filter(|m| *m > 0)
            .and_then(|m| Timestamp::from_millisecond(m).ok());
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    let civil = text.parse::<DateTime>().ok()?;
    Some(platform_time().to_zoned(civil).ok()?.timestamp())
}

/// AliExpress keeps its dates in US Pacific time (AliExpress docs on order queries). Spelled out as a rule so that it
/// works on machines without a time zone database.
fn platform_time() -> TimeZone {
    TimeZone::posix("PST8PDT,M3.2.0,M11.1.0").unwrap_or(TimeZone::UTC)
}

/// `at` plus a number of seconds, if that is still a date.
pub(crate) fn later(at: Timestamp, seconds: i64) -> Option<Timestamp> {
    at.checked_add(SignedDuration::from_secs(seconds)).ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_price_reads_to_the_cent_as_number_and_as_text() {
        for (value, expected) in [
            (json!("8.01"), Some("8.01")),
            (json!(8.01), Some("8.01")),
            (json!(0.1), Some("0.1")),
            (json!(22), Some("22")),
            (json!(" 1.99 "), Some("1.99")),
            (json!("\"3.50\""), Some("3.50")),
            (json!("1,299.00"), Some("1299.00")),
            (json!("1e2"), Some("100")),
            (json!("1,299"), None),
            (json!("1.299,00"), None),
            (json!(""), None),
            (json!("US $1.99"), None),
            (json!(null), None),
            (json!(true), None),
            (json!("99999999999999999999999999999999999"), None),
        ] {
            let expected = expected.map(|text| text.parse::<Decimal>().unwrap());
            assert_eq!(decimal(&value), expected, "{value}");
        }
    }

    #[test]
    fn a_long_id_keeps_every_digit_as_number_and_as_text() {
        let answer = json!({"a": 12000044126059467_u64, "b": "12000044126059467", "c": 1005008177221739_u64});
        assert_eq!(Fields(&answer).text("a").unwrap(), "12000044126059467");
        assert_eq!(Fields(&answer).text("b").unwrap(), "12000044126059467");
        assert_eq!(Fields(&answer).text("c").unwrap(), "1005008177221739");
    }

    #[test]
    fn whole_numbers_and_flags_are_read_in_every_spelling() {
        let answer = json!({"a": 27, "b": "27", "c": 27.0, "d": 2.5, "e": "5000+", "t": true, "u": "true", "v": 1, "w": "FALSE", "x": "maybe"});
        let fields = Fields(&answer);
        for key in ["a", "b", "c"] {
            assert_eq!(fields.int(key), Some(27), "{key}");
        }
        assert_eq!((fields.int("d"), fields.int("e")), (None, None));
        for key in ["t", "u", "v"] {
            assert_eq!(fields.flag(key), Some(true), "{key}");
        }
        assert_eq!(
            (fields.flag("w"), fields.flag("x"), fields.flag("none")),
            (Some(false), None, None)
        );
    }

    #[test]
    fn an_order_date_means_the_instant_the_supplier_means() {
        for (text, expected) in [
            ("1785500000000", Some("2026-07-31T12:13:20Z")),
            ("2026-01-15 10:00:00", Some("2026-01-15T18:00:00Z")),
            ("2026-07-15 10:00:00", Some("2026-07-15T17:00:00Z")),
            ("2026-07-15T10:00:00Z", Some("2026-07-15T10:00:00Z")),
            ("0", None),
            ("soon", None),
            ("99999999999999999", None),
        ] {
            let expected = expected.map(|text| text.parse::<Timestamp>().unwrap());
            assert_eq!(time(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_price_survives_both_spellings(cents in -1_000_000_000_i64..1_000_000_000) {
            let price = Decimal::new(cents, 2);
            prop_assert_eq!(decimal(&json!(price.to_string())), Some(price));
            let number: Value = serde_json::from_str(&price.to_string()).unwrap();
            prop_assert_eq!(decimal(&number), Some(price));
        }

        #[test]
        fn no_text_brings_a_reader_down(text in ".{0,40}") {
            let answer = json!({"x": text});
            let fields = Fields(&answer);
            let _ = (fields.text("x"), fields.decimal("x"), fields.int("x"), fields.flag("x"), fields.time("x"), fields.link("x"));
        }

        #[test]
        fn no_number_brings_a_reader_down(number in any::<f64>(), whole in any::<i64>()) {
            let answer = json!({"x": number, "y": whole});
            let fields = Fields(&answer);
            let _ = (fields.decimal("x"), fields.int("x"), fields.time("x"));
            prop_assert_eq!(fields.int("y"), Some(whole));
            let _ = (fields.time("y"), later(Timestamp::UNIX_EPOCH, whole));
        }
    }
}
