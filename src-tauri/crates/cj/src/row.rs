//! One JSON object of an answer, read the way CJ writes: fields that move, lists that are null or JSON inside a string.
//!
//! A field of an unexpected type is as good as absent: one odd field must not cost the owner a whole page. What is required
//! (an id) is asked for by the caller, who then counts the row as unreadable.

use std::borrow::Cow;

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::price::PriceRange;
use crate::{number, time};

/// A borrowed object. Every reader takes the field's names in order of preference; the first readable one wins.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a>(&'a Map<String, Value>);

impl<'a> Row<'a> {
    /// The value as an object, if it is one.
    pub(crate) fn of(value: &'a Value) -> Option<Self> {
        value.as_object().map(Self)
    }

    /// The data of an answer that must be an object with something in it.
    pub(crate) fn required(data: &'a Value, what: &str) -> Result<Self> {
        match data {
            Value::Null => Err(Error::nothing(what)),
            Value::Array(list) if list.is_empty() => Err(Error::nothing(what)),
            Value::String(text) if text.trim().is_empty() => Err(Error::nothing(what)),
            Value::Object(map) if map.values().all(Value::is_null) => Err(Error::nothing(what)),
            Value::Object(map) => Ok(Self(map)),
            _ => Err(Error::unreadable(&format!("{what} is no object"))),
        }
    }

    fn first<T, const N: usize>(
        self,
        names: [&str; N],
        read: impl Fn(&'a Value) -> Option<T>,
    ) -> Option<T> {
        names
            .into_iter()
            .find_map(|name| self.0.get(name).and_then(&read))
    }

    /// The value itself, null counting as absent.
    pub(crate) fn value<const N: usize>(self, names: [&str; N]) -> Option<&'a Value> {
        self.first(names, |value| (!value.is_null()).then_some(value))
    }

    /// An id, or any short text: from a string or a whole number, trimmed, never empty.
    pub(crate) fn text<const N: usize>(self, names: [&str; N]) -> Option<String> {
        self.first(names, number::id)
    }

    /// A title: plain text, or the first of a list (CJ's `productName` is a JSON list in a string).
    pub(crate) fn title<const N: usize>(self, names: [&str; N]) -> Option<String> {
        self.first(names, |value| texts(value).into_iter().next())
    }

    /// Several texts: an array, a JSON array in a string, or one plain string.
    pub(crate) fn texts<const N: usize>(self, names: [&str; N]) -> Vec<String> {
        self.first(names, |value| {
            Some(texts(value)).filter(|list| !list.is_empty())
        })
        .unwrap_or_default()
    }

    /// An amount.
    pub(crate) fn decimal<const N: usize>(self, names: [&str; N]) -> Option<Decimal> {
        self.first(names, number::decimal)
    }

    /// A price or a range of prices.
    pub(crate) fn price<const N: usize>(self, names: [&str; N]) -> Option<PriceRange> {
        self.first(names, PriceRange::of)
    }

    /// A count, at least zero.
    pub(crate) fn count<const N: usize>(self, names: [&str; N]) -> Option<u64> {
        self.first(names, number::count)
    }

    /// A whole number.
    pub(crate) fn integer<const N: usize>(self, names: [&str; N]) -> Option<i64> {
        self.first(names, number::integer)
    }

    /// Yes or no.
    pub(crate) fn flag<const N: usize>(self, names: [&str; N]) -> Option<bool> {
        self.first(names, number::flag)
    }

    /// An instant.
    pub(crate) fn time<const N: usize>(self, names: [&str; N]) -> Option<Timestamp> {
        self.first(names, time::instant)
    }

    /// A list of rows; `None` when it is null, absent or no list, which is not the same as empty.
    pub(crate) fn list<const N: usize>(self, names: [&str; N]) -> Option<Cow<'a, [Value]>> {
        self.first(names, list)
    }
}

/// An array, or an array written into a string.
pub(crate) fn list(value: &Value) -> Option<Cow<'_, [Value]>> {
    match value {
        Value::Array(list) => Some(Cow::Borrowed(list)),
        Value::String(text) if text.trim_start().starts_with('[') => {
            serde_json::from_str(text).ok().map(Cow::Owned)
        }
        _ => None,
    }
}

/// The texts of a list in any of its forms, without the empty ones.
fn texts(value: &Value) -> Vec<String> {
    match list(value) {
        Some(list) => list.iter().filter_map(number::id).collect(),
        None => number::id(value).into_iter().collect(),
    }
}

