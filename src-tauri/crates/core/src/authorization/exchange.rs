//! The code for tokens: at once, patiently on a bad line, and kept before anybody is told.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::redirect::masked;
use super::{Verified, end, phase};
use crate::accounts;
use crate::error::{Code, Result};
use crate::shop::Shop;
use crate::store::accounts::AccountRow;
use crate::store::attempts::AttemptRow;
use crate::supplier::aliexpress;
use crate::tokens;
use crate::views::{AccountStatus, AuthorizationPhase, Supplier};

/// How often an exchange that met a bad line is tried; the code is still good for three minutes.
const TRIES: u32 = 4;

/// Exchanges the code at once and keeps what comes.
pub(super) async fn exchange(shop: &Shop, verified: Verified) -> Result<AccountStatus> {
    let Verified { attempt, code } = verified;
    phase(
        shop,
        &attempt.account,
        AuthorizationPhase::Exchanging,
        Some(masked(code.expose_secret())),
        None,
    );
    match exchange_code(shop, &attempt, &code).await {
        Ok(row) => {
            phase(
                shop,
                &row.id,
                AuthorizationPhase::Connected,
                Some(masked(code.expose_secret())),
                None,
            );
            shop.tell_account(Supplier::Aliexpress, &row.id);
            // Last: whoever waits for the end has then heard everything.
            end(shop, &attempt, Some("connected"), None).await?;
            accounts::status_of(shop, &row.id).await
        }
        Err(error) => {
            // A line that broke says nothing about the code: it may be pasted again while it lives.
            let over = !error.code.retry_helps();
            end(
                shop,
                &attempt,
                over.then_some("failed"),
                Some(&error.view()),
            )
            .await?;
            phase(
                shop,
                &attempt.account,
                AuthorizationPhase::Failed,
                None,
                Some(error.view()),
            );
            accounts::remember_failure(shop, &attempt.account, &error.view()).await?;
            Err(error)
        }
    }
}

async fn exchange_code(
    shop: &Shop,
    attempt: &AttemptRow,
    code: &SecretString,
) -> Result<AccountRow> {
    let row = accounts::row(shop, &attempt.account).await?;
    let client = aliexpress::client_of(shop, &row).await?;
    let mut tries = 0;
    let tokens = loop {
        tries += 1;
        match client.exchange(code, &attempt.redirect_uri).await {
            Ok(tokens) => break tokens,
            Err(error) => {
                let error = aliexpress::refused(shop, error);
                if !matches!(error.code, Code::Network | Code::SupplierDown) || tries >= TRIES {
                    return Err(error);
                }
                shop.ports()
                    .clock
                    .sleep(Duration::from_millis(500 << tries))
                    .await;
            }
        }
    };
    // Whoever renews the old pair meanwhile must not overwrite the new one.
    let _nobody_renews = shop.lock(&format!("token-{}", row.id)).await?;
    let mut row = accounts::row(shop, &attempt.account).await?;
    let name = tokens
        .account
        .clone()
        .or_else(|| tokens.user_nick.clone())
        .or_else(|| tokens.user_id.clone());
    row.name = name.unwrap_or(row.name);
    // A new consent may be that of an app launched since, or of another one.
    row.app_status = None;
    tokens::keep(shop, &mut row, &aliexpress::pair(&tokens)).await?;
    Ok(row)
}
