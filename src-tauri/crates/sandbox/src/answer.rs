//! From what a supplier says to what goes over the wire, faults included. Knows neither supplier's JSON.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};

use crate::faults::{Fault, Supplier};
use crate::record::{CallRecord, Outcome};
use crate::tokens::Kind;
use crate::world::World;

pub(crate) const JSON: &str = "application/json;charset=UTF-8";
pub(crate) const HTML: &str = "text/html;charset=UTF-8";

/// An answer before it is sent.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) kind: &'static str,
    pub(crate) body: Vec<u8>,
    pub(crate) outcome: Outcome,
}

impl Answer {
    pub(crate) fn json(body: Vec<u8>) -> Self {
        Self {
            status: 200,
            kind: JSON,
            body,
            outcome: Outcome::Ok,
        }
    }

    /// A refusal in JSON, under the code it is known by.
    pub(crate) fn refused(status: u16, code: impl Into<String>, body: Vec<u8>) -> Self {
        Self {
            status,
            kind: JSON,
            body,
            outcome: Outcome::Refused(code.into()),
        }
    }

    /// A page as a proxy in between sends it.
    pub(crate) fn page(status: u16, title: &str) -> Self {
        Self {
            status,
            kind: HTML,
            body: format!("<!doctype html><html><head><title>{title}</title></head><body><center><h1>{title}</h1></center><hr></body></html>")
                .into_bytes(),
            outcome: Outcome::Refused(status.to_string()),
        }
    }

    pub(crate) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        response
    }
}

/// Marks a response that must not be sent: the server drops the connection instead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DropConnection;

/// Who is asked for what.
pub(crate) struct Called {
    pub(crate) supplier: Supplier,
    pub(crate) name: String,
    pub(crate) product: Option<String>,
}

/// Answers a call, or lets the fault on order happen to it. `instead` gives the supplier's own form of a fault that has one.
pub(crate) async fn answer(
    world: &Arc<World>,
    called: Called,
    instead: impl FnOnce(&Fault) -> Option<Answer>,
    run: impl FnOnce() -> Answer,
) -> Response {
    let fault = world.faults.take(called.supplier, &called.name);
    match &fault {
        Some(Fault::Delay(by)) => tokio::time::sleep(*by).await,
        Some(Fault::ExpireToken) => {
            world
                .mint
                .kill(called.supplier, Kind::Access, world.clock.now_ms());
        }
        _ => {}
    }
    let answer = match &fault {
        Some(Fault::Status5xx(status)) => Answer::page(*status, "Service Temporarily Unavailable"),
        Some(Fault::Html) => Answer::page(200, "Just a moment..."),
        Some(Fault::Reset) => Answer::page(200, "never sent"),
        Some(
            fault @ (Fault::EmptyAnswer
            | Fault::RateRefusal { .. }
            | Fault::PointsRefusal
            | Fault::Refuse { .. }),
        ) => instead(fault).unwrap_or_else(|| Answer::page(200, "Empty")),
        _ => run(),
    };
    world.calls.add(CallRecord {
        supplier: called.supplier,
        path_or_method: called.name,
        at: world.clock.now(),
        product: called.product,
        outcome: match &fault {
            // What comes late is answered or refused like any other.
            None | Some(Fault::Delay(_)) => answer.outcome.clone(),
            Some(fault) => Outcome::Fault(fault.name().to_owned()),
        },
    });
    let date = world.clock.now();
    let mut response = sent(fault, answer);
    // The suppliers' own time, not this computer's: a client can tell from it that its clock is off.
    let date = date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// The answer as it goes over the wire, broken where the fault says so.
fn sent(fault: Option<Fault>, answer: Answer) -> Response {
    match fault {
        Some(Fault::Reset) => {
            let mut response = answer.into_response();
            response.extensions_mut().insert(DropConnection);
            response
        }
        Some(Fault::Truncate) => {
            let mut answer = answer;
            answer.body.truncate(answer.body.len() / 2);
            answer.into_response()
        }
        Some(Fault::ResetMidBody) => {
            let body = Broken {
                announced: answer.body.len() as u64,
                half: Some(Bytes::copy_from_slice(
                    &answer.body[..answer.body.len() / 2],
                )),
                pauses: 3,
            };
            answer.into_response().map(|_| Body::new(body))
        }
        _ => answer.into_response(),
    }
}

/// A body that announces its full length, sends half and breaks.
struct Broken {
    announced: u64,
    half: Option<Bytes>,
    pauses: u8,
}

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        if self.pauses > 0 {
            // Lets the server flush the first half before the connection goes.
            self.pauses -= 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(std::io::Error::from(
            std::io::ErrorKind::ConnectionReset,
        ))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}
