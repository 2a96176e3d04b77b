//! What the core tells, on its way to the window: one channel, progress at most five times a second.
//!
//! Order is kept: progress that was held back goes out before anything that came after it.

use std::time::Duration;

use smartlinks_core::Shop;
use smartlinks_core::views::Event;
use tauri::{AppHandle, Emitter as _, Manager as _, Runtime};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

use crate::WINDOW;
use crate::notices;
use crate::state::{AppState, Opened};

/// The window listens here.
pub const CHANNEL: &str = "smartlinks://event";
/// The shortest time between two reports of progress.
const BEAT: Duration = Duration::from_millis(200);

/// Hands everything on to the window, as long as the application runs.
pub async fn forward<R: Runtime>(app: AppHandle<R>, (shop, mut events): Opened) {
    let mut beat = Beat::default();
    loop {
        let due = beat.due;
        let event = tokio::select! {
            event = events.recv() => event,
            () = tokio::time::sleep_until(due), if beat.holds() => {
                send(&app, &beat.flush(due));
                continue;
            }
        };
        match event {
            Ok(event) => {
                app.state::<AppState>().tell(&event);
                send(&app, &beat.take(event.clone(), Instant::now()));
                let language = app.state::<AppState>().language();
                notices::hear(&app, &shop, &event, language).await;
            }
            Err(RecvError::Lagged(missed)) => {
                tracing::warn!(missed, "the window was told too slowly");
                send(&app, &after_a_gap(&shop).await);
            }
            Err(RecvError::Closed) => return,
        }
    }
}

/// Whatever was missed, the window asks for it again: the end of a run is the one thing it would wait for in vain.
async fn after_a_gap(shop: &Shop) -> Vec<Event> {
    let newest = smartlinks_core::sync::receipts(shop, 1).await.ok();
    let ended = newest
        .and_then(|mut runs| runs.pop())
        .filter(|run| run.state != smartlinks_core::views::RunState::Running)
        .map(|receipt| Event::SyncEnded { receipt });
    ended.into_iter().chain([Event::OrdersChanged]).collect()
}

fn send<R: Runtime>(app: &AppHandle<R>, events: &[Event]) {
    for event in events {
        if let Err(error) = app.emit_to(WINDOW, CHANNEL, event) {
            tracing::warn!(%error, "the window could not be told");
        }
    }
}

/// Holds progress back until it is due; the last report of a run replaces the ones before.
struct Beat {
    due: Instant,
    held: Vec<(i64, Event)>,
}

impl Default for Beat {
    fn default() -> Self {
        Self {
            due: Instant::now(),
            held: Vec::new(),
        }
    }
}

impl Beat {
    fn holds(&self) -> bool {
        !self.held.is_empty()
    }

    /// What is to be sent now that `event` came.
    fn take(&mut self, event: Event, now: Instant) -> Vec<Event> {
        let Event::Progress { receipt, .. } = &event else {
            let mut all = self.flush(now);
            all.push(event);
            return all;
        };
        let run = receipt.run;
        match self.held.iter_mut().find(|(of, _)| *of == run) {
            Some((_, held)) => *held = event,
            None => self.held.push((run, event)),
        }
        if now < self.due {
            return Vec::new();
        }
        self.flush(now)
    }

    /// Everything held; nothing more for a beat.
    fn flush(&mut self, now: Instant) -> Vec<Event> {
        if self.held.is_empty() {
            return Vec::new();
        }
        self.due = now + BEAT;
        self.held.drain(..).map(|(_, event)| event).collect()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;
    use smartlinks_core::views::SyncReceipt;

    fn receipt(run: i64, done: u64) -> SyncReceipt {
        serde_json::from_value(serde_json::json!({
            "run": run, "supplier": "cj", "account": "cj-1", "scope": "my-products", "details": false,
            "state": "running", "started_at": "2026-01-01T00:00:00Z", "finished_at": null, "calls": 0, "points": 0,
            "rows": 0, "changed": 0, "failed": 0, "done": done, "total": null, "continues_at": null, "error": null, "repeats": [], "retry_of": null,
        }))
        .unwrap()
    }

    fn progress(run: i64, done: u64) -> Event {
        Event::Progress {
            done,
            total: None,
            eta_s: None,
            receipt: receipt(run, done),
        }
    }

    #[test]
    fn a_fast_sync_does_not_flood_the_window_and_its_last_word_is_heard() {
        let start = Instant::now();
        let mut beat = Beat {
            due: start,
            held: Vec::new(),
        };
        let mut sent = Vec::new();
        for step in 0..1_000_u64 {
            // A thousand reports within two seconds.
            sent.extend(beat.take(progress(1, step), start + Duration::from_millis(step * 2)));
        }
        assert!(
            (9..=11).contains(&sent.len()),
            "five a second, not {} in two",
            sent.len()
        );
        assert_eq!(sent[0], progress(1, 0), "the first is not held back");
        let ended = Event::SyncEnded {
            receipt: receipt(1, 1_000),
        };
        let last = beat.take(ended.clone(), start + Duration::from_secs(2));
        assert_eq!(last, [progress(1, 999), ended], "and in this order");
        assert!(!beat.holds());
    }

    #[test]
    fn two_runs_at_once_are_both_seen() {
        let start = Instant::now();
        let mut beat = Beat {
            due: start + BEAT,
            held: Vec::new(),
        };
        for event in [progress(1, 5), progress(2, 7), progress(1, 6)] {
            assert!(beat.take(event, start).is_empty());
        }
        assert_eq!(beat.flush(start + BEAT), [progress(1, 6), progress(2, 7)]);
    }
}
