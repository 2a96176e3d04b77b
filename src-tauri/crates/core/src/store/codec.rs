//! How our values look in SQLite: times as milliseconds, money as ten-thousandths, small enums as their wire name.
//! Not for shapes of tables.

use jiff::Timestamp;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Code, Error, Result};

/// Decimal places kept of a price. Suppliers send two to four.
const PLACES: u32 = 4;

/// Milliseconds since 1970.
pub fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// The time of `ms`, or the epoch if a foreign hand wrote something impossible.
pub fn time(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A price in ten-thousandths; null when it is too large to be a price.
pub fn cents(price: Decimal) -> Option<i64> {
    price
        .round_dp(PLACES)
        .checked_mul(Decimal::from(10_i64.pow(PLACES)))?
        .to_i64()
}

/// The price of ten-thousandths, without needless zeros but with at least two places: `2.10`.
pub fn price(units: i64) -> Decimal {
    // Whole cents, as nearly all prices are, need no search for zeros.
    if units % 100 == 0 {
        return Decimal::new(units / 100, 2);
    }
    let mut value = Decimal::new(units, PLACES).normalize();
    if value.scale() < 2 {
        value.rescale(2);
    }
    value
}

/// The wire name of a unit variant: `delisted`.
pub fn name<T: Serialize>(value: &T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        other => Err(Error::new(
            Code::Unexpected,
            format!("no plain name: {other:?}"),
        )),
    }
}

/// The variant of a wire name.
pub fn named<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|_| {
        Error::new(
            Code::DatabaseCorrupt,
            format!("the database holds an unknown word: {text:?}"),
        )
    })
}

/// A value as JSON text.
pub fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|error| Error::new(Code::Unexpected, format!("not storable: {error}")))
}

/// The value of JSON text.
pub fn unjson<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        Error::new(
            Code::DatabaseCorrupt,
            format!("the database holds unreadable text: {error}"),
        )
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    #[test]
    fn a_price_survives_the_database_to_the_last_digit() {
        for text in ["0.00", "2.10", "0.0001", "19.99", "1234567.8901"] {
            let decimal: Decimal = text.parse().unwrap();
            assert_eq!(price(cents(decimal).unwrap()).to_string(), text);
        }
        assert_eq!(price(30_000).to_string(), "3.00");
    }
}
