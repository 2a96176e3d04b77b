//! How a sync ended, as a document and in a line. A run that did not end well carries its error in the same four keys as any
//! other failure.

use serde_json::Value;
use smartlinks_core::error::ErrorView;
use smartlinks_core::ports::{Clock as _, SystemClock};
use smartlinks_core::views::{RepeatReason, RunState, SyncReceipt};
use smartlinks_core::{Code, Error, Result};

use crate::output::{Answer, note, time, to_value};
use crate::{Outcome, Terminal, exit, failure};

/// The receipt as the answer of the command that started, joined or resumed the run.
pub(super) fn answer(terminal: &Terminal, receipt: &SyncReceipt) -> Outcome {
    let mut text = line(receipt);
    if let Some(error) = error_of(receipt) {
        if terminal.json {
            note(&failure::details_event(&error).to_string());
        }
        text = format!(
            "{text}\n{}",
            failure::lines(&error, terminal.language, SystemClock.now())
        );
    }
    Ok(Answer::new(&document(terminal, receipt)?, text)?.status(exit::of_run(receipt)))
}

/// The receipt for scripts.
pub(super) fn document(terminal: &Terminal, receipt: &SyncReceipt) -> Result<Value> {
    let mut document = to_value(receipt)?;
    if let Some(error) = error_of(receipt) {
        document["error"] = failure::object(&error, terminal.language, SystemClock.now());
    }
    Ok(document)
}

/// Why a run stands still; with the time it goes on, if one is known.
fn error_of(receipt: &SyncReceipt) -> Option<ErrorView> {
    let mut error = match (&receipt.error, receipt.state) {
        (_, RunState::Done | RunState::Running) => return None,
        (Some(error), _) => error.clone(),
        // Cut off by a crash: nobody was left to say why.
        (None, _) => Error::new(Code::Interrupted, "the run was cut off").view(),
    };
    error.retry_at = error.retry_at.or(receipt.continues_at);
    Some(error)
}

/// Why calls were made again, in a few words.
fn why(reason: RepeatReason) -> &'static str {
    match reason {
        RepeatReason::TooQuick => "too quick for the supplier",
        RepeatReason::Network => "the line broke",
        RepeatReason::SupplierDown => "the supplier failed",
        RepeatReason::BadAnswer => "the answer was unreadable",
        RepeatReason::EmptyAnswer => "the answer was empty",
        RepeatReason::TokenRefused => "the access token was renewed",
        RepeatReason::PointsSpent => "the points were spent",
        RepeatReason::AccountRefused => "the account was refused",
        RepeatReason::CutOff => "the program was cut off",
    }
}

/// The receipt in a line.
pub(super) fn line(receipt: &SyncReceipt) -> String {
    let state = match receipt.state {
        RunState::Done => "✓ done",
        RunState::Running => "… running",
        RunState::Paused => "⏸ paused",
        RunState::Interrupted => "⏹ stopped",
        RunState::Failed => "✗ failed",
    };
    let mut parts = vec![
        format!(
            "{state}: run {}, {} {}",
            receipt.run, receipt.supplier, receipt.scope
        ),
        format!("{} products", receipt.rows),
        format!("{} changes", receipt.changed),
        format!("{} calls", receipt.calls),
        format!("{} points", receipt.points),
    ];
    if receipt.failed > 0 {
        parts.push(format!("{} products failed", receipt.failed));
    }
    for repeats in &receipt.repeats {
        parts.push(format!(
            "{} asked again: {}",
            repeats.count,
            why(repeats.reason)
        ));
    }
    if receipt.state != RunState::Done {
        let total = receipt
            .total
            .map_or_else(String::new, |total| format!(" of {total}"));
        parts.push(format!("step {}{total}", receipt.done));
    }
    parts.push(format!("started {}", time(Some(receipt.started_at))));
    if let Some(at) = receipt.continues_at {
        parts.push(format!("goes on at {}", time(Some(at))));
    }
    parts.join(" · ")
}
