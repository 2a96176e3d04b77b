//! AliExpress: the owner's app, its errors in our words, its products and orders in our shape.

use std::sync::Arc;

use aliexpress::{App, Class, Client, Session};
use secrecy::SecretString;

use super::{Pair, later};
use crate::error::{Code, Error, Result, SupplierSaid};
use crate::shop::Shop;
use crate::store::accounts::AccountRow;
use crate::store::bans;
use crate::sync::budget::{SHORT_BAN, Spent, aliexpress_turn};
use crate::tokens;
use crate::vault::{Entry, Kind};
use crate::views::{AppStatus, Event, Supplier};

/// A client for an app that is being tried: nothing of it is stored yet.
pub(crate) fn client(shop: &Shop, key: &str, secret: SecretString) -> Client {
    let clock = Arc::clone(&shop.ports().clock);
    Client::new(
        shop.http(),
        shop.ports().base_urls.aliexpress.clone(),
        App {
            key: key.to_owned(),
            secret,
        },
        Arc::new(move || clock.now()),
    )
}

/// The client of a configured account.
pub(crate) async fn client_of(shop: &Shop, account: &AccountRow) -> Result<Client> {
    let missing = || {
        Error::new(
            Code::NotConnected,
            "no App Key and App Secret are configured",
        )
    };
    let key = account.client_id.as_deref().ok_or_else(missing)?;
    let entry = Entry::new(Supplier::Aliexpress, &account.id, Kind::AppSecret);
    let secret = shop.ports().vault.get(&entry).await?.ok_or_else(missing)?;
    Ok(client(shop, key, secret))
}

/// How often a short ban is waited out before the caller is told.
const WAITS: u32 = 6;

/// The way to AliExpress for one method and account: a session with a good token, renewed once when AliExpress refuses it all
/// the same. Used like CJ's line: session, call, [`Line::answered`], until that gives the value.
pub(crate) struct Line {
    shop: Shop,
    account: String,
    method: String,
    spent: Arc<Spent>,
    client: Client,
    token: Option<SecretString>,
    renewed: bool,
    waited: u32,
}

impl Line {
    /// A line for an account and method, once it is this call's turn; how calls end is noted with the account.
    ///
    /// # Errors
    /// `RateLimited` while the gateway bans the app from the method: it is not called then.
    pub(crate) async fn new(shop: &Shop, account: &AccountRow, method: &str) -> Result<Self> {
        Self::of_run(shop, account, method, Arc::default()).await
    }

    /// The same for a run of many calls, which are counted into `spent`.
    pub(crate) async fn of_run(
        shop: &Shop,
        account: &AccountRow,
        method: &str,
        spent: Arc<Spent>,
    ) -> Result<Self> {
        let client = client_of(shop, account).await?;
        aliexpress_turn(shop, &account.id, method).await?;
        Ok(Self {
            shop: shop.clone(),
            account: account.id.clone(),
            method: method.to_owned(),
            spent,
            client,
            token: None,
            renewed: false,
            waited: 0,
        })
    }

    /// A session with a good token, for one call.
    pub(crate) async fn session(&mut self) -> Result<Session> {
        let token = match self.token.take() {
            Some(token) => token,
            None => tokens::access(&self.shop, &self.account).await?,
        };
        self.token = Some(token.clone());
        self.spent.call();
        Ok(self.client.session(token))
    }

    /// What an answer means: the value, or `None` when the call is to be made again, with the token just renewed or after a
    /// short ban.
    pub(crate) async fn answered<T>(&mut self, answer: aliexpress::Result<T>) -> Result<Option<T>> {
        let outcome = match answer {
            Err(error) if error.class == Class::Token && !self.renewed => {
                if let Some(refused) = self.token.take() {
                    self.token = Some(tokens::renew(&self.shop, &self.account, &refused).await?);
                }
                // Only now: a renewal that met a bad line has not been tried.
                self.renewed = true;
                return Ok(None);
            }
            Ok(value) => Ok(value),
            Err(error) => Err(refused(&self.shop, error)),
        };
        if let Err(error) = &outcome
            && self.waited_out(error).await?
        {
            return Ok(None);
        }
        tokens::note(&self.shop, &self.account, outcome.as_ref().err()).await?;
        outcome.map(Some)
    }
}

impl Line {
    /// Notes a ban for everybody; waits when it is a short one. True when the call is worth another try.
    async fn waited_out(&mut self, error: &Error) -> Result<bool> {
        let banned = error.code == Code::RateLimited;
        let Some(until) = error.retry_at.filter(|_| banned) else {
            return Ok(false);
        };
        let (account, method) = (self.account.clone(), self.method.clone());
        self.shop
            .store()
            .write(move |tx| bans::put(tx, &account, &method, until))
            .await?;
        if until.duration_since(self.shop.now()) > SHORT_BAN || self.waited >= WAITS {
            return Ok(false);
        }
        self.waited += 1;
        self.shop.tell(Event::Waiting {
            supplier: Supplier::Aliexpress,
            until,
            error: error.view(),
        });
        aliexpress_turn(&self.shop, &self.account, &self.method).await?;
        Ok(true)
    }
}

/// Their error as ours.
pub(crate) fn refused(shop: &Shop, error: aliexpress::Error) -> Error {
    let code = match error.class {
        Class::Key => Code::WrongKey,
        Class::Signature => Code::WrongSecret,
        Class::Code => Code::CodeRefused,
        Class::Token | Class::RefreshToken => Code::ReconnectNeeded,
        Class::Permission => Code::PermissionMissing,
        Class::Param => Code::SupplierRefused,
        Class::NotFound => Code::NotFound,
        Class::Rate => Code::RateLimited,
        Class::Quota => Code::QuotaSpent,
        Class::Clock => Code::ClockSkew,
        Class::Server => Code::SupplierDown,
        Class::Network => Code::Network,
        Class::Answer => Code::SupplierAnswer,
    };
    let mut ours = Error::new(code, format!("AliExpress: {error}")).said(SupplierSaid {
        code: error.code,
        message: Some(error.message),
        request_id: error.request_id,
    });
    ours.clock_ahead_s = error.clock_ahead.map(|ahead| ahead.as_secs());
    match later(shop.now(), error.retry_after) {
        Some(at) => ours.retry_at(at),
        None => ours,
    }
}

/// Their tokens as ours.
pub(crate) fn pair(tokens: &aliexpress::Tokens) -> Pair {
    Pair {
        access: tokens.access_token.clone(),
        refresh: tokens.refresh_token.clone(),
        access_expires_at: tokens.access_expires_at,
        refresh_expires_at: tokens.refresh_expires_at,
        refreshable: tokens.refreshable,
        app_status: tokens.app_status().map(|status| match status {
            aliexpress::AppStatus::Test => AppStatus::Test,
            aliexpress::AppStatus::Online => AppStatus::Online,
        }),
    }
}
