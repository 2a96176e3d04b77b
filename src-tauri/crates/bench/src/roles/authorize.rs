//! Authorizing AliExpress again and again: how long it takes from the redirect to the account.

use std::time::{Duration, Instant};

use secrecy::SecretString;
use smartlinks_core::authorization::{self, Begin};
use smartlinks_core::views::{AccountState, AuthorizationPhase, Event};
use smartlinks_core::{Shop, accounts};
use smartlinks_sandbox::{APP_KEY, APP_SECRET, visitor};

use crate::{Outcome, stage};

/// How often.
const TIMES: usize = 21;

/// Authorizes against a gateway on loopback that answers at once, and prints the milliseconds from the redirect's arrival at
/// the listener to the account as it is shown.
pub fn authorize(aliexpress: &str) -> Outcome<()> {
    let took = stage::block_on(async {
        let folder = tempfile::tempdir()?;
        let shop = stage::open(folder.path(), None, Some(aliexpress)).await?;
        let secret = || Some(SecretString::from(APP_SECRET));
        let mut took = Vec::new();
        for _ in 0..TIMES {
            let port = free_port().await?;
            let callback = format!("http://127.0.0.1:{port}/aliexpress/callback");
            accounts::configure_aliexpress(&shop, APP_KEY, secret(), &callback).await?;
            took.push(once(&shop).await?.as_secs_f64() * 1_000.0);
        }
        Ok(took)
    })?;
    println!("{}", serde_json::to_string(&took)?);
    Ok(())
}

async fn once(shop: &Shop) -> Outcome<Duration> {
    let mut events = shop.events();
    let listen = Begin {
        open_browser: false,
        listen: true,
    };
    let began = authorization::begin(shop, listen).await?;
    let url = began.attempt.authorize_url.clone();
    let browser = tokio::spawn(async move { visitor::approve(&url).await });
    let mut received = None;
    let took = loop {
        match events.recv().await? {
            Event::Authorization { phase, error, .. } => match phase {
                AuthorizationPhase::Received => received = Some(Instant::now()),
                AuthorizationPhase::Connected => {
                    // What a window asks for then.
                    let status = accounts::status(shop).await?;
                    let shown = status
                        .accounts
                        .iter()
                        .any(|account| account.state == AccountState::Connected);
                    match received {
                        Some(received) if shown => break received.elapsed(),
                        _ => return Err("connected, but not shown".into()),
                    }
                }
                AuthorizationPhase::Failed => return Err(format!("failed: {error:?}").into()),
                _ => {}
            },
            _ => {}
        }
    };
    browser.await??;
    Ok(took)
}

async fn free_port() -> Outcome<u16> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    Ok(listener.local_addr()?.port())
}
