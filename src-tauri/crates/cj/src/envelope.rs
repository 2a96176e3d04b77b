//! CJ's envelope: tells success from refusal, takes the data out, and turns refusals into errors.
//!
//! The HTTP status alone means little at CJ: refusals come with 200 and successes without a code. The rule here: the status is
//! 2xx, the code is absent, 0 or 200, and neither `result` nor `success` is false.

use std::time::Duration;

use secrecy::SecretString;
use serde_json::Value;

use crate::codes::{classify, window};
use crate::error::{Class, Error, Result, clean};
use crate::number;
use crate::points::PointsInfo;
use crate::row::Row;

/// What a successful answer carried.
#[derive(Debug)]
pub(crate) struct Answer {
    /// `data`, null when absent.
    pub(crate) data: Value,
    /// The points, when CJ told them.
    pub(crate) points: Option<PointsInfo>,
    /// CJ's id of the call.
    pub(crate) request_id: Option<String>,
}

/// What arrived over HTTP.
pub(crate) struct Arrived<'a> {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The `Retry-After` header, read.
    pub(crate) retry_after: Option<Duration>,
    /// The body.
    pub(crate) body: &'a [u8],
    /// What CJ must not be quoted with.
    pub(crate) secrets: &'a [&'a SecretString],
}

/// Reads an answer. The points a call costs are needed to tell how long a refusal for points lasts.
pub(crate) fn read(arrived: &Arrived<'_>, cost: u32) -> Result<Answer> {
    let mut parsed = serde_json::from_slice::<Value>(arrived.body);
    let row = parsed.as_ref().ok().and_then(Row::of);
    let Some(row) = row.filter(|row| row.value(["code", "result", "success", "data"]).is_some())
    else {
        return Err(bare(arrived));
    };
    let code = row.integer(["code"]);
    let request_id = row
        .text(["requestId"])
        .map(|id| clean(&id, arrived.secrets));
    let raw = row.text(["message", "msg"]).unwrap_or_default();
    let points = row
        .value(["pointsInfo"])
        .or_else(|| row.value(["data"]).and_then(|data| data.get("pointsInfo")))
        .and_then(PointsInfo::of);
    let ok = (200..300).contains(&arrived.status)
        && matches!(code, None | Some(0 | 200))
        && row.flag(["result"]) != Some(false)
        && row.flag(["success"]) != Some(false);
    if ok {
        // Taken, not copied: a page of a list is hundreds of rows.
        let data = parsed.as_mut().ok().and_then(|body| body.get_mut("data"));
        let data = data.map(Value::take).unwrap_or_default();
        return Ok(Answer {
            data,
            points,
            request_id,
        });
    }
    let class = classify(code, arrived.status, &raw);
    let points = match (
        points,
        PointsInfo::from_message(&raw).filter(|_| class == Class::Points),
    ) {
        (Some(object), Some(sentence)) => Some(object.or(sentence)),
        (object, sentence) => object.or(sentence),
    };
    let retry_after = arrived.retry_after.or_else(|| match class {
        Class::Rate => window(&raw),
        Class::Points => points.map(|info| info.wait_for(info.required.unwrap_or(cost))),
        _ => None,
    });
    let message = clean(&raw, arrived.secrets);
    Err(Error {
        code: code.filter(|code| !matches!(code, 0 | 200)),
        message: if message.is_empty() {
            format!("refused with HTTP {}", arrived.status)
        } else {
            message
        },
        request_id,
        retry_after,
        points,
        ..Error::new(class, "")
    })
}

/// An answer without an envelope: a proxy, a firewall, a wrong address, a maintenance page. Its text is not quoted.
fn bare(arrived: &Arrived<'_>) -> Error {
    let status = arrived.status;
    let error = match status {
        401 => Error::new(Class::Token, "refused with HTTP 401"),
        403 => Error::new(
            Class::Permission,
            "refused with HTTP 403, and not by CJ's own words",
        ),
        429 => Error::new(Class::Rate, "too many requests (HTTP 429)"),
        500.. => Error::new(Class::Server, format!("CJ is not well (HTTP {status})")),
        200..300 if arrived.body.iter().all(u8::is_ascii_whitespace) => Error::nothing("body"),
        _ => Error::unreadable(&format!("no CJ envelope (HTTP {status})")),
    };
    Error {
        retry_after: arrived.retry_after,
        ..error
    }
}

