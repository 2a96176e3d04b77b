//! What a child process does. Each role prints one JSON document and ends.

mod authorize;
pub mod bare;
pub mod ours;
pub mod pace;
pub mod search;
mod suppliers;

use crate::Outcome;

/// Plays the role named first, with the words behind it.
pub fn play(words: &[String]) -> Outcome<()> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["suppliers", products, qps] => suppliers::serve(products.parse()?, qps.parse()?),
        ["sync", cj] => ours::sync(cj),
        ["bare", cj] => bare::sync(cj),
        ["pace", qps, late] => pace::keep(qps.parse()?, late.parse()?),
        ["fill", folder, cj] => search::fill(folder, cj),
        ["search", folder] => search::ask(folder),
        ["authorize", aliexpress] => authorize::authorize(aliexpress),
        other => Err(format!("no such role: {other:?}").into()),
    }
}
