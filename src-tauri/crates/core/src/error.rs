//! The one error of the core: a closed code, what the supplier said, and whether waiting helps.
//!
//! Hosts branch on [`Code`] only. The sentences an owner reads come from `words`, by code and language; `message` is the
//! technical line for "Details" and for support, in English, free of secrets.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Shorthand for everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, as a closed list: one code for each thing an owner can do something different about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// A mistake of ours: nothing the owner can mend.
    Unexpected,
    /// An argument or a pasted text that is not of the form asked for.
    BadInput,
    /// Nothing of that name here (a product, an order, an account, a run).
    NotFound,
    /// The account was never connected, or was disconnected.
    NotConnected,
    /// The supplier no longer takes our tokens and renewing cannot help: the owner must consent again.
    ReconnectNeeded,
    /// CJ suspended API access after 30 days without a purchase; the owner re-activates it on CJ's API page.
    Suspended,
    /// The key (CJ API key, AliExpress App Key) is not known to the supplier.
    WrongKey,
    /// The key is known, the secret beside it is wrong.
    WrongSecret,
    /// The owner said no on the consent page.
    ConsentDenied,
    /// The redirect does not belong to the attempt that waits.
    WrongState,
    /// The redirect carries no code.
    MissingCode,
    /// The attempt is over: five minutes passed, it was cancelled, or a newer one started.
    AttemptExpired,
    /// A redirect came while no attempt waits for one.
    NoAttempt,
    /// The supplier refused the code: older than three minutes, used before, or of another app.
    CodeRefused,
    /// The app or account lacks the permission for this call.
    PermissionMissing,
    /// The supplier refused the request for a reason of its own.
    SupplierRefused,
    /// This computer's clock is too far from the supplier's.
    ClockSkew,
    /// No connection to the supplier.
    Network,
    /// The supplier answers, but with failures.
    SupplierDown,
    /// The supplier's answer is not of a shape we know.
    SupplierAnswer,
    /// The operating system's keychain is missing or locked.
    KeychainUnavailable,
    /// Too many calls: the supplier names a time to wait.
    RateLimited,
    /// The day's quota or points are spent.
    QuotaSpent,
    /// The same key was tried less than five minutes ago; CJ would refuse it.
    TooSoon,
    /// Another program listens on the port of the callback address.
    PortTaken,
    /// The system keeps the port of the callback address for itself.
    PortReserved,
    /// The database file is damaged.
    DatabaseCorrupt,
    /// The database was written by a newer SmartLinks.
    DatabaseNewer,
    /// No room or no right to write on the disk.
    Disk,
    /// The desktop shows no icons beside the clock.
    NoTray,
    /// There is no screen to open the window on.
    NoDisplay,
    /// No database or project of the shop is connected.
    ShopNotConnected,
    /// The shop's database refuses the user or the password.
    ShopLogin,
    /// The shop's database knows the role, but it may not do what publishing needs.
    ShopRights,
    /// No encrypted connection to the shop that can be trusted.
    ShopTls,
    /// The shop's schema was made by a newer SmartLinks.
    ShopSchemaNewer,
    /// Another SmartLinks is publishing the same account right now.
    ShopBusy,
    /// The shop's database or Supabase does not answer, or the line was cut.
    ShopUnreachable,
    /// The shop's database has no room, or takes no writing.
    ShopFull,
    /// Supabase refuses the access token.
    ShopToken,
    /// The shop answered something publishing cannot go on with.
    ShopAnswer,
    /// The `supabase` program ended with a failure.
    ShopTool,
    /// Stopped by the owner; it can be continued.
    Interrupted,
    /// Stopped by the owner; nothing was kept of it.
    Stopped,
}

