//! Peak memory of a process that syncs: it must not grow with the catalogue.

use crate::child::{Suppliers, ask};
use crate::numbers::{a_second, mib, rate};
use crate::roles::ours::Passes;
use crate::table::{Line, Target};
use crate::{Outcome, Plan};

/// What it may take, MiB.
const MOST: f64 = 150.0;
/// How many products.
const SIZES: [u64; 3] = [1_000, 100_000, 1_000_000];

pub fn run(_: &Plan) -> Outcome<Vec<Line>> {
    let mut lines = Vec::new();
    for size in SIZES {
        let suppliers = Suppliers::start(size, 0)?;
        let passes: Passes = ask("sync", &[&suppliers.cj])?;
        let Some(peak) = passes.peak_kib.map(mib) else {
            return Ok(vec![Line::skipped(
                "memory",
                "this system does not tell a process's peak memory",
            )]);
        };
        eprintln!("   {size:>9} {peak:.0} MiB");
        lines.push(Line {
            section: "memory",
            what: format!("{size} products, twice"),
            ours: format!(
                "{} then {}",
                rate(a_second(passes.rows, passes.first)),
                rate(a_second(passes.rows, passes.again))
            ),
            beside: String::new(),
            figure: format!("{peak:.0} MiB"),
            target: Target::most(peak, MOST, " MiB"),
        });
    }
    Ok(lines)
}
