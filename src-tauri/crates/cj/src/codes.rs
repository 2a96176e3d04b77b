//! What CJ's numbers mean to a caller: one table, and the few places where the sentence decides because the number does not.
//!
//! CJ advises to branch on the code, not the text. The exceptions below are the ones where CJ uses one number for different
//! things: 1600000 for "busy" and for refusals, 1600100 for "offline", "param error" and expired tokens, 1600200 for a limit a
//! second and a limit a day, 1600300 for a wrong argument and for an order that does not exist.

use std::time::Duration;

use crate::error::Class;

/// Every documented or reported failure code of the API, with what a caller can do about it.
pub const CODES: &[(i64, Class)] = &[
    (1_600_000, Class::Server), // system busy, and refusals told by their text
    (1_600_001, Class::Token),  // invalid API key or access token
    (1_600_002, Class::Token),  // token header missing or empty
    (1_600_003, Class::RefreshToken), // invalid refresh token
    (1_600_004, Class::Permission), // authorization failed: account, or API not authorized
    (1_600_005, Class::Key),    // APIkey is wrong
    (1_600_006, Class::Key),    // developer account not found
    (1_600_007, Class::Permission), // user bound to another developer account
    (1_600_008, Class::Permission), // authorization failed, check the account
    (1_600_009, Class::Key),    // token exchange failed, the code does not exist
    (1_600_010, Class::Param),  // redirect address empty
    (1_600_011, Class::Param),  // callback address empty
    (1_600_012, Class::Permission), // authorization for account creation disabled
    (1_600_013, Class::NotFound), // store does not exist
    (1_600_030, Class::Token),  // token invalidation failed
    (1_600_031, Class::Token),  // invalid platform token
    (1_600_100, Class::Server), // interface offline, and more told by its text
    (1_600_101, Class::Param),  // interface not found
    (1_600_200, Class::Rate),   // too many requests
    (1_600_201, Class::Quota),  // quota used up
    (1_600_300, Class::Param),  // param error, and "order not found" told by its text
    (1_600_301, Class::Server), // read timed out on CJ's side
    (1_601_000, Class::Key),    // user not found
    (1_602_000, Class::NotFound), // variant not found
    (1_602_001, Class::NotFound), // product not found or offline
    (1_602_002, Class::OffShelf), // product removed from shelves
    (1_602_003, Class::OffShelf), // variant removed from shelves
    (1_602_004, Class::Refused), // infringement report failed
    (1_603_000, Class::Refused), // order create failed: look the order up before repeating
    (1_603_001, Class::Refused), // order confirm failed
    (1_603_002, Class::Refused), // order delete failed
    (1_603_003, Class::Duplicate), // order exists
    (1_603_100, Class::NotFound), // order not found
    (1_603_101, Class::Refused), // order pay failed
    (1_603_102, Class::Refused), // inventory deduction failed
    (1_604_000, Class::Balance), // balance insufficient
    (1_604_001, Class::Balance), // balance payment restricted
    (1_605_000, Class::NotFound), // logistic not found
    (1_605_001, Class::Param),  // logistic invalid, ask for freight
    (1_605_002, Class::Param),  // country code not found
    (1_606_000, Class::Duplicate), // webhook settings exist
    (1_606_001, Class::Param),  // webhook endpoint fails the requirements
    (1_606_010, Class::Refused), // product webhook disabled
    (1_606_011, Class::Quota),  // product webhook subscriptions used up
    (1_606_012, Class::Refused), // product cannot be subscribed
    (1_606_013, Class::Refused), // product subscription failed
    (1_607_000, Class::Param),  // webhook endpoint fails the requirements
    (1_607_001, Class::Param),  // webhook on localhost
    (1_607_002, Class::Param),  // webhook must be https
    (1_607_003, Class::Param),  // webhook must answer 200
    (1_607_004, Class::Server), // freight calculation failed
    (1_607_006, Class::Refused), // dispute: product query failed
    (1_607_007, Class::Refused), // dispute: confirm failed
    (1_607_008, Class::Refused), // dispute: create failed
    (1_607_009, Class::Refused), // dispute: cancel failed
    (1_607_010, Class::Refused), // product update failed
    (16_070_002, Class::Param), // page type not supported
    (803, Class::NotFound),     // sandbox: order missing
    (811, Class::Refused),      // sandbox: not a sandbox order
    (818, Class::Permission),   // sandbox: another account's order
    (819, Class::Refused),      // sandbox: unpaid or closed
    (820, Class::Refused),      // sandbox: no logistics
    (821, Class::Refused),      // sandbox: not saved
    (804, Class::Refused),      // label upload: not platform logistics
    (806, Class::Refused),      // label upload: carrier not supported
    (429, Class::Rate),         // the HTTP status, also seen as a code
    (2_000_001, Class::Rate),   // too many requests; reported by one client program only
    (300_001, Class::Permission), // CJ's web login: locked
    (300_003, Class::Key),      // CJ's web login: unknown e-mail
    (300_006, Class::Key),      // CJ's web login: wrong credentials
    (16_900_202, Class::Param), // HTTP method not supported
    (16_900_203, Class::Param), // content type not supported
    (16_900_204, Class::Param), // body missing
    (16_900_205, Class::Param), // body not JSON
    (16_900_403, Class::Param), // an argument is empty
    (16_900_500, Class::Points), // insufficient API points
];

