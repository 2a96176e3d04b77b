//! What an owner may paste into a request for help: how everything stands, in words of ours only.
//!
//! No name, no address, no key and nothing a supplier or an owner wrote: what could tell on somebody is left out, and what
//! looks like a secret all the same is hidden at the end.

use std::fmt::Write as _;

use jiff::Timestamp;

use crate::accounts;
use crate::catalog;
use crate::error::{ErrorView, Result};
use crate::shop::Shop;
use crate::sync;
use crate::views::{AccountStatus, Day, Scope, SyncReceipt};

/// Runs told.
const RUNS: u32 = 8;
/// Days told.
const DAYS: u32 = 7;
/// Letters and digits in a row from which on a word may be a key, a token or a code.
const LONG: usize = 20;
const HIDDEN: &str = "[hidden]";

/// What only the host knows.
#[derive(Debug, Clone, Copy)]
pub struct Host<'a> {
    /// `window 0.1.0` or `terminal 0.1.0`.
    pub version: &'a str,
    /// `linux x86_64`.
    pub system: &'a str,
    /// The end of the log, if there is one.
    pub log: &'a str,
}

/// The whole report, as text.
///
/// # Errors
/// Those of the database.
pub async fn diagnostics(shop: &Shop, host: Host<'_>) -> Result<String> {
    let status = accounts::status(shop).await?;
    let runs = sync::receipts(shop, RUNS).await?;
    let days = catalog::days(shop, DAYS).await?;
    let mut lines = vec![
        format!("SmartLinks {} on {}", host.version, host.system),
        format!("at {}", moment(Some(shop.now()))),
        format!(
            "keychain {:?}, practice {}",
            status.keychain, status.practice
        ),
        format!(
            "catalogue {} products, {} variants",
            status.catalog.products, status.catalog.variants
        ),
        "accounts".to_owned(),
    ];
    lines.extend(status.accounts.iter().map(account));
    lines.push("syncs".to_owned());
    lines.extend(runs.iter().map(run));
    lines.push("days".to_owned());
    lines.extend(days.iter().map(day));
    if !host.log.is_empty() {
        lines.push("log".to_owned());
        lines.extend(host.log.lines().map(|line| format!("  {line}")));
    }
    Ok(lines
        .iter()
        .map(|line| scrubbed(line))
        .collect::<Vec<_>>()
        .join("\n"))
}

fn moment(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "-".to_owned(), |at| format!("{at:.0}"))
}

fn account(status: &AccountStatus) -> String {
    let mut line = format!(
        "  {} {}: {:?}, access until {}, refresh until {}, renews {}, last success {}, kept {}",
        status.supplier,
        status.account,
        status.state,
        moment(status.access_expires_at),
        moment(status.refresh_expires_at),
        moment(status.renews_at),
        moment(status.last_success_at),
        status.kept,
    );
    if let Some(points) = status.points {
        // Writing into a String cannot fail.
        let _ = write!(line, ", points {} of {}", points.remaining, points.total);
    }
    line + &trouble(status.last_error.as_ref())
}

fn run(receipt: &SyncReceipt) -> String {
    let scope = match &receipt.scope {
        Scope::Search(_) => "search".to_owned(),
        scope => scope.to_string(),
    };
    format!(
        "  #{} {} {scope}{}: {:?}, {} to {}, calls {}, points {}, products {}, changes {}, failed {}{}",
        receipt.run,
        receipt.account,
        if receipt.details { " with details" } else { "" },
        receipt.state,
        moment(Some(receipt.started_at)),
        moment(receipt.finished_at),
        receipt.calls,
        receipt.points,
        receipt.rows,
        receipt.changed,
        receipt.failed,
        trouble(receipt.error.as_ref()),
    )
}

fn day(day: &Day) -> String {
    let date = moment(Some(day.at));
    format!(
        "  {}: products {}, came {}, dearer {}, cheaper {}, sold out {}, gone {}, points {}, calls {}",
        date.split('T').next().unwrap_or_default(),
        day.products,
        day.added,
        day.dearer,
        day.cheaper,
        day.sold_out,
        day.gone,
        day.points,
        day.calls,
    )
}

/// Codes and request ids only: a message may repeat what was sent.
fn trouble(error: Option<&ErrorView>) -> String {
    let Some(error) = error else {
        return String::new();
    };
    let said = error.supplier.as_ref();
    let part = |text: Option<&String>| text.map_or("-", String::as_str).to_owned();
    format!(
        ", error {:?} (supplier code {}, request {})",
        error.code,
        part(said.and_then(|said| said.code.as_ref())),
        part(said.and_then(|said| said.request_id.as_ref())),
    )
}

/// Hides every word that could be an address, a key or a token. Our own ids are short enough to stay.
fn scrubbed(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut word = String::new();
    for letter in line.chars().chain([' ']) {
        if letter.is_whitespace() || matches!(letter, ',' | '"' | '(' | ')' | '=' | '&' | '?') {
            text.push_str(if telling(&word) { HIDDEN } else { &word });
            word.clear();
            text.push(letter);
        } else {
            word.push(letter);
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn telling(word: &str) -> bool {
    let unbroken = word
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .any(|part| part.len() >= LONG && part.chars().any(|letter| letter.is_ascii_digit()));
    word.contains('@') || word.contains("://") || unbroken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_pasted_into_a_public_forum_gives_no_key_and_no_name_away() {
        for line in [
            "key CJ1234567@api@0123456789abcdef0123456789abcdef",
            "from owner@shop.example, twice",
            "session=50000012345abcdefghij0123456789",
            "GET https://api-sg.aliexpress.com/sync?code=3_500000_MadeUpCode123",
            "half 0123456789abcdef0123456789abcdef",
        ] {
            let told = scrubbed(line);
            for secret in ["0123456789", "owner@", "MadeUp", "abcdefghij"] {
                assert!(!told.contains(secret), "{told}");
            }
        }
        let fact = "  cj cj-3f9a1c2077: Connected, access until 2026-03-10T12:00:00Z, points 38400 of 50000, error Network (supplier code 1600101, request 4d1f09c2)";
        assert_eq!(scrubbed(fact), fact, "facts stay readable");
    }
}
