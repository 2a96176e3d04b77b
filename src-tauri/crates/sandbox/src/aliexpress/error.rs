//! The gateway's errors, in the two forms they take: flat under `/rest`, in `error_response` under `/sync`. Always HTTP 200.

use serde_json::json;

use crate::answer::Answer;

/// What the gateway refuses with.
#[derive(Debug)]
pub(super) struct GatewayError {
    /// `ISV`: the caller's fault. `SYSTEM`: the platform's. `ISP`: the service behind.
    kind: &'static str,
    code: &'static str,
    message: String,
    sub: Option<(&'static str, &'static str)>,
}

impl GatewayError {
    pub(super) fn isv(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind: "ISV",
            code,
            message: message.into(),
            sub: None,
        }
    }

    pub(super) fn missing(name: &str) -> Self {
        Self::isv(
            "MissingParameter",
            format!(
                "The input parameter \"{name}\" that is mandatory for processing this request is not supplied"
            ),
        )
    }

    /// This app calls this method too often.
    pub(super) fn banned(seconds: i64) -> Self {
        Self {
            kind: "SYSTEM",
            ..Self::isv(
                "AppApiCallLimit",
                format!(
                    "The request has exceeded the frequency limit of the app, this ban will last {seconds} seconds"
                ),
            )
        }
    }

    /// The old platform's form: code 15, and the reason in `sub_code`.
    pub(super) fn remote(sub_code: &'static str, sub_msg: &'static str) -> Self {
        Self {
            kind: "ISP",
            sub: Some((sub_code, sub_msg)),
            ..Self::isv("15", "Remote service error")
        }
    }

    pub(super) fn flat(self, request_id: &str) -> Answer {
        let body = json!({
            "type": self.kind,
            "code": self.code,
            "message": self.message,
            "request_id": request_id,
        });
        Answer::refused(200, self.code, body.to_string().into_bytes())
    }

    pub(super) fn enveloped(self, request_id: &str) -> Answer {
        let mut error = json!({"type": self.kind, "code": self.code, "msg": self.message, "request_id": request_id});
        if let (Some((code, text)), Some(fields)) = (self.sub, error.as_object_mut()) {
            fields.insert("sub_code".to_owned(), json!(code));
            fields.insert("sub_msg".to_owned(), json!(text));
            // Seen as a number and as text.
            fields.insert("code".to_owned(), json!(15));
        }
        let code = self.sub.map_or(self.code, |(code, _)| code);
        Answer::refused(
            200,
            code,
            json!({"error_response": error}).to_string().into_bytes(),
        )
    }
}
