//! CJ's envelope, which is not the same everywhere: `result` on most endpoints, `success` on newer ones, both on some, code 0 on a few.

use serde::Serialize;

use super::limits::PointsInfo;
use crate::answer::Answer;

/// Which of the two flags an endpoint carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flags {
    Result,
    Success,
    Both,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a, T> {
    code: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<bool>,
    message: &'a str,
    data: T,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    success: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points_info: Option<PointsInfo>,
}

/// A refusal before it is written.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: u64,
    pub(crate) message: String,
    pub(crate) points: Option<PointsInfo>,
}

impl Refusal {
    /// With HTTP 200, as most come.
    pub(crate) fn new(code: u64, message: impl Into<String>) -> Self {
        Self {
            status: 200,
            code,
            message: message.into(),
            points: None,
        }
    }

    pub(crate) fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// A parameter that must be there and is not.
    pub(crate) fn missing(name: &str) -> Self {
        Self::new(16_900_403, format!("{name} can not be empty"))
    }

    pub(crate) fn answer(self, request_id: &str) -> Answer {
        let body = write(&Envelope {
            code: self.code,
            result: Some(false),
            message: &self.message,
            data: (),
            request_id,
            success: None,
            points_info: self.points,
        });
        Answer::refused(self.status, self.code.to_string(), body)
    }
}

/// A successful answer.
pub(crate) fn success<T: Serialize>(
    flags: Flags,
    data: T,
    request_id: &str,
    points: Option<PointsInfo>,
) -> Vec<u8> {
    write(&Envelope {
        code: 200,
        result: (flags != Flags::Success).then_some(true),
        message: if flags == Flags::Success {
            ""
        } else {
            "Success"
        },
        data,
        request_id,
        success: (flags != Flags::Result).then_some(true),
        points_info: points,
    })
}

fn write<T: Serialize>(value: &T) -> Vec<u8> {
    // Only maps with odd keys and failing writers make this fail; there is neither.
    serde_json::to_vec(value).unwrap_or_default()
}
