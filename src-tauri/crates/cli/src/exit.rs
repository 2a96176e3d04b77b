//! Exit statuses: the one table from what went wrong to the number a script sees.

use smartlinks_core::Code;
use smartlinks_core::views::{RunState, SyncReceipt};

/// Done.
pub const DONE: u8 = 0;
/// A bad argument, hostile or malformed input.
pub const USAGE: u8 = 2;
/// Refused by the supplier, or by the check of the redirect; some items of an import did not come.
pub const REFUSED: u8 = 4;
/// Paused by a quota or a ban; the time it continues is told.
pub const PAUSED: u8 = 7;
/// Stopped by the owner; it can be continued.
pub const INTERRUPTED: u8 = 130;

/// The exit status of a failure.
#[must_use]
pub fn status(code: Code) -> u8 {
    match code {
        Code::Unexpected => 1,
        Code::BadInput => USAGE,
        Code::NotConnected | Code::ReconnectNeeded | Code::Suspended | Code::ShopNotConnected => 3,
        Code::NotFound
        | Code::WrongKey
        | Code::WrongSecret
        | Code::ConsentDenied
        | Code::WrongState
        | Code::MissingCode
        | Code::AttemptExpired
        | Code::NoAttempt
        | Code::CodeRefused
        | Code::PermissionMissing
        | Code::SupplierRefused
        | Code::ClockSkew
        | Code::ShopLogin
        | Code::ShopRights
        | Code::ShopTls
        | Code::ShopSchemaNewer
        | Code::ShopFull
        | Code::ShopToken
        | Code::ShopTool => REFUSED,
        Code::Network
        | Code::SupplierDown
        | Code::SupplierAnswer
        | Code::ShopUnreachable
        | Code::ShopAnswer => 5,
        Code::KeychainUnavailable => 6,
        Code::RateLimited | Code::QuotaSpent | Code::TooSoon | Code::ShopBusy => PAUSED,
        Code::PortTaken
        | Code::PortReserved
        | Code::DatabaseCorrupt
        | Code::DatabaseNewer
        | Code::Disk
        | Code::NoTray
        | Code::NoDisplay => 8,
        Code::Interrupted | Code::Stopped => INTERRUPTED,
    }
}

/// The exit status of a sync, by how its run stands.
#[must_use]
pub fn of_run(receipt: &SyncReceipt) -> u8 {
    let why = receipt.error.as_ref().map(|error| error.code);
    match receipt.state {
        RunState::Done => DONE,
        RunState::Paused => PAUSED,
        // Still at work when we leave it: as good as stopped for who started it.
        RunState::Interrupted | RunState::Running => why.map_or(INTERRUPTED, status),
        RunState::Failed => why.map_or(1, status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_can_tell_failures_apart_by_the_documented_numbers() {
        // Written out a second time on purpose: a number that changes breaks somebody's script.
        let documented = [
            (1, "unexpected"),
            (2, "bad_input"),
            (
                3,
                "not_connected reconnect_needed suspended shop_not_connected",
            ),
            (
                4,
                "wrong_key wrong_secret consent_denied wrong_state missing_code attempt_expired no_attempt code_refused \
                 permission_missing supplier_refused not_found clock_skew shop_login shop_rights shop_tls \
                 shop_schema_newer shop_full shop_token shop_tool",
            ),
            (
                5,
                "network supplier_down supplier_answer shop_unreachable shop_answer",
            ),
            (6, "keychain_unavailable"),
            (7, "rate_limited quota_spent too_soon shop_busy"),
            (
                8,
                "disk database_corrupt database_newer port_taken port_reserved no_tray no_display",
            ),
            (130, "interrupted stopped"),
        ];
        let mut told = 0;
        for (number, keys) in documented {
            for key in keys.split_whitespace() {
                let code = Code::ALL.into_iter().find(|code| code.key() == key);
                assert_eq!(code.map(status), Some(number), "{key}");
                told += 1;
            }
        }
        assert_eq!(
            told,
            Code::ALL.len(),
            "every code has its documented number"
        );
    }
}
