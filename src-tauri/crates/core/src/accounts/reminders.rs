//! What an owner is reminded of while looking elsewhere: a consent that ends, an account that fell out. Each once, however often
//! the program is started: what was said is remembered in the database. How it is shown is the host's.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{NOTICE, consent_ends};
use crate::error::Result;
use crate::shop::Shop;
use crate::store::accounts::AccountRow;
use crate::store::settings;
use crate::views::{AccountState, AppStatus, Supplier};

/// The last days before a consent ends on which the owner is reminded.
const DAYS: [i64; 2] = [7, 2];
/// The same for an app in test, whose consent lasts two days in all.
const DAYS_IN_TEST: [i64; 1] = [1];
/// The end of one consent, as told again after a renewal, moves by less than this.
const SAME_END: SignedDuration = SignedDuration::from_hours(12);

/// Something to say to the owner, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Consent ends within so many days.
    ConsentEnds {
        /// 7, 2 or, for an app in test, 1.
        days: i64,
        /// When it ends.
        at: Timestamp,
    },
    /// The account must be connected again.
    Reconnect,
    /// CJ suspended the account.
    Suspended,
}

/// What was said last about an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    /// The state it was about.
    state: AccountState,
    /// The days left it was said for; none when it was not about an end.
    days: Option<i64>,
    /// The end it was about, in milliseconds.
    ends: Option<i64>,
}

/// What is to be said about an account now. It counts as said from here on: of several processes, one is told to say it.
///
/// # Errors
/// `NotFound` when there is no such account; those of the database.
pub async fn reminder(shop: &Shop, account: &str) -> Result<Option<(Supplier, Need)>> {
    let row = super::row(shop, account).await?;
    let keychain = shop.ports().vault.state().await;
    let state = super::view(shop, row.clone(), keychain).await?.state;
    let supplier = row.supplier;
    let need = need(&row, state, shop.now());
    let key = format!("reminded/{account}");
    let news = shop
        .store()
        .write(move |tx| {
            let said: Option<Said> = settings::get(tx, &key)?
                .as_deref()
                .and_then(|text| serde_json::from_str(text).ok());
            let Some(need) = need else {
                // Nobody can know without a keychain; what was said is not forgotten for that.
                if said.is_some() && state != AccountState::KeychainUnavailable {
                    settings::set(tx, &key, None)?;
                }
                return Ok(false);
            };
            let now = saying(state, need);
            if said.is_some_and(|said| covers(&said, &now)) {
                return Ok(false);
            }
            settings::set(tx, &key, serde_json::to_string(&now).ok().as_deref())?;
            Ok(true)
        })
        .await?;
    Ok(need.filter(|_| news).map(|need| (supplier, need)))
}

/// What an account in this state needs its owner for.
pub(crate) fn need(row: &AccountRow, state: AccountState, now: Timestamp) -> Option<Need> {
    match state {
        AccountState::ReconnectNeeded => Some(Need::Reconnect),
        AccountState::Suspended => Some(Need::Suspended),
        AccountState::ConnectedExpiring => {
            let at = consent_ends(row)?;
            let left = at.duration_since(now);
            let days: &[i64] = match row.app_status {
                Some(AppStatus::Test) => &DAYS_IN_TEST,
                _ => &DAYS,
            };
            let reached = days
                .iter()
                .copied()
                .filter(|days| left <= SignedDuration::from_hours(days * 24));
            let days = reached.min()?;
            (left <= NOTICE).then_some(Need::ConsentEnds { days, at })
        }
        _ => None,
    }
}

fn saying(state: AccountState, need: Need) -> Said {
    match need {
        Need::ConsentEnds { days, at } => Said {
            state,
            days: Some(days),
            ends: Some(at.as_millisecond()),
        },
        Need::Reconnect | Need::Suspended => Said {
            state,
            days: None,
            ends: None,
        },
    }
}

/// Whether what was said makes saying `now` a repetition.
fn covers(said: &Said, now: &Said) -> bool {
    let same_end = match (said.ends, now.ends) {
        (Some(said), Some(now)) => {
            SignedDuration::from_millis(said.saturating_sub(now)).abs() < SAME_END
        }
        (said, now) => said == now,
    };
    let as_urgent = match (said.days, now.days) {
        (Some(said), Some(now)) => said <= now,
        (said, now) => said == now,
    };
    said.state == now.state && same_end && as_urgent
}
