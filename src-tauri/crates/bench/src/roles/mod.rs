//! What a child process does. Each role prints one JSON document and ends.

mod authorize;
pub mod bare;
pub mod export;
pub mod ours;
pub mod pace;
mod places;
pub mod publish;
pub mod search;
mod suppliers;

use crate::Outcome;

/// Plays the role named first, with the words behind it.
pub fn play(words: &[String]) -> Outcome<()> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["suppliers", products, qps, port] => {
            suppliers::serve(products.parse()?, qps.parse()?, port.parse()?)
        }
        ["sync", cj] => ours::sync(cj),
        ["bare", cj] => bare::sync(cj),
        ["pace", qps, late] => pace::keep(qps.parse()?, late.parse()?),
        ["fill", folder, cj] => search::fill(folder, cj),
        ["search", folder] => search::ask(folder),
        ["places", folder, places] => places::tell(folder, places),
        ["publish", folder, port] => publish::publish(folder, port.parse()?),
        ["copy", dumps, port] => publish::copy(dumps, port.parse()?),
        ["export", folder, format] => export::export(folder, format),
        ["csv", folder] => export::bare(folder),
        ["authorize", aliexpress] => authorize::authorize(aliexpress),
        other => Err(format!("no such role: {other:?}").into()),
    }
}
