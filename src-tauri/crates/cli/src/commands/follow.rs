//! Following a run to its end, whichever process it is in, and stopping it at Ctrl-C after the step in flight.

use std::time::Duration;

use smartlinks_core::views::{Event, RunState, SyncReceipt};
use smartlinks_core::{Code, Error, Result, Shop, sync};
use tokio::sync::{broadcast, mpsc};

use crate::output::note;
use crate::signal::stop_asked;

/// How often the progress of a run in another process is read.
const LOOK: Duration = Duration::from_millis(700);
/// How long the step in flight may take after Ctrl-C: longer than one call may.
const GRACE: Duration = Duration::from_secs(50);

/// Waits until the run no longer runs, and gives its receipt.
pub(super) async fn to_its_end(
    shop: &Shop,
    also: mpsc::UnboundedSender<Event>,
    run: i64,
    quiet: bool,
) -> Result<SyncReceipt> {
    let ended = sync::wait(shop, run);
    tokio::pin!(ended);
    tokio::select! {
        receipt = &mut ended => return receipt,
        () = tell_from_afar(shop, also, run) => {}
        () = stop_asked() => {}
    }
    sync::stop(shop).await?;
    if !quiet {
        note(
            "Stopping after the step in flight; Ctrl-C again ends at once. Everything fetched stays.",
        );
    }
    tokio::select! {
        receipt = &mut ended => receipt,
        () = stop_asked() => cut_off(shop, run).await,
        () = shop.ports().clock.sleep(GRACE) => cut_off(shop, run).await,
    }
}

/// The receipt of a run that this process leaves in the middle of a step; the step in flight will be asked again.
async fn cut_off(shop: &Shop, run: i64) -> Result<SyncReceipt> {
    let mut receipt = receipt_of(shop, run)
        .await?
        .ok_or_else(|| Error::new(Code::NotFound, format!("run {run} is gone")))?;
    if receipt.state == RunState::Running {
        receipt.state = RunState::Interrupted;
        receipt.error = Some(Error::new(Code::Interrupted, "stopped by the owner").view());
    }
    Ok(receipt)
}

async fn receipt_of(shop: &Shop, run: i64) -> Result<Option<SyncReceipt>> {
    let receipts = sync::receipts(shop, 50).await?;
    Ok(receipts.into_iter().find(|receipt| receipt.run == run))
}

/// Tells the progress of a run that another process drives: its events do not come here, but what it wrote does. Never ends.
async fn tell_from_afar(shop: &Shop, also: mpsc::UnboundedSender<Event>, run: i64) {
    let mut events = shop.events();
    let mut told = None;
    loop {
        tokio::select! {
            event = events.recv() => match event {
                // It runs here after all, and speaks for itself.
                Ok(Event::Progress { receipt, .. }) if receipt.run == run => std::future::pending().await,
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                _ => {}
            },
            () = shop.ports().clock.sleep(LOOK) => {
                let Ok(Some(receipt)) = receipt_of(shop, run).await else { continue };
                if told.is_some_and(|told| told < receipt.done) {
                    let _ = also.send(Event::Progress {
                        done: receipt.done,
                        total: receipt.total,
                        eta_s: None,
                        receipt: receipt.clone(),
                    });
                }
                told = Some(receipt.done);
            }
        }
    }
}
