//! Searching and listing a million products, taken in by a sync of everything.

use crate::child::{Suppliers, ask};
use crate::numbers::{grouped, median, share};
use crate::roles::search::{ALL, Asked, Filled};
use crate::table::{Line, Target};
use crate::{Outcome, Plan};

/// Products.
const MANY: u64 = 1_000_000;
/// Milliseconds.
const MOST: f64 = 10.0;

pub fn run(plan: &Plan) -> Outcome<Vec<Line>> {
    let thrown_away = tempfile::tempdir()?;
    let folder = plan.keep.as_deref().unwrap_or(thrown_away.path());
    let name = folder.to_str().ok_or("the folder's name is not text")?;
    if !folder.join("smartlinks.db").exists() {
        let suppliers = Suppliers::start(MANY, 0)?;
        let filled: Filled = ask("fill", &[name, &suppliers.cj])?;
        #[expect(clippy::cast_precision_loss, reason = "some millions")]
        let products = grouped(filled.products as f64);
        eprintln!("   filled with {products} products");
    }
    let asked: Vec<Asked> = ask("search", &[name])?;
    let lines = asked.into_iter().map(|asked| {
        let (middle, high) = (median(&asked.took), share(&asked.took, 0.95));
        // Only what an owner waits for at a million is bounded: the window's order grows with what is found.
        let target = if asked.kind.starts_with(ALL) {
            Target::none()
        } else {
            Target::most(high, MOST, " ms")
        };
        Line {
            section: "search",
            what: asked.kind,
            ours: format!("p50 {middle:.1} ms"),
            beside: String::new(),
            figure: format!("p95 {high:.1} ms"),
            target,
        }
    });
    Ok(lines.collect())
}