/// Reads every object of a list; the second number counts those that could not be read.
pub(crate) fn read_all<T>(
    values: &[Value],
    read: impl Fn(Row<'_>) -> Option<T>,
) -> (Vec<T>, usize) {
    let items: Vec<T> = values
        .iter()
        .filter_map(|value| Row::of(value).and_then(&read))
        .collect();
    let unreadable = values.len() - items.len();
    (items, unreadable)
}

/// The rows of an answer whose data is a list; null is "nothing", and a list without one readable row is an error.
pub(crate) fn required_list<T>(
    data: &Value,
    what: &str,
    read: impl Fn(Row<'_>) -> Option<T>,
) -> Result<Vec<T>> {
    let rows = list(data).or_else(|| Row::of(data).and_then(|row| row.list(["list", "content"])));
    let Some(rows) = rows else {
        return Err(match data {
            Value::Null => Error::nothing(what),
            Value::Object(map) if map.values().all(Value::is_null) => Error::nothing(what),
            _ => Error::unreadable(&format!("{what} is no list")),
        });
    };
    let (items, unreadable) = read_all(&rows, read);
    if unreadable > 0 {
        tracing::warn!(what, unreadable, "rows of CJ's answer could not be read");
        if items.is_empty() {
            return Err(Error::unreadable(&format!(
                "none of the rows of {what} has an id"
            )));
        }
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn lists_come_as_null_as_array_and_as_json_in_a_string() {
        let body = json!({
            "none": null, "array": ["a", " ", "b"], "string": "[\"a\",\"b\"]", "plain": "a",
            "broken": "[Upgraded] Jar", "empty": [],
        });
        let row = Row::of(&body).unwrap();
        assert_eq!(row.texts(["none"]), Vec::<String>::new());
        assert_eq!(row.texts(["array"]), ["a", "b"]);
        assert_eq!(row.texts(["string"]), ["a", "b"]);
        assert_eq!(row.texts(["plain"]), ["a"]);
        assert_eq!(
            row.title(["none", "broken"]).as_deref(),
            Some("[Upgraded] Jar")
        );
        assert_eq!(row.texts(["empty", "array"]), ["a", "b"]);
        assert!(row.list(["none"]).is_none(), "null is not an empty list");
        assert_eq!(row.list(["empty"]).map(|list| list.len()), Some(0));
    }

    #[test]
    fn an_odd_field_costs_that_field_and_not_the_row() {
        let body = json!({"a": {"x": 1}, "b": "7", "c": [], "d": true});
        let row = Row::of(&body).unwrap();
        assert_eq!(row.text(["a", "b"]).as_deref(), Some("7"));
        assert_eq!(row.decimal(["c"]), None);
        assert_eq!(row.text(["d"]), None);
    }

    #[test]
    fn nothing_is_told_apart_from_nonsense() {
        for data in [
            json!(null),
            json!({}),
            json!([]),
            json!(""),
            json!({"pid": null}),
        ] {
            assert!(
                Row::required(&data, "product").is_err_and(|error| error.empty),
                "{data}"
            );
        }
        for data in [json!(true), json!("text"), json!([1]), json!(5)] {
            assert!(
                Row::required(&data, "product").is_err_and(|error| !error.empty),
                "{data}"
            );
        }
        let read = |row: Row<'_>| row.text(["id"]);
        assert!(required_list(&json!(null), "rows", read).is_err_and(|error| error.empty));
        assert!(required_list(&json!([{}]), "rows", read).is_err_and(|error| !error.empty));
        assert!(required_list(&json!(5), "rows", read).is_err_and(|error| !error.empty));
        assert_eq!(
            required_list(&json!([]), "rows", read).unwrap(),
            Vec::<String>::new()
        );
        assert_eq!(
            required_list(&json!({"list": [{"id": 1}, {}]}), "rows", read).unwrap(),
            ["1"]
        );
    }

    proptest! {
        #[test]
        fn no_string_in_place_of_a_list_makes_a_reader_panic(text in "\\[?.{0,40}\\]?") {
            let body = json!({"f": text});
            let row = Row::of(&body).unwrap();
            let _ = (row.texts(["f"]), row.title(["f"]), row.list(["f"]).map(|list| list.len()));
        }
    }
}
