//! Authorizing AliExpress again and again: how long it takes from the redirect to the account.

use std::time::{Duration, Instant};

use secrecy::SecretString;
use smartlinks_core::authorization::{self, Begin};
use smartlinks_core::views::{AccountState, AccountStatus};
use smartlinks_core::{Shop, accounts};
use smartlinks_sandbox::{APP_KEY, APP_SECRET, visitor};

use crate::{Outcome, stage};

/// How often.
const TIMES: usize = 21;

/// The registered address: one whose answer is handed over rather than listened for, so that the clock starts with it.
const CALLBACK: &str = "https://shop.example/aliexpress/callback";

/// Authorizes against a gateway on loopback that answers at once, and prints the milliseconds from the redirect to the
/// account as it is shown.
pub fn authorize(aliexpress: &str) -> Outcome<()> {
    let took = stage::block_on(async {
        let folder = tempfile::tempdir()?;
        let shop = stage::open(folder.path(), None, Some(aliexpress)).await?;
        let secret = Some(SecretString::from(APP_SECRET));
        accounts::configure_aliexpress(&shop, APP_KEY, secret, CALLBACK).await?;
        let mut took = Vec::new();
        for _ in 0..TIMES {
            took.push(once(&shop).await?.as_secs_f64() * 1_000.0);
        }
        Ok(took)
    })?;
    println!("{}", serde_json::to_string(&took)?);
    Ok(())
}

async fn once(shop: &Shop) -> Outcome<Duration> {
    let elsewhere = Begin {
        open_browser: false,
        listen: false,
    };
    let began = authorization::begin(shop, elsewhere).await?;
    let redirect = visitor::approve(&began.attempt.authorize_url).await?;
    let received = Instant::now();
    authorization::finish(shop, redirect.as_str()).await?;
    // What a window asks for then.
    let status = accounts::status(shop).await?;
    let took = received.elapsed();
    let shown = |account: &AccountStatus| account.state == AccountState::Connected;
    if status.accounts.iter().any(shown) {
        Ok(took)
    } else {
        Err("authorized, but not shown".into())
    }
}
