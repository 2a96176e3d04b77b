//! `cargo xtask bench`: builds the benchmark as it would be shipped, optimised, and runs it. What it measures is its own
//! business: `cargo xtask bench help` lists the sections.

use crate::process::{Outcome, cargo, run};
use crate::setup;

/// `arguments`: sections and options of the benchmark.
pub fn bench(arguments: &[String]) -> Outcome {
    setup::packages(setup::For::Terminal)?;
    run(cargo()
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "smartlinks-bench",
            "--",
        ])
        .args(arguments))
}
