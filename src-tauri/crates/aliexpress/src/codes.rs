//! Every code AliExpress is known to answer with, and the class it belongs to: the one table.
//!
//! Not for HTTP statuses and broken answers, which carry no code (`error`).

use std::time::Duration;

use crate::error::Class;

/// Codes that mean the same in every call. Compared without regard to case: the docs write `InvalidAppkey`, the gateway
/// `InvalidAppKey`.
const EVERYWHERE: &[(&str, Class)] = &[
    // The gateway's own checks, in the order it makes them (measured live).
    ("InvalidAppKey", Class::Key),
    ("InvalidApiKey", Class::Key),
    ("IncompleteSignature", Class::Signature),
    ("InvalidCode", Class::Code),
    ("IllegalAccessToken", Class::Token),
    ("IllegalRefreshToken", Class::RefreshToken),
    ("InsufficientPermission", Class::Permission),
    ("AUTH_TYPE_UNSUPPORTED", Class::Permission),
    ("InvalidApiPath", Class::Param),
    ("MissingParameter", Class::Param),
    ("UnsupportedParamMapping", Class::Param),
    ("ApiCallLimit", Class::Rate),
    ("AppApiCallLimit", Class::Rate),
    ("IllegalTimestamp", Class::Clock),
    ("InvalidTimestamp", Class::Clock),
    ("ServiceUnavailable", Class::Server),
    ("InternalError", Class::Server),
    // Sub-codes of the backends.
    ("isv.insufficient-permission", Class::Permission),
    ("isv.invalid-authorization", Class::Permission),
    ("isv.account-migration-check-fail", Class::Permission),
    ("isv.402", Class::Param),
    ("isp.service-unavailable", Class::Server),
    ("accesscontrol.limited-by-api-access-count", Class::Rate),
    ("accesscontrol.limited-by-app-access-count", Class::Quota),
    // What a key of this platform gets from the retired login address.
    ("param-appkey.not.exists", Class::Key),
    ("param-clientid.null", Class::Key),
    // Results of single methods whose names cannot be mistaken.
    ("ITEM_ID_NOT_FOUND", Class::NotFound),
    ("DELIVERY_INFO_EMPTY", Class::NotFound),
    ("DELIVERY_NOT_AVAILABLE_TO_YOUR_ADDRESS", Class::Param),
    ("TRACKING DATA NOT FOUND", Class::NotFound),
    ("SKU_NOT_EXIST", Class::NotFound),
    ("NGSELECTION_SEARCH_ERROR", Class::Server),
    // Numbers of the older platform, which the gateway still passes on for some calls (AliExpress docs).
    ("7", Class::Rate),
    ("10", Class::Server),
    ("11", Class::Permission),
    ("12", Class::Permission),
    ("21", Class::Param),
    ("22", Class::Param),
    ("24", Class::Signature),
    ("25", Class::Signature),
    ("26", Class::Token),
    ("27", Class::Token),
    ("28", Class::Key),
    ("29", Class::Key),
    ("30", Class::Clock),
    ("31", Class::Clock),
    ("40", Class::Param),
    ("41", Class::Param),
];

/// Codes that mean something else in one call than elsewhere.
const IN_ONE_CALL: &[(&str, &str, Class)] = &[
    // "Access token illegal" about the token that was to be renewed: refreshing again would go in circles.
    (
        "/auth/token/refresh",
        "IllegalAccessToken",
        Class::RefreshToken,
    ),
    // Both say that the order is not this buyer's or does not exist (AliExpress docs, measured live).
    (
        "aliexpress.trade.ds.order.get",
        "isv.insufficient-permission",
        Class::NotFound,
    ),
    (
        "aliexpress.trade.ds.order.get",
        "isv.invalid-authorization",
        Class::NotFound,
    ),
    (
        "aliexpress.ds.order.tracking.get",
        "isv.insufficient-permission",
        Class::NotFound,
    ),
    (
        "aliexpress.ds.order.tracking.get",
        "isv.invalid-authorization",
        Class::NotFound,
    ),
    ("aliexpress.ds.order.tracking.get", "1001", Class::NotFound),
    // Not sold in the country asked for. Not "not found": the product is there for other countries.
    ("aliexpress.ds.product.get", "602", Class::Param),
    ("aliexpress.ds.product.get", "605", Class::NotFound),
    // "System Error", for all that the number looks like.
    ("aliexpress.ds.product.get", "404", Class::Server),
];

