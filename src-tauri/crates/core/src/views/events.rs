//! What the core tells its hosts while it works. Never a secret: a code that arrived is shown masked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Alert, ExportReceipt, Published, Step, Supplier, SyncReceipt};
use crate::error::ErrorView;

/// Where an authorization is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AuthorizationPhase {
    /// The browser is open, nothing came yet.
    Waiting,
    /// A redirect with a code came in.
    Received,
    /// It belongs to this attempt.
    Verified,
    /// The code is being exchanged.
    Exchanging,
    /// Connected.
    Connected,
    /// A hit that is not ours came in; the attempt goes on.
    Ignored,
    /// Over without a connection.
    Failed,
}

/// Something a host may want to show at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Where to consent.
    AuthorizeUrl {
        /// The address.
        url: String,
    },
    /// An authorization moved on.
    Authorization {
        /// Of which account.
        account: String,
        /// Where it is.
        phase: AuthorizationPhase,
        /// The code as far as it may be shown, once one came.
        code_masked: Option<String>,
        /// Why it failed or was ignored.
        error: Option<ErrorView>,
    },
    /// One tick of connecting or testing.
    ConnectStep {
        /// Whose.
        supplier: Supplier,
        /// Of which account; null while it has none.
        account: Option<String>,
        /// The tick.
        step: Step,
    },
    /// A sync moved on.
    Progress {
        /// Steps done.
        #[ts(type = "number")]
        done: u64,
        /// All steps, once known.
        #[ts(type = "number | null")]
        total: Option<u64>,
        /// Seconds left at the present pace.
        #[ts(type = "number | null")]
        eta_s: Option<u64>,
        /// The run as it stands.
        receipt: SyncReceipt,
    },
    /// A sync ended, paused or was stopped.
    SyncEnded {
        /// The receipt.
        receipt: SyncReceipt,
    },
    /// Waiting because a supplier or a guard says so.
    Waiting {
        /// Whose.
        supplier: Supplier,
        /// Until when.
        #[ts(type = "string")]
        until: Timestamp,
        /// Why.
        error: ErrorView,
    },
    /// Something about an account changed: ask for the status again.
    AccountChanged {
        /// Whose.
        supplier: Supplier,
        /// Which.
        account: String,
    },
    /// A publish moved on.
    Publishing {
        /// Where to: `user@host:5432/database`.
        target: String,
        /// Products sent.
        #[ts(type = "number")]
        done: u64,
        /// All there are to send.
        #[ts(type = "number")]
        total: u64,
    },
    /// A publish ended: with what it did, or with the reason why it did not come to its end.
    PublishEnded {
        /// What it did.
        published: Option<Published>,
        /// Why it did not.
        error: Option<ErrorView>,
    },
    /// The program that deploys a function said something.
    Deploying {
        /// Which function.
        function: String,
        /// One line, without colours and secrets.
        line: String,
    },
    /// Orders changed: ask again.
    OrdersChanged,
    /// What changed met the owner's rules.
    Alerts {
        /// How many new alerts there are.
        #[ts(type = "number")]
        count: u64,
        /// The first few of them.
        first: Vec<Alert>,
    },
    /// An export moved on.
    ExportProgress {
        /// Products done.
        #[ts(type = "number")]
        done: u64,
        /// All products of the selection.
        #[ts(type = "number")]
        total: u64,
        /// Rows written.
        #[ts(type = "number")]
        rows: u64,
        /// Seconds left at the present pace.
        #[ts(type = "number | null")]
        eta_s: Option<u64>,
    },
    /// An export ended: with its receipt, or with the reason why there is no file.
    ExportEnded {
        /// What came of it.
        receipt: Option<ExportReceipt>,
        /// Why nothing did.
        error: Option<ErrorView>,
    },
}
