//! `sandbox`: both suppliers simulated on loopback, for trying scripts and for tests, until somebody stops it.

use std::io::Write as _;
use std::path::Path;

use serde_json::json;
use smartlinks_core::{Code, Error, Result};
use smartlinks_sandbox::{Options, Sandbox};

use crate::Outcome;
use crate::args::SandboxArgs;
use crate::output::{Answer, say};
use crate::signal::stop_asked;

pub(super) async fn run(args: &SandboxArgs) -> Outcome {
    let usual = Options::default();
    let options = Options {
        seed: args.seed,
        products: args.products,
        my_products: usual.my_products.min(args.products),
        qps: (args.qps > 0).then_some(args.qps),
        ..usual
    };
    let sandbox = Sandbox::start(options).await.map_err(failed)?;
    let addresses = json!({
        "aliexpress": bare(sandbox.aliexpress_url().as_str()),
        "cj": bare(sandbox.cj_url().as_str()),
    })
    .to_string();
    if let Some(file) = &args.port_file {
        write_whole(file, &addresses)?;
    }
    say(&addresses)?;
    stop_asked().await;
    sandbox.stop().await;
    Ok(Answer::said())
}

/// The simulated suppliers did not come up.
pub(super) fn failed(error: smartlinks_sandbox::Error) -> Error {
    Error::new(Code::Unexpected, format!("the practice suppliers: {error}"))
}

fn bare(url: &str) -> &str {
    url.trim_end_matches('/')
}

/// Whoever waits for the file must never read half of it.
fn write_whole(file: &Path, text: &str) -> Result<()> {
    let trouble =
        |error: &std::io::Error| Error::new(Code::Disk, format!("{}: {error}", file.display()));
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut written = tempfile::NamedTempFile::new_in(folder).map_err(|error| trouble(&error))?;
    writeln!(written, "{text}").map_err(|error| trouble(&error))?;
    written
        .persist(file)
        .map_err(|error| trouble(&error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    #[test]
    fn the_port_file_replaces_the_one_of_the_run_before() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ports.json");
        write_whole(&file, "old").unwrap();
        write_whole(&file, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "new\n");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = write_whole(&folder.path().join("missing/ports.json"), "x").unwrap_err();
        assert_eq!(error.code, Code::Disk);
    }
}
