//! Files for a shop beside a bare loop through the `csv` crate, in pairs, and that memory does not grow with the catalogue.

use smartlinks_testbed::Shelf;

use crate::child::ask;
use crate::numbers::{a_second, median, mib, rate, ratio};
use crate::roles::export::Written;
use crate::table::{Line, Target};
use crate::{Outcome, Plan, stage};

/// When the products were last seen, milliseconds since 1970; any time does.
const SEEN: i64 = 1_700_000_000_000;
/// Rows a second that are enough whatever a bare loop does.
const ENOUGH: f64 = 200_000.0;
/// How much of a bare loop is enough.
const SHARE: f64 = 0.7;
/// What an export may take, MiB.
const MOST: f64 = 100.0;

pub fn run(plan: &Plan) -> Outcome<Vec<Line>> {
    let shelf = stage::block_on(shelf(plan.rows))?;
    let folder = shelf.folder.path().to_string_lossy().into_owned();
    let mut lines = Vec::new();
    for format in ["generic", "shopify", "woocommerce"] {
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        let mut rows = 0;
        for pair in 0..plan.runs {
            for ours_now in [pair.is_multiple_of(2), !pair.is_multiple_of(2)] {
                let written: Written = if ours_now {
                    ask("export", &[&folder, format])?
                } else {
                    ask("csv", &[&folder])?
                };
                let speed = a_second(written.rows, written.took);
                let who = if ours_now { format } else { "bare" };
                eprintln!(
                    "   {who:<11} {:>16}, {:.2} s of processors",
                    rate(speed),
                    written.cpu.unwrap_or_default()
                );
                if ours_now {
                    rows = written.rows;
                    ours.push(speed);
                } else {
                    bare.push(speed);
                }
            }
        }
        let (middle, figure) = ratio(&ours, &bare);
        lines.push(Line {
            section: "export",
            what: format!("{format}, {rows} rows"),
            ours: rate(median(&ours)),
            beside: format!("bare csv loop {}", rate(median(&bare))),
            figure,
            target: Target {
                wanted: format!("≥ {ENOUGH} rows/s or ≥ {SHARE}"),
                met: Some(median(&ours) >= ENOUGH || middle >= SHARE),
            },
        });
    }
    for products in [1_000, plan.rows.saturating_mul(5)] {
        lines.push(memory(products)?);
    }
    Ok(lines)
}

fn memory(products: u64) -> Outcome<Line> {
    let shelf = stage::block_on(shelf(products))?;
    let folder = shelf.folder.path().to_string_lossy().into_owned();
    let written: Written = ask("export", &[&folder, "shopify"])?;
    let Some(peak) = written.peak_kib.map(mib) else {
        return Ok(Line::skipped(
            "export",
            "this system does not tell a process's peak memory",
        ));
    };
    Ok(Line {
        section: "export",
        what: format!("shopify, {products} products, memory"),
        ours: rate(a_second(written.rows, written.took)),
        beside: String::new(),
        figure: format!("{peak:.0} MiB"),
        target: Target::most(peak, MOST, " MiB"),
    })
}

async fn shelf(products: u64) -> Outcome<Shelf> {
    Ok(Shelf::with(u32::try_from(products)?, SEEN).await)
}