/// The class of a refusal of `api` (a method, or the path of a system call). `kind` is the answer's `type`.
///
/// The more precise word wins: what the call itself says, then `sub_code`, then `code`, then who is said to be at fault.
pub(crate) fn class_of(
    api: &str,
    code: Option<&str>,
    sub_code: Option<&str>,
    kind: Option<&str>,
) -> Class {
    let words = [sub_code, code];
    let words = || words.into_iter().flatten();
    words()
        .find_map(|word| in_one_call(api, word))
        .or_else(|| words().find_map(everywhere))
        .or_else(|| words().find_map(by_prefix))
        .or_else(|| kind.and_then(by_kind))
        // "Remote service error" that says nothing more.
        .or_else(|| (code == Some("15")).then_some(Class::Server))
        .unwrap_or(Class::Param)
}

fn in_one_call(api: &str, word: &str) -> Option<Class> {
    let row = IN_ONE_CALL
        .iter()
        .find(|row| row.0 == api && row.1.eq_ignore_ascii_case(word));
    row.map(|row| row.2)
}

fn everywhere(word: &str) -> Option<Class> {
    EVERYWHERE
        .iter()
        .find(|row| row.0.eq_ignore_ascii_case(word))
        .map(|row| row.1)
}

/// `isp.…` is the backend's fault, `isv.…` the caller's (AliExpress docs).
fn by_prefix(word: &str) -> Option<Class> {
    let word = word.to_ascii_lowercase();
    match () {
        () if word.starts_with("isp.") => Some(Class::Server),
        () if word.starts_with("isv.") => Some(Class::Param),
        () => None,
    }
}

/// `SYSTEM` is the platform, `ISP` the service behind it, `ISV` the caller (AliExpress docs).
fn by_kind(kind: &str) -> Option<Class> {
    match kind.to_ascii_uppercase().as_str() {
        "SYSTEM" | "ISP" => Some(Class::Server),
        "ISV" => Some(Class::Param),
        _ => None,
    }
}

