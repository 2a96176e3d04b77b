//! The terminal program `smartlinks-cli`: everything is in the library, because the desktop binary takes the same commands.

use std::process::ExitCode;

fn main() -> ExitCode {
    smartlinks_cli::run(smartlinks_cli::host::arguments())
}
