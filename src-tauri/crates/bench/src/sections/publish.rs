//! The first publish into an empty database beside a bare `COPY` of the same rows into the same tables, in pairs; then what a
//! publish costs when little or nothing changed, and that memory does not grow with the catalogue.

use smartlinks_testbed::{Server, Shelf, installed};

use crate::child::ask;
use crate::numbers::{a_second, median, mib, rate, ratio};
use crate::roles::publish::{Moved, dump_all};
use crate::table::{Line, Target};
use crate::{Outcome, Plan, stage};

/// When the products were last seen, milliseconds since 1970; any time does.
const SEEN: i64 = 1_700_000_000_000;
/// What a publish may take, MiB.
const MOST: f64 = 150.0;

pub fn run(plan: &Plan) -> Outcome<Vec<Line>> {
    if !installed() {
        return Ok(vec![Line::skipped(
            "publish",
            "PostgreSQL is not installed here",
        )]);
    }
    stage::block_on(async {
        let server = Server::start().await;
        let mut lines = compare(plan, &server).await?;
        for products in [1_000, plan.rows.saturating_mul(5)] {
            lines.push(memory(products, &server).await?);
        }
        Ok(lines)
    })
}

async fn compare(plan: &Plan, server: &Server) -> Outcome<Vec<Line>> {
    let shelf = Shelf::with(u32::try_from(plan.rows)?, SEEN).await;
    let folder = shelf.folder.path().to_string_lossy().into_owned();
    let port = server.port.to_string();
    let publish = || ask::<Moved>("publish", &[&folder, &port]);
    // The first one makes the schema and warms the server; its rows are what the bare COPY sends.
    let first = publish()?;
    let client = server.client().await;
    let dumps = tempfile::tempdir()?;
    dump_all(&client, dumps.path()).await?;
    let dumped = dumps.path().to_string_lossy().into_owned();

    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for pair in 0..plan.runs {
        for ours_now in [pair.is_multiple_of(2), !pair.is_multiple_of(2)] {
            empty(server).await?;
            let moved: Moved = if ours_now {
                publish()?
            } else {
                ask("copy", &[&dumped, &port])?
            };
            if moved.rows != first.rows {
                return Err(format!("{} rows, not {}", moved.rows, first.rows).into());
            }
            eprintln!(
                "   {:<7} {:>16}, {:.2} s of processors",
                if ours_now { "publish" } else { "copy" },
                rate(a_second(moved.rows, moved.took)),
                moved.cpu.unwrap_or_default()
            );
            let list = if ours_now { &mut ours } else { &mut bare };
            list.push(a_second(moved.rows, moved.took));
        }
    }
    empty(server).await?;
    publish()?;
    let nothing = publish()?;
    let changed = shelf.change_one_percent();
    let little = publish()?;
    if nothing.rows != 0 || little.rows < changed {
        return Err(format!("not what changed: {nothing:?} {little:?}").into());
    }
    let (middle, figure) = ratio(&ours, &bare);
    let seconds = |what: &str, moved: &Moved| Line {
        section: "publish",
        what: format!("{} products, {what}", plan.rows),
        ours: format!("{} rows", moved.rows),
        beside: String::new(),
        figure: format!("{:.2} s", moved.took.as_secs_f64()),
        target: Target::none(),
    };
    Ok(vec![
        Line {
            section: "publish",
            what: format!(
                "{} products and their variants, {} rows, first",
                plan.rows, first.rows
            ),
            ours: rate(median(&ours)),
            beside: format!("bare COPY {}", rate(median(&bare))),
            figure,
            target: Target::least(middle, 0.5, ""),
        },
        seconds("one of a hundred changed", &little),
        seconds("nothing changed", &nothing),
    ])
}

async fn memory(products: u64, server: &Server) -> Outcome<Line> {
    let shelf = Shelf::with(u32::try_from(products)?, SEEN).await;
    empty(server).await?;
    let folder = shelf.folder.path().to_string_lossy().into_owned();
    let moved: Moved = ask("publish", &[&folder, &server.port.to_string()])?;
    let Some(peak) = moved.peak_kib.map(mib) else {
        return Ok(Line::skipped(
            "publish",
            "this system does not tell a process's peak memory",
        ));
    };
    Ok(Line {
        section: "publish",
        what: format!("{products} products, memory"),
        ours: rate(a_second(moved.rows, moved.took)),
        beside: String::new(),
        figure: format!("{peak:.0} MiB"),
        target: Target::most(peak, MOST, " MiB"),
    })
}

/// As before the first publish, with the tables and indexes there.
async fn empty(server: &Server) -> Outcome<()> {
    let client = server.client().await;
    let tables = "TRUNCATE smartlinks.products, smartlinks.variants, smartlinks.accounts, smartlinks.cursors; CHECKPOINT";
    client.batch_execute(tables).await?;
    Ok(())
}
