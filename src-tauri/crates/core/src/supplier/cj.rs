//! CJ: clients at the account's pace, its errors in our words.

use std::sync::{Arc, Mutex, PoisonError};

use ::cj::{Class, Client, Session};
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::{Pair, later};
use crate::error::{Code, Error, Result, SupplierSaid};
use crate::shop::Shop;
use crate::store::accounts::AccountRow;
use crate::store::paces;
use crate::sync::budget::{SharedPace, Spent};
use crate::tokens;
use crate::vault::{Entry, Kind};
use crate::views::{CjWay, Supplier};

/// CJ takes the same key once in five minutes (its authentication page; HTTP 429 otherwise).
const GUARD: SignedDuration = SignedDuration::from_mins(5);

/// How often in a row a refused token is renewed: twice, because CJ may answer a refresh with the very pair it just refused.
const RENEWALS: u32 = 2;

/// A client that keeps the pace of `account` and counts into `spent`.
pub(crate) fn client(shop: &Shop, account: &str, spent: Arc<Spent>) -> Client {
    Client::new(
        shop.http(),
        shop.ports().base_urls.cj.clone(),
        SharedPace::new(shop, account, spent),
    )
}

/// The way to CJ for one account: a session with a good token, renewed when CJ refuses it all the same.
///
/// A caller loops: take a [`Line::session`], call, hand the answer to [`Line::answered`], until that gives the value.
/// (Closures over sessions would read better, but their futures cannot be spawned: rust-lang/rust#110338.)
pub(crate) struct Line {
    shop: Shop,
    account: String,
    spent: Arc<Spent>,
    /// The token as last seen, shared by the lines of a run.
    kept: Arc<Mutex<Option<SecretString>>>,
    /// The one the call in flight was made with.
    used: Option<SecretString>,
    renewed: u32,
    notes: bool,
}

impl Line {
    /// A line for single calls; how they end is noted with the account.
    pub(crate) fn new(shop: &Shop, account: &str) -> Self {
        Self {
            shop: shop.clone(),
            account: account.to_owned(),
            spent: Arc::default(),
            kept: Arc::default(),
            used: None,
            renewed: 0,
            notes: true,
        }
    }

    /// A line for a run of many calls; the run itself notes how it ends.
    pub(crate) fn of_run(shop: &Shop, account: &str) -> Self {
        Self {
            notes: false,
            ..Self::new(shop, account)
        }
    }