impl Code {
    /// Every code once, for tests and generated files.
    pub const ALL: [Self; 44] = [
        Self::Unexpected,
        Self::BadInput,
        Self::NotFound,
        Self::NotConnected,
        Self::ReconnectNeeded,
        Self::Suspended,
        Self::WrongKey,
        Self::WrongSecret,
        Self::ConsentDenied,
        Self::WrongState,
        Self::MissingCode,
        Self::AttemptExpired,
        Self::NoAttempt,
        Self::CodeRefused,
        Self::PermissionMissing,
        Self::SupplierRefused,
        Self::ClockSkew,
        Self::Network,
        Self::SupplierDown,
        Self::SupplierAnswer,
        Self::KeychainUnavailable,
        Self::RateLimited,
        Self::QuotaSpent,
        Self::TooSoon,
        Self::PortTaken,
        Self::PortReserved,
        Self::DatabaseCorrupt,
        Self::DatabaseNewer,
        Self::Disk,
        Self::NoTray,
        Self::NoDisplay,
        Self::ShopNotConnected,
        Self::ShopLogin,
        Self::ShopRights,
        Self::ShopTls,
        Self::ShopSchemaNewer,
        Self::ShopBusy,
        Self::ShopUnreachable,
        Self::ShopFull,
        Self::ShopToken,
        Self::ShopAnswer,
        Self::ShopTool,
        Self::Interrupted,
        Self::Stopped,
    ];

    /// The code as written on the wire and in the words files: `wrong_key`.
    #[must_use]
    pub fn key(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(key)) => key,
            _ => String::from("unexpected"),
        }
    }

    /// Whether trying the same thing again later can succeed without the owner changing anything.
    #[must_use]
    pub fn retry_helps(self) -> bool {
        matches!(
            self,
            Self::Network
                | Self::SupplierDown
                | Self::SupplierAnswer
                | Self::RateLimited
                | Self::QuotaSpent
                | Self::TooSoon
                | Self::ShopBusy
                | Self::ShopUnreachable
                | Self::Interrupted
        )
    }
}

/// Anything that went wrong in the core.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// Which kind of trouble.
    pub code: Code,
    /// One technical line in English, without secrets.
    pub message: String,
    /// When trying again makes sense, if the supplier or a guard named a time.
    pub retry_at: Option<Timestamp>,
    /// What the supplier said, for "Details".
    pub supplier: Option<Box<SupplierSaid>>,
    /// `ClockSkew`: seconds this computer's clock is ahead of the supplier's, behind when negative, if that was measured.
    pub clock_ahead_s: Option<i64>,
}

/// The supplier's own words about a refusal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupplierSaid {
    /// The supplier's code, as text.
    pub code: Option<String>,
    /// The supplier's sentence.
    pub message: Option<String>,
    /// The id support asks for.
    pub request_id: Option<String>,
}

/// An error as kept with an account or a run, and as sent to the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ErrorView {
    /// Which kind of trouble.
    pub code: Code,
    /// The technical line.
    pub message: String,
    /// When trying again makes sense.
    #[ts(type = "string | null")]
    pub retry_at: Option<Timestamp>,
    /// What the supplier said.
    pub supplier: Option<SupplierSaid>,
    /// `clock_skew`: seconds this computer's clock is ahead of the supplier's, behind when negative; absent if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub clock_ahead_s: Option<i64>,
}

impl Error {
    /// An error of `code` with a technical line.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retry_at: None,
            supplier: None,
            clock_ahead_s: None,
        }
    }

    /// The same, with the time from which a retry makes sense.
    #[must_use]
    pub fn retry_at(mut self, at: Timestamp) -> Self {
        self.retry_at = Some(at);
        self
    }

    /// The same, with the supplier's own words.
    #[must_use]
    pub fn said(mut self, said: SupplierSaid) -> Self {
        self.supplier = Some(Box::new(said));
        self
    }

    /// The error as a value that can be stored and sent.
    #[must_use]
    pub fn view(&self) -> ErrorView {
        ErrorView {
            code: self.code,
            message: self.message.clone(),
            retry_at: self.retry_at,
            supplier: self.supplier.as_deref().cloned(),
            clock_ahead_s: self.clock_ahead_s,
        }
    }
}