/// The meaning of a code by itself; `None` for a number nobody documented. The ticket module (1609000 to 1609016) is one case.
#[must_use]
pub fn class_of(code: i64) -> Option<Class> {
    match code {
        1_609_005 => Some(Class::NotFound), // ticket missing, or another account's
        1_609_000..=1_609_016 => Some(Class::Refused),
        _ => CODES
            .iter()
            .find(|(known, _)| *known == code)
            .map(|(_, class)| *class),
    }
}

/// The meaning of a failure: by its code, sharpened by the sentence where the number is not enough, else by the HTTP status.
pub(crate) fn classify(code: Option<i64>, status: u16, message: &str) -> Class {
    let says = message.to_ascii_lowercase();
    let by_code = code
        .filter(|code| !matches!(code, 0 | 200))
        .map(|code| (code, class_of(code)));
    let class = match by_code {
        Some((1_600_100, _)) if says.contains("param") => Class::Param,
        Some((1_600_100, _)) if says.contains("token") => Class::Token,
        Some((1_600_300, _)) if says.contains("not found") => Class::NotFound,
        Some((_, Some(class))) => class,
        Some((_, None)) | None => by_status(status),
    };
    if says.contains("insufficient api points") {
        return Class::Points;
    }
    // "Sorry, you have reached the daily request limit (1000 times/day)" comes under the number of the limit a second.
    if says.contains("daily request limit") || says.contains("times/day") {
        return Class::Quota;
    }
    // No number is documented for the suspension after 30 days without a purchase, so the sentence has to do.
    let account = matches!(
        class,
        Class::Permission | Class::Token | Class::Key | Class::Server | Class::Refused
    );
    if account && (says.contains("suspend") || says.contains("consecutive days")) {
        return Class::Suspended;
    }
    if matches!(class, Class::Server | Class::Refused) {
        if says.contains("has been added") || says.contains("already exist") {
            return Class::Duplicate;
        }
        if says.contains("max offset") {
            return Class::Param;
        }
        // Seen with `result: false` although the order had been made.
        if says.contains("balance is insufficient") {
            return Class::Balance;
        }
    }
    class
}

/// What is left to go by when the body says nothing we know. A bare 404 is a wrong address, not a missing product.
fn by_status(status: u16) -> Class {
    match status {
        401 => Class::Token,
        403 => Class::Permission,
        429 => Class::Rate,
        500.. => Class::Server,
        _ => Class::Refused,
    }
}