    /// Another line beside this one, counted into `spent`. They share the token.
    pub(crate) fn counting(&self, spent: &Arc<Spent>) -> Self {
        Self {
            spent: Arc::clone(spent),
            kept: Arc::clone(&self.kept),
            notes: self.notes,
            ..Self::new(&self.shop, &self.account)
        }
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Option<SecretString>> {
        // A panic elsewhere leaves a token behind, or none.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session with a good token.
    pub(crate) async fn session(&mut self) -> Result<Session> {
        let kept = self.kept().clone();
        let token = match kept {
            Some(token) => token,
            None => tokens::access(&self.shop, &self.account).await?,
        };
        *self.kept() = Some(token.clone());
        self.used = Some(token.clone());
        Ok(client(&self.shop, &self.account, Arc::clone(&self.spent)).session(token))
    }

    /// Renews the token the last call was made with, unless somebody just did.
    async fn renew(&mut self) -> Result<()> {
        if let Some(refused) = self.used.take() {
            // Whoever calls meanwhile, or after a renewal that failed, asks for a good one.
            let same = |kept: &mut SecretString| kept.expose_secret() == refused.expose_secret();
            self.kept().take_if(same);
            let fresh = tokens::renew(&self.shop, &self.account, &refused).await?;
            *self.kept() = Some(fresh);
        }
        Ok(())
    }

    /// What an answer means: the value, or `None` when the call is to be made again with the token just renewed.
    pub(crate) async fn answered<T>(&mut self, answer: ::cj::Result<T>) -> Result<Option<T>> {
        let outcome = match answer {
            Err(error) if error.class == Class::Token && self.renewed < RENEWALS => {
                self.renew().await?;
                // Only now: a renewal that met a bad line has not been tried.
                self.renewed += 1;
                return Ok(None);
            }
            Ok(value) => Ok(value),
            Err(error) => Err(refused(&self.shop, error)),
        };
        self.renewed = 0;
        if self.notes {
            tokens::note(&self.shop, &self.account, outcome.as_ref().err()).await?;
        }
        outcome.map(Some)
    }
}

/// Their error as ours.
pub(crate) fn refused(shop: &Shop, error: ::cj::Error) -> Error {
    let code = match error.class {
        Class::Key => Code::WrongKey,
        Class::Token | Class::RefreshToken => Code::ReconnectNeeded,
        Class::Permission => Code::PermissionMissing,
        Class::Suspended => Code::Suspended,
        Class::Param | Class::Balance | Class::Duplicate | Class::Refused => Code::SupplierRefused,
        Class::NotFound | Class::OffShelf => Code::NotFound,
        Class::Rate => Code::RateLimited,
        Class::Points | Class::Quota => Code::QuotaSpent,
        Class::Server => Code::SupplierDown,
        Class::Network => Code::Network,
        Class::Answer => Code::SupplierAnswer,
    };
    let wait = error.retry_after;
    let ours = Error::new(code, format!("CJ: {error}")).said(SupplierSaid {
        code: error.code.map(|code| code.to_string()),
        message: Some(error.message),
        request_id: error.request_id,
    });
    match later(shop.now(), wait) {
        Some(at) => ours.retry_at(at),
        None => ours,
    }
}

/// Their tokens as ours. CJ's key buys new ones, so the refresh token is a convenience.
pub(crate) fn pair(shop: &Shop, tokens: &::cj::Tokens) -> Pair {
    Pair {
        access: tokens.access_token.clone(),
        refresh: tokens.refresh_token.clone(),
        access_expires_at: tokens.access_expiry(shop.now()),
        refresh_expires_at: tokens.refresh_expires_at,
        refreshable: tokens.refresh_token.is_some(),
        app_status: None,
    }
}

/// Renews: by the refresh token, or by the key when CJ no longer takes that.
pub(crate) async fn renew(
    shop: &Shop,
    row: &AccountRow,
    refresh: Option<SecretString>,
) -> Result<Pair> {
    let client = client(shop, &row.id, Arc::default());
    if let Some(refresh) = refresh {
        match client.refresh(&refresh).await {
            Ok(tokens) => return Ok(pair(shop, &tokens)),
            Err(error) if error.class == Class::RefreshToken => {}
            Err(error) => return Err(refused(shop, error)),
        }
    }
    let entry = Entry::new(Supplier::Cj, &row.id, Kind::ApiKey);
    let key = shop.ports().vault.get(&entry).await?;
    let key =
        key.ok_or_else(|| Error::new(Code::ReconnectNeeded, "the CJ key is not in the keychain"))?;
    let tokens = match row.way {
        Some(CjWay::OAuth2) => exchange_pair(&client, &key).await,
        _ => {
            guard(shop, &key).await?;
            client.exchange_api_key(&key).await
        }
    };
    let tokens = tokens.map_err(|error| refused(shop, error))?;
    Ok(pair(shop, &tokens))
}

/// The owner's client-credentials endpoint, with the two halves of the stored key.
pub(crate) async fn exchange_pair(
    client: &Client,
    key: &SecretString,
) -> ::cj::Result<::cj::Tokens> {
    match key.expose_secret().split_once("@api@") {
        Some((id, secret)) => {
            client
                .exchange_client_credentials(id, &SecretString::from(secret))
                .await
        }
        None => Err(::cj::Error::new(Class::Key, "the key has no two halves")),
    }
}

/// Lets a key through once in five minutes, across restarts. Only a hash of it is remembered.
pub(crate) async fn guard(shop: &Shop, key: &SecretString) -> Result<()> {
    let hash = Sha256::digest(key.expose_secret().as_bytes()).to_vec();
    let now = shop.now();
    let tried = shop
        .store()
        .write(move |tx| {
            let tried = paces::key_tried(tx, &hash)?.filter(|at| now.duration_since(*at) < GUARD);
            if tried.is_none() {
                paces::note_key_try(tx, &hash, now)?;
            }
            Ok(tried)
        })
        .await?;
    match tried.and_then(|at| at.checked_add(GUARD).ok()) {
        None => Ok(()),
        Some(again) => Err(Error::new(
            Code::TooSoon,
            "this key was sent to CJ less than five minutes ago",
        )
        .retry_at(again)),
    }
}
