//! The window of the real binary, driven through WebKitWebDriver.

use super::desktop::Desktop;
use super::process::{Process, free_port};
use super::webdriver::Page;
use serde_json::json;
use std::process::Command;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Opens the window. `environment` is handed to the application, `binary` and `arguments` are how it is started.
///
/// tauri-driver would do no more than rename the capability and set the variable, so it is not needed.
pub fn open(
    name: &'static str,
    desktop: &Desktop,
    runtime: &Arc<Runtime>,
    (binary, arguments): (&str, &[&str]),
    environment: impl FnOnce(&mut Command),
) -> Page {
    let port = free_port();
    let mut driver = desktop.command("WebKitWebDriver");
    driver
        .arg(format!("--port={port}"))
        .env("TAURI_WEBVIEW_AUTOMATION", "true");
    environment(&mut driver);
    let driver = Process::start(&mut driver, "");
    // With a browserName no session is ever given.
    let capabilities =
        json!({ "webkitgtk:browserOptions": { "binary": binary, "args": arguments } });
    Page::open(name, runtime, driver, port, &capabilities)
}
