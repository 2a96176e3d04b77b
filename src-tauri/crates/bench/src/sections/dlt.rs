//! Beside dlt's REST source into SQLite: the same pages from the same suppliers, with its own merge, from Python.
//!
//! dlt is installed with pip into a virtual environment in a folder that is thrown away; without Python, pip or a network
//! the section says so and is left out.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::Deserialize;

use crate::child::{Suppliers, ask};
use crate::numbers::{a_second, median, rate, ratio};
use crate::roles::ours::Passes;
use crate::table::{Line, Target};
use crate::{Outcome, Plan, roles, stage};

/// What is installed, pinned: another version is another figure.
const PACKAGES: [&str; 2] = ["dlt[sqlalchemy]==1.31.0", "sqlalchemy==2.1.9"];
/// What is run.
const SCRIPT: &str = include_str!("dlt.py");
/// Rows a page.
const PAGE: u64 = 200;

#[derive(Deserialize)]
struct Loaded {
    rows: u64,
    seconds: f64,
}

pub fn run(plan: &Plan) -> Outcome<Vec<Line>> {
    let folder = tempfile::tempdir()?;
    let Some(python) = install(folder.path()) else {
        return Ok(vec![Line::skipped(
            "dlt",
            "python3 with venv and pip, and PyPI, are needed for dlt",
        )]);
    };
    let script = folder.path().join("load.py");
    std::fs::write(&script, SCRIPT)?;
    let suppliers = Suppliers::start(plan.rows, 0)?;
    let token = stage::block_on(roles::bare::token_at(&suppliers.cj))?;
    let pages = plan.rows.div_ceil(PAGE).to_string();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // It takes its time; three pairs are enough for a ratio of this size.
    for _ in 0..plan.runs.min(3) {
        let passes: Passes = ask("sync", &[&suppliers.cj])?;
        ours.push(a_second(passes.rows, passes.first));
        let work = tempfile::tempdir()?;
        let output = Command::new(&python)
            .arg(&script)
            .args([&suppliers.cj, &token, &pages])
            .arg(work.path())
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            return Err(format!("dlt ended with {}", output.status).into());
        }
        let loaded: Loaded = serde_json::from_slice(&output.stdout)?;
        if loaded.rows != passes.rows {
            return Err(format!("dlt has {} rows, not {}", loaded.rows, passes.rows).into());
        }
        theirs.push(a_second(
            loaded.rows,
            Duration::from_secs_f64(loaded.seconds),
        ));
    }
    let (middle, figure) = ratio(&ours, &theirs);
    Ok(vec![Line {
        section: "dlt",
        what: format!("{} products, new", plan.rows),
        ours: rate(median(&ours)),
        beside: format!("{} {}", PACKAGES[0], rate(median(&theirs))),
        figure,
        target: Target::least(middle, 4.0, ""),
    }])
}

/// A Python with dlt in it, if there can be one here.
fn install(folder: &Path) -> Option<std::path::PathBuf> {
    let quietly = |command: &mut Command| {
        let status = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success()).then_some(())
    };
    let venv = folder.join("venv");
    quietly(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    let bin = venv.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let python = bin.join("python");
    eprintln!("   pip install {}", PACKAGES.join(" "));
    quietly(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet"])
            .args(PACKAGES),
    )?;
    Some(python)
}
