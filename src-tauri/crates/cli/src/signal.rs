//! Ctrl-C, and the polite end that service managers ask for.

/// Returns when the owner wants this process to stop: Ctrl-C, or SIGTERM.
pub(crate) async fn stop_asked() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a handler the system's own way ends the process, which is right too.
    let _ = tokio::signal::ctrl_c().await;
}
