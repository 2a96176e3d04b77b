//! CJ's odd numbers: ids that are numbers, numbers that are strings, flags that are bytes. Exact or nothing.
//!
//! Every function takes any JSON value and answers `None` rather than a wrong number. Ranges of prices are in `price`.

use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Number, Value};

/// An id as text, from a string or a number. CJ's newer ids have 19 digits, sent bare in places; a number that only fits a
/// float has lost digits already, so it is no id.
pub(crate) fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        }
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(whole), _) => Some(whole.to_string()),
            (None, Some(whole)) => Some(whole.to_string()),
            (None, None) => None,
        },
        _ => None,
    }
}

/// A decimal, from a number or from a string that holds nothing else (`"1,234.50"` and signs are read).
pub(crate) fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => of_number(number),
        Value::String(text) => of_text(text),
        _ => None,
    }
}

/// A JSON number goes through its shortest text, never through float arithmetic: 2.10 stays 2.1.
fn of_number(number: &Number) -> Option<Decimal> {
    if let Some(whole) = number.as_u64() {
        return Some(Decimal::from(whole));
    }
    if let Some(whole) = number.as_i64() {
        return Some(Decimal::from(whole));
    }
    let text = number.to_string();
    if text.contains(['e', 'E']) {
        return Decimal::from_scientific(&text)
            .ok()
            .filter(|read| same_size(*read, number));
    }
    Decimal::from_str_exact(&text).ok()
}

/// Guards against a decimal that fell out of range and became zero.
fn same_size(read: Decimal, number: &Number) -> bool {
    read.is_zero() == number.as_f64().is_some_and(|float| float == 0.0)
}

/// The text of a plain decimal: digits, at most one point, thousands commas only in groups of three.
pub(crate) fn of_text(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = match body.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (body, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let whole_digits = if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next()?;
        if !digits(first) || first.len() > 3 || !groups.all(|g| g.len() == 3 && digits(g)) {
            return None;
        }
        whole.replace(',', "")
    } else {
        whole.to_owned()
    };
    let plain = match fraction {
        Some(fraction) if digits(fraction) && (whole.is_empty() || digits(&whole_digits)) => {
            format!(
                "{}.{fraction}",
                if whole.is_empty() { "0" } else { &whole_digits }
            )
        }
        None if digits(&whole_digits) => whole_digits,
        _ => return None,
    };
    let read = Decimal::from_str_exact(&plain).ok()?;
    Some(if negative { -read } else { read })
}

/// A count of things: whole, and never below zero (CJ shows oversold stock as a negative number, which is nothing to sell).
pub(crate) fn count(value: &Value) -> Option<u64> {
    let read = decimal(value)?;
    if read.is_sign_negative() {
        return Some(0);
    }
    if read.fract().is_zero() {
        read.to_u64()
    } else {
        None
    }
}

/// A whole number with a sign, for codes and statuses.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => i64::from_str(text.trim()).ok(),
        _ => None,
    }
}

/// A yes or no: `true`, `1`, `"true"`, `"1"` and their opposites.
pub(crate) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_19_digit_id_sent_as_a_bare_number_keeps_every_digit() {
        let body: Value = serde_json::from_str(r#"{"commentId":2050000000000000123}"#).unwrap();
        assert_eq!(
            id(&body["commentId"]).as_deref(),
            Some("2050000000000000123")
        );
        assert_eq!(
            id(&json!(u64::MAX)).as_deref(),
            Some("18446744073709551615")
        );
        let rounded: Value = serde_json::from_str("20500000000000001230").unwrap();
        assert_eq!(
            id(&rounded),
            None,
            "past 64 bits the digits are lost, so there is no id"
        );
        assert_eq!(id(&json!(1.5)), None);
        assert_eq!(id(&json!("  ")), None);
        assert_eq!(id(&json!(" 0A1B-22 ")).as_deref(), Some("0A1B-22"));
    }

    #[test]
    fn money_is_read_to_the_cent_from_numbers_and_strings() {
        let table = [
            (json!(2.10), Some("2.1")),
            (json!("2.10"), Some("2.10")),
            (json!(0.1), Some("0.1")),
            (json!(9.51), Some("9.51")),
            (json!(1234567.89), Some("1234567.89")),
            (json!("1,234.50"), Some("1234.50")),
            (json!(".5"), Some("0.5")),
            (json!(-3), Some("-3")),
            (json!("-3.5"), Some("-3.5")),
            (json!("1,23.5"), None),
            (json!("1.2.3"), None),
            (json!("1e5"), None),
            (json!("12 "), Some("12")),
            (json!(""), None),
            (json!("."), None),
            (json!("5."), None),
            (json!(null), None),
            (json!([1]), None),
        ];
        for (value, expected) in table {
            assert_eq!(
                decimal(&value).map(|d| d.to_string()).as_deref(),
                expected,
                "{value}"
            );
        }
        assert_eq!(
            decimal(&json!(1e-7)).map(|d| d.to_string()).as_deref(),
            Some("0.0000001")
        );
        assert_eq!(decimal(&json!(1e300)), None);
        assert_eq!(
            decimal(&json!(1e-300)),
            None,
            "too small to be held is not zero"
        );
    }

    #[test]
    fn stock_counts_and_flags_are_read_in_every_form_cj_sends() {
        for value in [json!(12), json!("12"), json!(12.0), json!("12.00")] {
            assert_eq!(count(&value), Some(12), "{value}");
        }
        assert_eq!(count(&json!(-4)), Some(0));
        assert_eq!(count(&json!(1.5)), None);
        assert_eq!(count(&json!("many")), None);
        for (value, expected) in [
            (json!(true), Some(true)),
            (json!(0), Some(false)),
            (json!("1"), Some(true)),
            (json!("False"), Some(false)),
            (json!(2), None),
            (json!(null), None),
        ] {
            assert_eq!(flag(&value), expected, "{value}");
        }
        assert_eq!(integer(&json!("1600001")), Some(1_600_001));
    }

    proptest! {
        #[test]
        fn no_text_makes_a_reader_panic(text in any::<String>()) {
            let value = Value::String(text);
            let _ = (id(&value), decimal(&value), count(&value), integer(&value), flag(&value));
        }

        #[test]
        fn every_amount_of_cents_survives_as_text_and_as_number(cents in 0_i64..100_000_000_000) {
            let exact = Decimal::new(cents, 2);
            prop_assert_eq!(decimal(&Value::String(exact.to_string())), Some(exact));
            let body: Value = serde_json::from_str(&format!("[{exact}]")).unwrap();
            prop_assert_eq!(decimal(&body[0]), Some(exact));
        }

        #[test]
        fn every_64_bit_id_survives(number in any::<u64>()) {
            let body: Value = serde_json::from_str(&format!("[{number},\"{number}\"]")).unwrap();
            prop_assert_eq!(id(&body[0]), Some(number.to_string()));
            prop_assert_eq!(id(&body[1]), Some(number.to_string()));
        }

        #[test]
        fn no_number_makes_a_reader_panic(number in any::<f64>()) {
            let value = json!(number);
            let _ = (id(&value), decimal(&value), count(&value), integer(&value), flag(&value));
        }
    }
}
