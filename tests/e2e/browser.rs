//! The system browser of the test: headless Chromium, which a person would use to consent at AliExpress.
//!
//! The application is told to open addresses with a little program that only writes them down. The test then visits the
//! address itself, so that it can wait for it, look at it, and choose what to click.

use super::desktop::Desktop;
use super::process::{Process, poll};
use super::webdriver::Page;
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;

/// How long its driver may be tried to start.
const STARTS: Duration = Duration::from_secs(60);

/// Names of the browser on Debian, on Ubuntu, and as Google ships it.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// The program that stands in for the system browser.
pub struct Opener {
    program: PathBuf,
    opened: PathBuf,
}

impl Opener {
    pub fn new(desktop: &Desktop) -> Self {
        let (program, opened) = (desktop.path("browser"), desktop.path("opened"));
        // Written beside and renamed, so that no half-written address is ever read.
        let script = format!(
            "#!/bin/sh\nprintf '%s' \"$1\" > '{opened}.part' && mv '{opened}.part' '{opened}'\n",
            opened = opened.display()
        );
        fs::write(&program, script).expect("the program that stands in for the browser");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700))
            .expect("an executable program");
        Self { program, opened }
    }

    /// What the application is to start with an address as its one argument.
    pub fn program(&self) -> &PathBuf {
        &self.program
    }

    /// Waits for the address that the application opens next.
    pub fn next_address(&self) -> String {
        self.address_within(Duration::from_secs(60))
            .expect("the application opens an address in the system browser")
    }

    /// The address that the application opens next, if it does so in time.
    pub fn address_within(&self, limit: Duration) -> Option<String> {
        let address = poll(limit, || fs::read_to_string(&self.opened).ok())?;
        fs::remove_file(&self.opened).expect("the address is read once");
        Some(address)
    }
}

/// An empty page of headless Chromium, with what the owner has chosen in its settings.
pub fn chromium(desktop: &Desktop, runtime: &Arc<Runtime>, preferences: Value) -> Page {
    let binary = BROWSERS
        .iter()
        .find_map(|name| in_path(name))
        .expect("Chromium");
    // It takes a port for IPv4 and then wants the same for IPv6; when another program has that one, it ends.
    let started = poll(STARTS, || {
        let mut driver = desktop.command("chromedriver");
        let mut driver = Process::start(driver.arg("--port=0"), "");
        let port = driver.may_announce(|line| {
            line.split_once("successfully on port ")?
                .1
                .trim_end_matches('.')
                .parse()
                .ok()
        })?;
        Some((driver, port))
    });
    let (driver, port) = started.expect("a driver for Chromium");
    let profile = format!("--user-data-dir={}", desktop.path("chromium").display());
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--password-store=basic",
        &profile,
    ];
    let capabilities = json!({
        "goog:chromeOptions": { "binary": binary, "args": arguments, "prefs": preferences }
    });
    Page::open("chromium", runtime, driver, port, &capabilities)
}

#[expect(
    clippy::disallowed_methods,
    reason = "PATH is the one thing taken over from the surroundings"
)]
fn in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}