/// The window a limit is counted over, when the sentence names one longer than a second:
/// `Too Many Requests, QPS limit is 1 time/300second`.
pub(crate) fn window(message: &str) -> Option<Duration> {
    let (_, after) = message.split_once("time/")?;
    let digits: String = after
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let unit = after
        .trim_start()
        .get(digits.len()..)?
        .trim_start()
        .to_ascii_lowercase();
    let count: u64 = digits.parse().ok()?;
    let seconds = match unit {
        unit if unit.starts_with("sec") => count,
        unit if unit.starts_with("min") => count.checked_mul(60)?,
        _ => return None,
    };
    (2..=3600)
        .contains(&seconds)
        .then(|| Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_is_in_the_table_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for (code, _) in CODES {
            assert!(seen.insert(code), "{code} twice");
        }
    }

    #[test]
    fn every_code_keeps_its_meaning_whatever_the_http_status() {
        for (code, class) in CODES {
            for status in [200, 400, 401, 429, 500] {
                assert_eq!(
                    classify(Some(*code), status, "made-up words"),
                    *class,
                    "{code} at {status}"
                );
            }
        }
        for code in 1_609_000..=1_609_016 {
            let class = if code == 1_609_005 {
                Class::NotFound
            } else {
                Class::Refused
            };
            assert_eq!(class_of(code), Some(class));
        }
    }

    #[test]
    fn one_number_with_several_meanings_is_told_apart_by_its_sentence() {
        let table = [
            (
                1_600_000,
                "The product has been added to My Products.",
                Class::Duplicate,
            ),
            (1_600_000, "System is busy", Class::Server),
            (1_600_000, "the max offset is 6000", Class::Param),
            (1_600_100, "Param error", Class::Param),
            (1_600_100, "token expired", Class::Token),
            (1_600_100, "Interface is offline", Class::Server),
            (
                1_600_200,
                "Too Many Requests, QPS limit is 1 time/1second",
                Class::Rate,
            ),
            (
                1_600_200,
                "Too Many Requests, Sorry, you have reached the daily request limit (1000 times/day)",
                Class::Quota,
            ),
            (1_600_300, "order not found", Class::NotFound),
            (1_600_300, "orderId must be not empty", Class::Param),
            (
                1_600_004,
                "API access suspended: no transaction in 30 consecutive days",
                Class::Suspended,
            ),
            (
                1_605_001,
                "logistic suspended for this country",
                Class::Param,
            ),
            (200, "Balance is insufficient", Class::Balance),
        ];
        for (code, message, class) in table {
            assert_eq!(
                classify(Some(code), 200, message),
                class,
                "{code} {message}"
            );
        }
    }

    #[test]
    fn without_a_known_code_the_http_status_decides_and_404_is_not_a_missing_product() {
        for (status, class) in [
            (401, Class::Token),
            (403, Class::Permission),
            (429, Class::Rate),
            (502, Class::Server),
            (404, Class::Refused),
            (200, Class::Refused),
        ] {
            assert_eq!(classify(None, status, ""), class, "{status}");
            assert_eq!(
                classify(Some(77), status, ""),
                class,
                "unknown code at {status}"
            );
        }
    }

    #[test]
    fn the_five_minute_limit_is_read_from_its_sentence() {
        let told = |text| window(text).map(|window| window.as_secs());
        assert_eq!(
            told("Too Many Requests, QPS limit is 1 time/300second"),
            Some(300)
        );
        assert_eq!(told("limit is 1 time/5 minutes"), Some(300));
        assert_eq!(
            told("QPS limit is 1 time/1second"),
            None,
            "the pace knows better"
        );
        for odd in [
            "time/",
            "time/9",
            "time/99999999999999999999second",
            "time/ünsecond",
            "",
        ] {
            assert_eq!(told(odd), None, "{odd}");
        }
    }
}
