//! What happens while a command runs, told on standard error: JSON lines for scripts, ticks and a progress bar for people.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use smartlinks_core::Shop;
use smartlinks_core::views::{AuthorizationPhase, Event, RunState, Step};
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::output::{clean, note, time};

/// Listens until it is told that the command is over.
pub(crate) struct Listener {
    also: mpsc::UnboundedSender<Event>,
    over: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Listener {
    /// Starts listening to a shop.
    pub(crate) fn start(shop: &Shop, json: bool) -> Self {
        let (also, others) = mpsc::unbounded_channel();
        let (over, heard) = oneshot::channel();
        let task = tokio::spawn(listen(shop.events(), others, heard, Voice::new(json)));
        Self { also, over, task }
    }

    /// Where to tell what this process only read about, because it happens in another one.
    pub(crate) fn also(&self) -> mpsc::UnboundedSender<Event> {
        self.also.clone()
    }

    /// Tells what is still to be told, and ends.
    pub(crate) async fn finish(self) {
        let _ = self.over.send(());
        let _ = self.task.await;
    }
}

async fn listen(
    mut events: broadcast::Receiver<Event>,
    mut others: mpsc::UnboundedReceiver<Event>,
    mut over: oneshot::Receiver<()>,
    mut voice: Voice,
) {
    loop {
        tokio::select! {
            biased;
            event = events.recv() => match event {
                Ok(event) => voice.tell(&event),
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => break,
            },
            Some(event) = others.recv() => voice.tell(&event),
            _ = &mut over => {
                while let Ok(event) = events.try_recv() {
                    voice.tell(&event);
                }
                break;
            }
        }
    }
    voice.end();
}

enum Voice {
    Json,
    People { bar: Option<ProgressBar> },
}

impl Voice {
    fn new(json: bool) -> Self {
        if json {
            Self::Json
        } else {
            Self::People { bar: None }
        }
    }

    fn tell(&mut self, event: &Event) {
        match self {
            Self::Json => {
                if let Ok(line) = serde_json::to_string(event) {
                    note(&line);
                }
            }
            Self::People { bar } => people(bar, event),
        }
    }

    fn end(&mut self) {
        if let Self::People { bar } = self
            && let Some(bar) = bar.take()
        {
            bar.finish_and_clear();
        }
    }
}

fn people(bar: &mut Option<ProgressBar>, event: &Event) {
    match event {
        Event::Progress {
            done,
            total,
            receipt,
            ..
        } => {
            let bar = bar.get_or_insert_with(progress_bar);
            if let Some(total) = total {
                bar.set_length(*total);
            }
            bar.set_position(*done);
            bar.set_message(format!("{} products", receipt.rows));
        }
        Event::SyncEnded { receipt } if receipt.state != RunState::Running => {
            if let Some(bar) = bar.take() {
                bar.finish_and_clear();
            }
        }
        Event::ExportProgress {
            done, total, rows, ..
        } => {
            let bar = bar.get_or_insert_with(progress_bar);
            bar.set_length(*total);
            bar.set_position(*done);
            bar.set_message(format!("{rows} rows"));
        }
        Event::ExportEnded { .. } | Event::PublishEnded { .. } => {
            if let Some(bar) = bar.take() {
                bar.finish_and_clear();
            }
        }
        Event::Waiting { until, .. } => {
            line(
                bar.as_ref(),
                &format!("… waiting until {}", time(Some(*until))),
            );
        }
        Event::Alerts { count, .. } => line(
            bar.as_ref(),
            &format!("! {count} new alerts: smartlinks-cli alerts list"),
        ),
        Event::Publishing { done, total, .. } => {
            let bar = bar.get_or_insert_with(progress_bar);
            bar.set_length(*total);
            bar.set_position(*done);
        }
        Event::Deploying { line: said, .. } => line(bar.as_ref(), &clean(said)),
        Event::ConnectStep { step, .. } => line(bar.as_ref(), &tick(step)),
        Event::Authorization { phase, error, .. } => {
            if let Some(text) = progress_of(*phase) {
                let why = error
                    .as_ref()
                    .map(|error| format!(" ({})", clean(&error.message)))
                    .unwrap_or_default();
                line(bar.as_ref(), &format!("{text}{why}"));
            }
        }
        _ => {}
    }
}

/// A line that does not tear the bar apart.
fn line(bar: Option<&ProgressBar>, text: &str) {
    match bar {
        Some(bar) => bar.suspend(|| note(text)),
        None => note(text),
    }
}

/// Hides itself where standard error is no terminal.
fn progress_bar() -> ProgressBar {
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len} · {msg} · {elapsed} (left: {eta})")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style);
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}

fn tick(step: &Step) -> String {
    let what = match (step.step.as_str(), step.ok) {
        ("reach", true) => "CJ answers",
        ("reach", false) => "CJ does not answer:",
        ("exchange_api_key", true) => "API key exchanged for tokens",
        ("exchange_api_key", false) => "not taken as an API key:",
        ("exchange_oauth2", true) => "client credentials exchanged for tokens (OAuth2)",
        ("exchange_oauth2", false) => "not taken as client credentials (OAuth2):",
        ("who", true) => "connected as",
        ("who", false) => "CJ did not say who you are:",
        ("limits", _) => "calls a second:",
        (other, _) => other,
    };
    let (mark, detail) = (if step.ok { '✓' } else { '✗' }, clean(&step.detail));
    format!("{mark} {what} {detail}").trim_end().to_owned()
}

fn progress_of(phase: AuthorizationPhase) -> Option<&'static str> {
    Some(match phase {
        AuthorizationPhase::Waiting => "… waiting for your consent in the browser",
        AuthorizationPhase::Received => "✓ an answer with a code came in",
        AuthorizationPhase::Verified => "✓ it belongs to this attempt",
        AuthorizationPhase::Exchanging => "… exchanging the code for tokens",
        AuthorizationPhase::Connected => "✓ connected",
        AuthorizationPhase::Ignored => "… a hit that is not ours was ignored",
        // The failure itself is told at the end of the command.
        AuthorizationPhase::Failed => return None,
    })
}
