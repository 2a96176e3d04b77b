//! The consent page: who may see it, and where its two buttons lead.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use url::Url;

use super::page::{self, Words};
use crate::answer::{Answer, Called, answer};
use crate::faults::Supplier;
use crate::options::APP_KEY;
use crate::params::Params;
use crate::record::Outcome;
use crate::world::World;

/// What the page is asked for.
struct Asked {
    redirect: Url,
    /// As it was sent, since it goes back into the form.
    redirect_text: String,
    state: Option<String>,
}

/// Refusals are pages of AliExpress's own: an application that sent a wrong address never hears of them.
enum Wrong {
    ResponseType,
    AppKey,
    Redirect,
}

fn asked(world: &World, params: &Params) -> Result<Asked, Wrong> {
    if params.get("client_id") != Some(APP_KEY) {
        return Err(Wrong::AppKey);
    }
    if params.get("response_type") != Some("code") {
        return Err(Wrong::ResponseType);
    }
    let text = params.get("redirect_uri").ok_or(Wrong::Redirect)?;
    let redirect = Url::parse(text).map_err(|_| Wrong::Redirect)?;
    let right = match &world.options.redirect_uri {
        // Byte for byte, as the console's one field is compared.
        Some(registered) => registered == text,
        None => {
            // A dot makes a scheme an application's own (RFC 8252, 7.1).
            redirect.scheme() == "https"
                || is_loopback(&redirect)
                || redirect.scheme().contains('.')
        }
    };
    if !right || redirect.fragment().is_some() {
        return Err(Wrong::Redirect);
    }
    Ok(Asked {
        redirect,
        redirect_text: text.to_owned(),
        state: params.get("state").map(str::to_owned),
    })
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    url.scheme() == "http" && matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"))
}

/// `GET /oauth/authorize`.
pub(super) async fn show(
    State(world): State<Arc<World>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let params = Params::parse(query.as_deref(), &[]);
    let words = Words::for_browser(&headers);
    let shared = Arc::clone(&world);
    let response = answer(
        &world,
        called(),
        |_| None,
        move || match asked(&shared, &params) {
            Ok(asked) => html(
                page::consent(
                    words,
                    &asked.redirect_text,
                    asked.redirect.host_str(),
                    asked.state.as_deref(),
                ) + &shared.taint(),
            ),
            Err(wrong) => refusal(words, &wrong, &params),
        },
    )
    .await;
    let mut response = guarded(response);
    if !world.taint().is_empty() {
        response
            .headers_mut()
            .remove(header::CONTENT_SECURITY_POLICY);
    }
    response
}

/// `POST /oauth/authorize`, from the page's own form.
pub(super) async fn decide(
    State(world): State<Arc<World>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let params = Params::parse(query.as_deref(), &body);
    let words = Words::for_browser(&headers);
    let target = asked(&world, &params).map(|asked| {
        let mut target = asked.redirect;
        if params.get("decision") == Some("approve") {
            let n = world.next_request();
            let code = world
                .gate
                .new_code(world.options.seed, world.clock.now_ms(), n);
            target.query_pairs_mut().append_pair("code", &code);
        } else {
            target
                .query_pairs_mut()
                .append_pair("error", "access_denied")
                .append_pair("error_description", "The user denied the authorization");
        }
        if let Some(state) = &asked.state {
            target.query_pairs_mut().append_pair("state", state);
        }
        target
    });
    match target {
        Err(wrong) => {
            let response = answer(
                &world,
                called(),
                |_| None,
                || refusal(words, &wrong, &params),
            )
            .await;
            guarded(response)
        }
        Ok(target) => {
            let nothing = || Answer {
                status: 302,
                ..html(String::new())
            };
            let mut response = answer(&world, called(), |_| None, nothing).await;
            if response.status() == StatusCode::FOUND
                && let Ok(location) = HeaderValue::from_str(target.as_str())
            {
                response.headers_mut().insert(header::LOCATION, location);
                *response.body_mut() = Body::empty();
            }
            guarded(response)
        }
    }
}

fn called() -> Called {
    Called {
        supplier: Supplier::AliExpress,
        name: "oauth/authorize".to_owned(),
        product: None,
    }
}

fn html(text: String) -> Answer {
    Answer {
        status: 200,
        kind: crate::answer::HTML,
        body: text.into_bytes(),
        outcome: Outcome::Ok,
    }
}

fn refusal(words: Words, wrong: &Wrong, params: &Params) -> Answer {
    let (code, text) = match wrong {
        Wrong::AppKey => ("param-appkey.not.exists", words.wrong_key),
        Wrong::ResponseType => ("param-responsetype.invalid", words.wrong_type),
        Wrong::Redirect => ("param-redirecturi.mismatch", words.wrong_redirect),
    };
    let shown = match wrong {
        Wrong::AppKey => params.get("client_id"),
        Wrong::ResponseType => params.get("response_type"),
        Wrong::Redirect => params.get("redirect_uri"),
    };
    Answer {
        outcome: Outcome::Refused(code.to_owned()),
        ..html(page::refusal(words, code, text, shown.unwrap_or("–")))
    }
}

/// No scripts, nothing from elsewhere, no framing, and no address left in a referrer. `form-action` is left open on purpose: browsers apply it to
/// the redirect after the form as well, which leads to the application.
fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
