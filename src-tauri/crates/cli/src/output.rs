//! Writing for people and for scripts: tables, times, money; one document on standard output.
//!
//! Whatever a supplier wrote is cleaned of control characters first: a product's title must not command the terminal.

use std::io::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;
use smartlinks_core::{Code, Error, Result};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr};

use crate::exit;

/// Titles longer than this are cut in tables.
const WIDEST: usize = 48;

/// What a command has to say at its end.
#[derive(Debug)]
pub(crate) struct Answer {
    /// For scripts; none when the command has said its document already.
    pub document: Option<Value>,
    /// For people.
    pub text: String,
    /// How it ended.
    pub status: u8,
}

impl Answer {
    /// A command that did what it was asked.
    ///
    /// # Errors
    /// `Unexpected` for a value that is no JSON, which would be a mistake of ours.
    pub(crate) fn new(document: &impl Serialize, text: impl Into<String>) -> Result<Self> {
        Ok(Self {
            document: Some(to_value(document)?),
            text: text.into(),
            status: exit::DONE,
        })
    }

    /// A command that has said everything while it ran.
    pub(crate) fn said() -> Self {
        Self {
            document: None,
            text: String::new(),
            status: exit::DONE,
        }
    }

    /// The same with another exit status.
    pub(crate) fn status(mut self, status: u8) -> Self {
        self.status = status;
        self
    }
}

/// A value as JSON.
///
/// # Errors
/// `Unexpected` for a value that is no JSON.
pub(crate) fn to_value(value: &impl Serialize) -> Result<Value> {
    serde_json::to_value(value)
        .map_err(|error| Error::new(Code::Unexpected, format!("not to be told as JSON: {error}")))
}

/// Writes a line to standard output. A reader that went away, as `head` does, is no failure.
///
/// # Errors
/// `Disk` when standard output is a file that takes no more.
pub(crate) fn say(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::new(Code::Disk, format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a line to standard error; nobody is left to be told if that does not work.
pub(crate) fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Text without characters that move the cursor, ring or colour.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// A time as an owner reads it, in the computer's own zone; `–` when there is none.
pub(crate) fn time(at: Option<Timestamp>) -> String {
    at.map_or_else(
        || "–".to_owned(),
        |at| {
            at.to_zoned(TimeZone::system())
                .strftime("%Y-%m-%d %H:%M")
                .to_string()
        },
    )
}

/// A value, or `–`.
pub(crate) fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| value.to_string())
}

/// `4.20 USD`, `4.20–9.90 USD`, `–`.
pub(crate) fn price<T: ToString>(
    low: Option<T>,
    high: Option<T>,
    currency: Option<&str>,
) -> String {
    let (low, high) = (
        low.map(|low| low.to_string()),
        high.map(|high| high.to_string()),
    );
    let amount = match (low, high) {
        (Some(low), Some(high)) if low != high => format!("{low}–{high}"),
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => return "–".to_owned(),
    };
    match currency {
        Some(currency) => format!("{amount} {currency}"),
        None => amount,
    }
}

/// Rows under headings, in columns; `empty` when there are none.
pub(crate) fn table<const N: usize>(
    headings: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
    empty: &str,
) -> String {
    let rows: Vec<[String; N]> = rows
        .into_iter()
        .map(|row| row.map(|cell| cut(&clean(&cell))))
        .collect();
    if rows.is_empty() {
        return empty.to_owned();
    }
    let mut widths = headings.map(UnicodeWidthStr::width);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let line = |cells: Vec<&str>| {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        line.trim_end().to_owned()
    };
    let mut lines = vec![line(headings.to_vec())];
    lines.extend(
        rows.iter()
            .map(|row| line(row.iter().map(String::as_str).collect())),
    );
    lines.join("\n")
}

/// A text that fits a column.
fn cut(text: &str) -> String {
    if text.width() <= WIDEST {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut width = 1;
    for letter in text.chars() {
        width += letter.width().unwrap_or(0);
        if width > WIDEST {
            break;
        }
        kept.push(letter);
    }
    kept.push('…');
    kept
}

/// The hint under a page that goes on.
pub(crate) fn more(next: Option<&str>) -> String {
    next.map_or_else(String::new, |next| format!("\n… more: --after {next}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_in_line_under_chinese_titles() {
        let table = table(
            ["ID", "Title", "Stock"],
            [
                ["1".into(), "手机壳".into(), "5".into()],
                ["22".into(), "Lamp\u{1b}[2J".into(), "700".into()],
            ],
            "none",
        );
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[0], "ID  Title     Stock");
        assert_eq!(lines[1], "1   手机壳    5");
        assert_eq!(lines[2], "22  Lamp [2J  700");
    }

    #[test]
    fn an_endless_title_does_not_push_the_price_out_of_sight() {
        assert_eq!(cut(&"x".repeat(100)).width(), WIDEST);
        assert_eq!(cut("short"), "short");
    }

    #[test]
    fn a_range_is_shown_only_when_there_is_one() {
        assert_eq!(price(Some("1.00"), Some("1.00"), Some("USD")), "1.00 USD");
        assert_eq!(price(Some("1.00"), Some("2.50"), None), "1.00–2.50");
        assert_eq!(price(None::<&str>, None::<&str>, Some("USD")), "–");
    }
}