/// How long a ban lasts, from "This ban will last 14229 seconds" or "… will last for 1 more seconds".
pub(crate) fn ban(message: &str) -> Option<Duration> {
    let lower = message.to_ascii_lowercase();
    let (_, after) = lower.split_once("will last")?;
    let digits: String = after
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: &str = "aliexpress.ds.text.search";
    const ORDER: &str = "aliexpress.trade.ds.order.get";
    const PRODUCT: &str = "aliexpress.ds.product.get";

    #[test]
    fn every_documented_code_leads_to_the_step_that_helps() {
        for (code, class) in [
            ("MissingParameter", Class::Param),
            ("InvalidAppKey", Class::Key),
            ("InvalidAppkey", Class::Key),
            ("IncompleteSignature", Class::Signature),
            ("IllegalAccessToken", Class::Token),
            ("IllegalRefreshToken", Class::RefreshToken),
            ("InvalidCode", Class::Code),
            ("InsufficientPermission", Class::Permission),
            ("InvalidApiPath", Class::Param),
            ("ApiCallLimit", Class::Rate),
            ("AppApiCallLimit", Class::Rate),
            ("UnsupportedParamMapping", Class::Param),
            ("ServiceUnavailable", Class::Server),
            ("InternalError", Class::Server),
            ("isp.service-unavailable", Class::Server),
            ("isp.remote-service-timeout", Class::Server),
            ("isv.402", Class::Param),
            ("AUTH_TYPE_UNSUPPORTED", Class::Permission),
            ("IllegalTimestamp", Class::Clock),
            ("param-appkey.not.exists", Class::Key),
            ("accesscontrol.limited-by-app-access-count", Class::Quota),
        ] {
            // The answer's type must not win over a code that is known.
            for kind in [None, Some("ISV"), Some("SYSTEM")] {
                assert_eq!(class_of(ANY, Some(code), None, kind), class, "{code}");
            }
        }
    }

    #[test]
    fn the_sub_code_wins_over_the_number_it_explains() {
        for (sub_code, class) in [
            (Some("isv.account-migration-check-fail"), Class::Permission),
            (Some("isp.service-unavailable"), Class::Server),
            (Some("isv.something-new"), Class::Param),
            (Some("isp.something-new"), Class::Server),
            (None, Class::Server),
        ] {
            assert_eq!(
                class_of(ANY, Some("15"), sub_code, None),
                class,
                "{sub_code:?}"
            );
        }
        assert_eq!(class_of(ANY, Some("7"), Some("isv.new"), None), Class::Rate);
    }

    #[test]
    fn an_order_of_somebody_else_is_not_found_and_no_lack_of_permission() {
        for sub_code in ["isv.insufficient-permission", "isv.invalid-authorization"] {
            assert_eq!(
                class_of(ORDER, Some("15"), Some(sub_code), Some("ISP")),
                Class::NotFound
            );
            assert_eq!(
                class_of(ANY, Some("15"), Some(sub_code), Some("ISP")),
                Class::Permission
            );
        }
    }

    #[test]
    fn a_product_not_sold_in_a_country_is_told_apart_from_one_that_is_gone() {
        for (code, class) in [
            ("602", Class::Param),
            ("605", Class::NotFound),
            ("404", Class::Server),
        ] {
            assert_eq!(class_of(PRODUCT, Some(code), None, None), class, "{code}");
        }
    }

    #[test]
    fn a_dead_refresh_token_asks_for_consent_whatever_it_is_called() {
        for code in ["IllegalAccessToken", "IllegalRefreshToken"] {
            assert_eq!(
                class_of("/auth/token/refresh", Some(code), None, Some("ISV")),
                Class::RefreshToken
            );
        }
    }

    #[test]
    fn an_unknown_code_goes_by_who_is_at_fault() {
        for (kind, class) in [
            (Some("SYSTEM"), Class::Server),
            (Some("ISP"), Class::Server),
            (Some("ISV"), Class::Param),
            (Some("isp"), Class::Server),
            (Some("other"), Class::Param),
            (None, Class::Param),
        ] {
            assert_eq!(
                class_of(ANY, Some("BrandNew"), None, kind),
                class,
                "{kind:?}"
            );
        }
    }

    #[test]
    fn the_length_of_a_ban_is_read_from_the_sentence() {
        for (message, seconds) in [
            (
                "Api access frequency exceeds the limit. this ban will last 1 seconds",
                Some(1),
            ),
            (
                "The request has been rejected: App Api Call Limit. This ban will last 14229 seconds.",
                Some(14_229),
            ),
            ("This ban will last for 3 more seconds", Some(3)),
            ("This ban will last", None),
            ("too many calls", None),
            ("will last 99999999999999999999999 seconds", None),
        ] {
            assert_eq!(ban(message), seconds.map(Duration::from_secs), "{message}");
        }
    }

    #[test]
    fn no_code_is_in_the_table_twice() {
        for (index, row) in EVERYWHERE.iter().enumerate() {
            let again = EVERYWHERE
                .iter()
                .skip(index + 1)
                .any(|r| r.0.eq_ignore_ascii_case(row.0));
            assert!(!again, "{}", row.0);
        }
    }
}