/// Whether the body is CJ's envelope at all, for endpoints that may speak another language.
pub(crate) fn is_envelope(body: &Value) -> bool {
    Row::of(body).is_some_and(|row| {
        row.value(["code"]).and_then(number::integer).is_some() || row.flag(["result"]).is_some()
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn reads(status: u16, body: &str) -> Result<Answer> {
        read(
            &Arrived {
                status,
                retry_after: None,
                body: body.as_bytes(),
                secrets: &[],
            },
            10,
        )
    }

    #[test]
    fn success_is_recognised_in_every_form_and_nothing_else_is() {
        for body in [
            r#"{"code":200,"result":true,"message":"Success","data":1}"#,
            r#"{"success":true,"code":0,"message":null,"data":1}"#,
            r#"{"success":true,"message":"","data":1}"#,
            r#"{"code":"200","data":1}"#,
        ] {
            assert_eq!(reads(200, body).unwrap().data, 1, "{body}");
        }
        for (status, body) in [
            (
                200,
                r#"{"code":200,"result":false,"message":"no","data":1}"#,
            ),
            (200, r#"{"code":200,"success":false,"data":1}"#),
            (200, r#"{"code":1600301,"result":true,"data":1}"#),
            (500, r#"{"code":200,"result":true,"data":1}"#),
        ] {
            assert!(reads(status, body).is_err(), "{status} {body}");
        }
    }

    #[test]
    fn a_points_refusal_says_how_many_are_missing_and_how_long_it_takes() {
        let body = r#"{"code":16900500,"result":false,"message":"Insufficient API points. Used today: 50000, Remaining: 0, Required: 10","data":null,"requestId":"r-1","pointsInfo":{"usedToday":50000,"remaining":0,"total":50000}}"#;
        for status in [200, 429] {
            let error = reads(status, body).unwrap_err();
            assert_eq!((error.class, error.code), (Class::Points, Some(16_900_500)));
            let points = error.points.unwrap();
            assert_eq!((points.required, points.total), (Some(10), Some(50_000)));
            assert_eq!(error.retry_after, Some(Duration::from_secs(18)));
            assert_eq!(error.request_id.as_deref(), Some("r-1"));
        }
    }

    #[test]
    fn a_firewall_page_is_never_taken_for_a_missing_product_or_an_empty_answer() {
        let page = "<html>Access denied</html>";
        for (status, class) in [
            (200, Class::Answer),
            (302, Class::Answer),
            (404, Class::Answer),
            (401, Class::Token),
            (403, Class::Permission),
            (429, Class::Rate),
            (503, Class::Server),
        ] {
            let error = reads(status, page).unwrap_err();
            assert_eq!(error.class, class, "{status}");
            assert!(!error.message.contains("denied") && !error.empty);
        }
        assert!(reads(200, "").unwrap_err().empty);
        assert_eq!(
            reads(200, r#"{"hello":1}"#).unwrap_err().class,
            Class::Answer
        );
    }

    #[test]
    fn a_key_quoted_in_a_refusal_is_cut_out() {
        let body = r#"{"code":1600005,"result":false,"message":"APIkey CJ1234567@api@0123456789abcdef0123456789abcdef is wrong","data":null}"#;
        let error = reads(401, body).unwrap_err();
        assert_eq!(error.message, "APIkey [redacted] is wrong");
        assert_eq!(error.class, Class::Key);
    }

    proptest::proptest! {
        #[test]
        fn no_body_makes_the_reader_panic(status in 100_u16..600, body: Vec<u8>, text in "\\{\"(code|data|message)\":.{0,30}\\}") {
            let _ = read(&Arrived { status, retry_after: None, body: &body, secrets: &[] }, 0);
            let _ = reads(status, &text);
        }
    }
}
