//! A window that plays what `SMARTLINKS_BENCH` says, and the lines it prints meanwhile: `NAME NS [JSON]`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::Desktop;
use super::tree::{Process, tree};
use crate::Outcome;

/// The longest that a window may say nothing: a scroll of ten seconds and something.
const PATIENCE: Duration = Duration::from_secs(90);
/// Where nobody answers: a window on a bench asks no supplier.
const NOWHERE: &str = "http://127.0.0.1:9";

/// One of its lines.
#[derive(Debug, Clone)]
pub struct Said {
    /// What about.
    pub name: String,
    /// Milliseconds since the program was started.
    pub at: f64,
    /// What it measured itself.
    pub facts: Value,
}

/// A window; ended when dropped.
pub struct Window {
    child: Child,
    lines: Receiver<Said>,
}

impl Window {
    /// Starts `program` on `data`.
    pub fn open(desktop: &Desktop, program: &Path, play: &str, data: &Path) -> Outcome<Self> {
        let mut command = desktop.command(program);
        command
            .env("SMARTLINKS_BENCH", play)
            .env("SMARTLINKS_DATA_DIR", data)
            .env("SMARTLINKS_CJ_BASE_URL", NOWHERE)
            .env("SMARTLINKS_ALIEXPRESS_BASE_URL", NOWHERE)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let started = now();
        let mut child = command
            .spawn()
            .map_err(|error| format!("{} could not be started: {error}", program.display()))?;
        let stdout = child.stdout.take().ok_or("a window without output")?;
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // Nobody listens any more, or the line is not for us.
                if read(&line, started).is_some_and(|said| sender.send(said).is_err()) {
                    break;
                }
            }
        });
        Ok(Self { child, lines })
    }

    /// What it says next.
    pub fn next(&self) -> Outcome<Said> {
        let said = self
            .lines
            .recv_timeout(PATIENCE)
            .map_err(|_| "the window said nothing more")?;
        if said.name == "failed" {
            return Err(format!("the window could not play to the end: {}", said.facts).into());
        }
        Ok(said)
    }

    /// Waits for what it says of `name`.
    pub fn hear(&self, name: &str) -> Outcome<Said> {
        loop {
            let said = self.next()?;
            if said.name == name {
                return Ok(said);
            }
        }
    }

    /// The program and all that it started.
    pub fn processes(&self) -> Vec<Process> {
        tree(self.child.id())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // WebKit's own processes end with the one that started them.
        let _ = self.child.kill();
        let _ = self.child.wait();
        thread::sleep(Duration::from_millis(300));
    }
}

fn read(line: &str, started: f64) -> Option<Said> {
    let mut parts = line.splitn(3, ' ');
    let name = parts.next()?.to_owned();
    let at = (parts.next()?.parse::<f64>().ok()? - started) / 1e6;
    let facts = match parts.next() {
        Some(text) => serde_json::from_str(text).ok()?,
        None => Value::Null,
    };
    Some(Said { name, at, facts })
}

/// CLOCK_MONOTONIC in nanoseconds: the window reads the same clock.
#[expect(clippy::cast_precision_loss, reason = "an hour is 3.6e12 of them")]
fn now() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}
