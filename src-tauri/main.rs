//! The program `smartlinks`: the window, or a terminal command when one is named.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use smartlinks_cli::exit;
use smartlinks_cli::host::{Host, arguments};
use smartlinks_core::error::{Code, Error};
use smartlinks_core::words;
use smartlinks_lib::practice::ARGUMENT;
use smartlinks_lib::start;

fn main() -> ExitCode {
    let arguments = arguments();
    if smartlinks_cli::is_command(&arguments) {
        return smartlinks_cli::run(arguments);
    }
    open_window(arguments.iter().any(|argument| argument == ARGUMENT))
}

fn open_window(practice: bool) -> ExitCode {
    #[cfg(target_os = "linux")]
    smartlinks_lib::painting::start_again_without_card();
    let host = Host::from_environment();
    let start = if host.display {
        start::from_surroundings(&host, practice)
    } else {
        Err(Error::new(
            Code::NoDisplay,
            "neither DISPLAY nor WAYLAND_DISPLAY is set",
        ))
    };
    let start = match start {
        Ok(start) => start,
        Err(error) => {
            let said = words::about(error.code, host.language());
            eprintln!("{} {} {}\n{error}", said.what, said.meaning, said.next);
            return ExitCode::from(exit::status(error.code));
        }
    };
    let mut context = tauri::generate_context!();
    if practice {
        // Another application to the system: both modes may be open, each once, and keep their own window places.
        context.config_mut().identifier.push_str(".practice");
    }
    let builder = smartlinks_lib::on_the_desktop(
        tauri::Builder::default(),
        start::log_folder(&host, practice),
    );
    match smartlinks_lib::app(builder, start).run(context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("SmartLinks: {error}");
            ExitCode::FAILURE
        }
    }
}
