//! Asking AliExpress whether a connection is alive, and saying step by step how far that went.
//!
//! `aliexpress.ds.member.benefit.get` takes nothing, costs nothing and needs a living token. Not for consenting: that is
//! `authorization`.

use ::aliexpress::{Benefit, method};

use super::steps::Steps;
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::accounts::{AccountRow, Standing};
use crate::supplier::aliexpress::Line;
use crate::views::{AliexpressConnection, Supplier};

/// The gateway's checks in the order it makes them: reached, the time, the app's key and secret, the owner's consent, the right
/// to the call.
const CHECKS: [&str; 5] = ["reach", "clock", "app", "who", "benefits"];

/// Asks AliExpress with the stored tokens; they are renewed first if they are due.
///
/// # Errors
/// `NotConnected`, `ReconnectNeeded`, `ClockSkew` with how far the clock is off, or what else AliExpress answered.
pub async fn test(shop: &Shop, account: Option<&str>) -> Result<AliexpressConnection> {
    let row = super::pick(shop, Supplier::Aliexpress, account).await?;
    if row.standing == Standing::NotConnected {
        return Err(Error::new(
            Code::NotConnected,
            "AliExpress is not connected",
        ));
    }
    let mut steps = Steps::new(shop, Supplier::Aliexpress, &row.id);
    let benefits = match benefits(shop, &row).await {
        Ok(benefits) => benefits,
        Err(error) => {
            for check in passed_before(&error) {
                steps.tick(check, true, "");
            }
            if let Some(check) = failed_at(&error) {
                steps.tick(check, false, error.message.clone());
            }
            return Err(error);
        }
    };
    // Renewing may have moved the dates meanwhile.
    let now = super::row(shop, &row.id).await?;
    for check in CHECKS {
        let detail = match check {
            "who" => now.name.clone(),
            "benefits" => had(&benefits),
            _ => String::new(),
        };
        steps.tick(check, true, detail);
    }
    shop.tell_account(Supplier::Aliexpress, &row.id);
    let steps = steps.steps;
    Ok(AliexpressConnection {
        supplier: Supplier::Aliexpress,
        account: now.id,
        name: now.name,
        steps,
        access_expires_at: now.access_expires_at,
        refresh_expires_at: now.refresh_expires_at,
        app_status: now.app_status,
    })
}

async fn benefits(shop: &Shop, row: &AccountRow) -> Result<Vec<Benefit>> {
    let mut line = Line::new(shop, row, method::MEMBER_BENEFIT).await?;
    loop {
        let answer = line.session().await?.member_benefit().await;
        if let Some(benefits) = line.answered(answer).await? {
            return Ok(benefits);
        }
    }
}

fn had(benefits: &[Benefit]) -> String {
    let codes: Vec<&str> = benefits
        .iter()
        .filter(|benefit| benefit.has_it)
        .map(|benefit| benefit.code.as_str())
        .collect();
    codes.join(", ")
}

/// The check an error failed at; none when nothing was asked of the gateway.
fn failed_at(error: &Error) -> Option<&'static str> {
    Some(match error.code {
        Code::Network | Code::SupplierDown | Code::SupplierAnswer => "reach",
        Code::ClockSkew => "clock",
        Code::WrongKey | Code::WrongSecret => "app",
        Code::ReconnectNeeded => "who",
        Code::PermissionMissing
        | Code::SupplierRefused
        | Code::NotFound
        | Code::RateLimited
        | Code::QuotaSpent => "benefits",
        _ => return None,
    })
}

/// What the gateway had passed before it came to the check that failed.
fn passed_before(error: &Error) -> &'static [&'static str] {
    // Without an answer of the supplier nothing is known to have passed: no call may have been made at all.
    let failed = failed_at(error).filter(|_| error.supplier.is_some());
    let passed = failed.and_then(|step| CHECKS.iter().position(|check| *check == step));
    CHECKS.get(..passed.unwrap_or(0)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::SupplierSaid;

    #[test]
    fn a_failed_test_shows_how_far_the_gateway_went() {
        for (code, passed) in [
            (Code::Network, 0),
            (Code::ClockSkew, 1),
            (Code::WrongSecret, 2),
            (Code::ReconnectNeeded, 3),
            (Code::PermissionMissing, 4),
        ] {
            let error = Error::new(code, "x").said(SupplierSaid::default());
            assert_eq!(passed_before(&error).len(), passed, "{code:?}");
            assert_eq!(failed_at(&error), Some(CHECKS[passed]), "{code:?}");
        }
        let never_asked = Error::new(Code::ReconnectNeeded, "no token in the keychain");
        assert!(passed_before(&never_asked).is_empty());
        assert_eq!(failed_at(&Error::new(Code::Disk, "full")), None);
    }
}
