//! CJ's dates: ISO with an offset, `yyyy-MM-dd HH:mm:ss` without a zone, epoch milliseconds. No clock is read here.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::number;

/// An instant, from any form CJ uses; `None` for what is no date. A date without a zone is UTC, as CJ says of order dates.
pub(crate) fn instant(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => parse(text.trim()),
        Value::Number(_) => number::integer(value).and_then(epoch),
        _ => None,
    }
}

fn parse(text: &str) -> Option<Timestamp> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().and_then(epoch);
    }
    // With an offset or a letter at the end it was meant to be an instant; its clock time alone would be hours off.
    let civil = match text.len() {
        0..=10 => text.parse::<Date>().ok().map(|date| date.at(0, 0, 0, 0)),
        _ => text
            .get(10..)
            .filter(|time| !time.contains(['+', '-', '[']))
            .and_then(|_| text.parse::<DateTime>().ok()),
    };
    civil?
        .to_zoned(TimeZone::UTC)
        .ok()
        .map(|zoned| zoned.timestamp())
}

/// Milliseconds as documented; ten digits can only be seconds. Smaller numbers are no dates.
fn epoch(number: i64) -> Option<Timestamp> {
    match number {
        100_000_000_000.. => Timestamp::from_millisecond(number).ok(),
        1_000_000_000.. => Timestamp::from_second(number).ok(),
        _ => None,
    }
}

/// A date for the filters of the legacy list: `yyyy-MM-dd HH:mm:ss`. Its zone is not documented; UTC, as for orders.
pub(crate) fn written(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A header's number of seconds, or an HTTP date against the answer's own `Date`, so that no clock of ours is needed.
pub(crate) fn retry_after(header: &str, date: Option<&str>) -> Option<std::time::Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse::<u32>() {
        return Some(std::time::Duration::from_secs(u64::from(seconds)));
    }
    let read = |text: &str| {
        jiff::fmt::rfc2822::parse(text)
            .ok()
            .map(|zoned| zoned.timestamp())
    };
    let wait = read(header)?.duration_since(read(date?)?);
    if wait < SignedDuration::ZERO {
        Some(std::time::Duration::ZERO)
    } else {
        wait.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn every_date_form_of_cj_becomes_the_same_instant() {
        let expected: Timestamp = "2026-03-01T02:20:30Z".parse().unwrap();
        for value in [
            json!("2026-03-01T10:20:30+08:00"),
            json!("2026-03-01T02:20:30.000+00:00"),
            json!("2026-03-01T02:20:30.000+0000"),
            json!("2026-03-01T02:20:30Z"),
            json!("2026-03-01 02:20:30"),
            json!("2026-03-01T02:20:30"),
            json!(expected.as_millisecond()),
            json!(expected.as_millisecond().to_string()),
            json!(expected.as_second()),
        ] {
            assert_eq!(instant(&value), Some(expected), "{value}");
        }
        assert_eq!(
            instant(&json!("2026-03-01")),
            "2026-03-01T00:00:00Z".parse().ok()
        );
        assert_eq!(written(expected), "2026-03-01 02:20:30");
    }

    #[test]
    fn what_is_no_date_is_none_and_not_1970() {
        for value in [
            json!(0),
            json!("0"),
            json!(""),
            json!(null),
            json!("soon"),
            json!(-5),
            json!([]),
        ] {
            assert_eq!(instant(&value), None, "{value}");
        }
    }

    #[test]
    fn retry_after_is_read_in_seconds_and_as_a_date() {
        let seconds = |header, date| retry_after(header, date).map(|wait| wait.as_secs());
        let now = Some("Sun, 01 Mar 2026 10:00:00 GMT");
        assert_eq!(seconds("7", None), Some(7));
        assert_eq!(seconds("Sun, 01 Mar 2026 10:00:30 GMT", now), Some(30));
        assert_eq!(seconds("Sun, 01 Mar 2026 09:00:30 GMT", now), Some(0));
        assert_eq!(seconds("Sun, 01 Mar 2026 10:00:30 GMT", None), None);
        assert_eq!(seconds("soon", now), None);
    }

    proptest! {
        #[test]
        fn no_text_or_number_makes_the_date_reader_panic(text in any::<String>(), number in any::<i64>()) {
            let _ = (instant(&json!(text)), instant(&json!(number)), retry_after(&text, Some(&text)));
        }
    }
}
