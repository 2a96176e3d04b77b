//! Accounts as shown: who, in which state, until when.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Supplier, SyncReceipt};
use crate::error::ErrorView;

/// In which state a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Never connected, or disconnected.
    NotConnected,
    /// Tokens are good and renew themselves.
    Connected,
    /// Still good, but renewing fails or consent is due within seven days.
    ConnectedExpiring,
    /// The owner must connect again; the data is kept.
    ReconnectNeeded,
    /// CJ suspended API access.
    Suspended,
    /// The keychain cannot be read, so nobody knows.
    KeychainUnavailable,
}

/// Where the owner's AliExpress app stands at AliExpress, as the lifetimes of its tokens say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AppStatus {
    /// In test: a consent lasts two days.
    Test,
    /// Launched: a consent lasts sixty days.
    Online,
}

/// A day's points at CJ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Points {
    /// Spent since 00:00 UTC.
    #[ts(type = "number")]
    pub used: u64,
    /// Left to spend.
    #[ts(type = "number")]
    pub remaining: u64,
    /// The day's total.
    #[ts(type = "number")]
    pub total: u64,
}

/// One account with everything an owner asks about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountStatus {
    /// Whose API.
    pub supplier: Supplier,
    /// Our id of the account.
    pub account: String,
    /// Who we are connected as, or the owner's name for it.
    pub name: String,
    /// The state.
    pub state: AccountState,
    /// When the access token ends, as the supplier said.
    #[ts(type = "string | null")]
    pub access_expires_at: Option<Timestamp>,
    /// When the consent ends, as the supplier said; null when unknown.
    #[ts(type = "string | null")]
    pub refresh_expires_at: Option<Timestamp>,
    /// When SmartLinks renews by itself.
    #[ts(type = "string | null")]
    pub renews_at: Option<Timestamp>,
    /// The last call that worked.
    #[ts(type = "string | null")]
    pub last_success_at: Option<Timestamp>,
    /// The last thing that did not, until something works again.
    pub last_error: Option<ErrorView>,
    /// CJ: calls a second the account may make.
    pub qps: Option<f64>,
    /// CJ: the day's points as last heard.
    pub points: Option<Points>,
    /// Whether the keychain could keep the secrets; false means they last for this session only.
    pub kept: bool,
    /// AliExpress: whether the app is in test or launched; null when its tokens do not tell.
    pub app_status: Option<AppStatus>,
}

/// How much is in the catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CatalogCounts {
    /// Products, delisted ones too.
    #[ts(type = "number")]
    pub products: u64,
    /// Variants.
    #[ts(type = "number")]
    pub variants: u64,
}

/// Whether secrets can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeychainState {
    /// Secrets are in the operating system's keychain.
    Available,
    /// No keychain answers: secrets last for this session only.
    Unavailable,
}

/// Everything at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Status {
    /// Every account, connected or not.
    pub accounts: Vec<AccountStatus>,
    /// How much there is.
    pub catalog: CatalogCounts,
    /// The newest sync.
    pub last_sync: Option<SyncReceipt>,
    /// Whether secrets can be kept.
    pub keychain: KeychainState,
    /// Whether this is practice: suppliers simulated on this computer.
    pub practice: bool,
}

/// What the pasted text was recognised as, before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Recognised {
    /// `CJ<number>@api@<32 hex>`.
    ApiKey {
        /// The part before `@api@`.
        client_id: String,
        /// The part after it, masked.
        client_secret_masked: String,
    },
    /// A client id with its secret.
    ClientPair {
        /// The id.
        client_id: String,
        /// The secret, masked.
        client_secret_masked: String,
    },
    /// One half only, or nothing known.
    Incomplete {
        /// What is missing: `secret`, `client_id`, `end_of_key`, `both`.
        missing: String,
    },
}

/// Which way CJ accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CjWay {
    /// The documented exchange of an API key.
    ApiKey,
    /// The owner's client-credentials endpoint.
    #[serde(rename = "oauth2")]
    OAuth2,
}

/// One tick of a connection test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Step {
    /// CJ: `reach`, `exchange_api_key`, `exchange_oauth2`, `who`, `limits`. AliExpress: `reach`, `clock`, `app`, `who`,
    /// `benefits`.
    pub step: String,
    /// Whether it worked.
    pub ok: bool,
    /// What was found, or the supplier's reason; no secrets.
    pub detail: String,
}

/// A CJ account as connected or tested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CjConnection {
    /// Always `cj`.
    pub supplier: Supplier,
    /// Our id of the account.
    pub account: String,
    /// CJ's `openName`.
    pub name: String,
    /// Which way worked.
    pub way: CjWay,
    /// Every step, in order.
    pub steps: Vec<Step>,
    /// When the access token ends.
    #[ts(type = "string | null")]
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token ends.
    #[ts(type = "string | null")]
    pub refresh_expires_at: Option<Timestamp>,
    /// Calls a second.
    pub qps: Option<f64>,
    /// The day's points, if CJ said.
    pub points: Option<Points>,
}

/// An AliExpress account as tested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AliexpressConnection {
    /// Always `aliexpress`.
    pub supplier: Supplier,
    /// Our id of the account.
    pub account: String,
    /// Who consented.
    pub name: String,
    /// Every step, in order.
    pub steps: Vec<Step>,
    /// When the access token ends.
    #[ts(type = "string | null")]
    pub access_expires_at: Option<Timestamp>,
    /// When the consent ends.
    #[ts(type = "string | null")]
    pub refresh_expires_at: Option<Timestamp>,
    /// Whether the app is in test or launched; null when its tokens do not tell.
    pub app_status: Option<AppStatus>,
}

/// How the answer of the authorize page will be caught, decided by the registered callback address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// A listener on this computer.
    Loopback,
    /// The operating system hands `app.smartlinks.desktop:/…` to the program.
    DeepLink,
    /// An https address: the bridge page forwards, or the owner pastes the address.
    Bridge,
}

/// The owner's AliExpress app as configured; the secret is only said to exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AliexpressApp {
    /// Our id of the account.
    pub account: String,
    /// The App Key.
    pub app_key: String,
    /// The registered callback address, byte for byte.
    pub callback_url: String,
    /// How its answer is caught.
    pub door: Door,
    /// Whether the App Secret is in the keychain.
    pub secret_stored: bool,
    /// When the gateway last said that the pair is right.
    #[ts(type = "string | null")]
    pub checked_at: Option<Timestamp>,
}

/// An authorization that waits for its redirect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attempt {
    /// The account it is for.
    pub account: String,
    /// Where the owner consents.
    pub authorize_url: String,
    /// How the answer is caught.
    pub door: Door,
    /// When it ends by itself.
    #[ts(type = "string")]
    pub expires_at: Timestamp,
}
