//! What stands in the arguments of the programs on the test's desktop: every other program of the computer may read it.

use super::desktop::Desktop;
use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Looks at the running programs again and again, until it is dropped.
pub struct Arguments {
    seen: Arc<Mutex<BTreeSet<Vec<String>>>>,
    over: Arc<AtomicBool>,
}

impl Arguments {
    /// Watches the programs of this desktop; a path of its home stands in their environment.
    pub fn watch(desktop: &Desktop) -> Self {
        let marker = desktop.path("").to_string_lossy().into_owned();
        let (seen, over) = (Arc::default(), Arc::default());
        let watching = Self { seen, over };
        let (seen, over) = (Arc::clone(&watching.seen), Arc::clone(&watching.over));
        thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                for arguments in running(marker.as_bytes()) {
                    seen.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .insert(arguments);
                }
                // A sample, not luck: a secret that is passed on for as long as a program runs is seen.
                thread::sleep(Duration::from_millis(20));
            }
        });
        watching
    }

    /// The programs in whose arguments `needle` stood.
    pub fn with(&self, needle: &str) -> Vec<Vec<String>> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter()
            .filter(|arguments| arguments.iter().any(|argument| argument.contains(needle)))
            .cloned()
            .collect()
    }
}

impl Drop for Arguments {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

/// Whether `program` runs on this desktop.
pub fn is_running(desktop: &Desktop, program: &str) -> bool {
    let marker = desktop.path("").to_string_lossy().into_owned();
    running(marker.as_bytes())
        .iter()
        .any(|arguments| arguments.first().is_some_and(|first| first == program))
}

fn running(marker: &[u8]) -> Vec<Vec<String>> {
    let programs = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ours = programs.filter(|entry| {
        entry
            .file_name()
            .to_string_lossy()
            .bytes()
            .all(|b| b.is_ascii_digit())
            && fs::read(entry.path().join("environ")).is_ok_and(|environment| {
                environment.windows(marker.len()).any(|part| part == marker)
            })
    });
    ours.filter_map(|entry| {
        let line = fs::read(entry.path().join("cmdline")).ok()?;
        let arguments = line
            .split(|byte| *byte == 0)
            .filter(|part| !part.is_empty())
            .map(|part| String::from_utf8_lossy(part).into_owned());
        Some(arguments.collect())
    })
    .collect()
}
