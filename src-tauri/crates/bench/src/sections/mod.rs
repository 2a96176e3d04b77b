//! The sections, one file each. To add one: a file with a `run` that returns lines of the table, and its line below.

mod authorize;
mod dlt;
mod export;
mod memory;
mod pace;
mod publish;
mod search;
mod sync;
#[cfg(target_os = "linux")]
mod window;
/// WebKitGTK on a display of its own is Linux's.
#[cfg(not(target_os = "linux"))]
mod window {
    use crate::table::Line;
    use crate::{Outcome, Plan};

    pub fn run(_: &Plan) -> Outcome<Vec<Line>> {
        Ok(vec![Line::skipped(
            "window",
            "the window is measured on Linux only",
        )])
    }
}

use crate::table::Line;
use crate::{Outcome, Plan};

/// A part of the benchmark that can be run alone.
pub struct Section {
    /// As typed.
    pub name: &'static str,
    /// What it measures.
    pub about: &'static str,
    /// Measures.
    pub run: fn(&Plan) -> Outcome<Vec<Line>>,
}

/// All of them, in the order in which they run.
pub const SECTIONS: &[Section] = &[
    Section {
        name: "sync",
        about: "taking products in, beside a bare loop into the same tables",
        run: sync::run,
    },
    Section {
        name: "dlt",
        about: "taking products in, beside dlt's REST source (Python) into SQLite",
        run: dlt::run,
    },
    Section {
        name: "memory",
        about: "peak memory of a sync of a thousand, a hundred thousand and a million products",
        run: memory::run,
    },
    Section {
        name: "pace",
        about: "what is used of 1, 2, 4 and 6 allowed calls a second",
        run: pace::run,
    },
    Section {
        name: "search",
        about: "searching and listing a million products",
        run: search::run,
    },
    Section {
        name: "authorize",
        about: "AliExpress: from the redirect to the account",
        run: authorize::run,
    },
    Section {
        name: "publish",
        about: "into a PostgreSQL database, beside a bare COPY of the same rows",
        run: publish::run,
    },
    Section {
        name: "export",
        about: "CSV files, beside a bare loop from the same tables through the csv crate",
        run: export::run,
    },
    Section {
        name: "window",
        about: "the real window: start, memory, rest, tabs, typing, a million rows",
        run: window::run,
    },
];
