//! CJ's tokens: getAccessToken with its five-minute guard, refreshAccessToken, logout, the 24-hour cache of both, and the owner's
//! `/api/oauth/token` when it is switched on.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use serde::Serialize;
use serde_json::{Value, json};

use super::Call;
use super::accounts::{ACCOUNTS, by_key, by_number};
use super::envelope::{Flags, Refusal};
use crate::answer::Answer;
use crate::clock::{chinese_time, millis};
use crate::faults::Supplier;
use crate::params::Params;
use crate::tokens::{Claims, Kind, unbase64url};
use crate::world::World;

const DAY_MS: i64 = 86_400_000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Pair {
    #[serde(skip_serializing_if = "Option::is_none")]
    open_id: Option<Value>,
    access_token: String,
    access_token_expiry_date: String,
    refresh_token: String,
    refresh_token_expiry_date: String,
    create_date: String,
}

/// Both claims of the pair issued then. The pair follows from account and time alone, so nothing needs to be stored to give it again.
fn claims(world: &World, account: usize, issued_ms: i64) -> [Claims; 2] {
    let life = world.options.token_life;
    let of = |kind, expires_ms| Claims {
        supplier: Supplier::Cj,
        kind,
        account,
        issued_ms,
        expires_ms,
    };
    [
        of(Kind::Access, issued_ms + millis(life.cj_access)),
        of(Kind::Refresh, issued_ms + millis(life.cj_refresh)),
    ]
}

fn pair(world: &World, account: usize, issued_ms: i64, with_open_id: bool) -> Pair {
    let [access, refresh] = claims(world, account, issued_ms);
    let open_id = ACCOUNTS[account].open_id;
    Pair {
        // Seen as a number and as a string: one account has the one, the other the other.
        open_id: with_open_id.then(|| {
            if account == 0 {
                json!(open_id)
            } else {
                json!(open_id.to_string())
            }
        }),
        access_token: world.mint.write(access),
        access_token_expiry_date: chinese_time(access.expires_ms),
        refresh_token: world.mint.write(refresh),
        refresh_token_expiry_date: chinese_time(refresh.expires_ms),
        create_date: chinese_time(issued_ms),
    }
}

/// The time of issue to answer with: the former one while it is under a day old and alive, else now.
fn issue(world: &World, account: usize, former_ms: Option<i64>) -> i64 {
    let now_ms = world.clock.now_ms();
    let reusable = former_ms.filter(|&issued_ms| {
        now_ms - issued_ms < DAY_MS
            && claims(world, account, issued_ms)
                .iter()
                .all(|c| world.mint.is_alive(c, now_ms))
    });
    let issued_ms = reusable.unwrap_or_else(|| world.mint.issue_time(now_ms));
    world.accounts.state(account).issued_ms = Some(issued_ms);
    issued_ms
}

/// `POST authentication/getAccessToken {"apiKey"}`.
pub(crate) fn get_access_token(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let world = call.world;
    let Some(key) = call
        .body
        .get("apiKey")
        .and_then(Value::as_str)
        .filter(|k| !k.is_empty())
    else {
        return Err(if call.body.get("password").is_some() {
            // The old form (e-mail and password) tends to be answered like this since 2025.
            Refusal::new(1_600_005, "APIkey is wrong, please check and try again")
        } else {
            Refusal::missing("apiKey")
        });
    };
    if !world.accounts.guard(key, world.clock.now_ms()) {
        return Err(Refusal::new(
            1_600_200,
            "Too Many Requests, QPS limit is 1 time/300second",
        )
        .with_status(429));
    }
    let Some(account) = by_key(key) else {
        return Err(Refusal::new(
            1_600_005,
            "APIkey is wrong, please check and try again",
        ));
    };
    let former = world.accounts.state(account).issued_ms;
    let issued_ms = issue(world, account, former);
    call.ok(Flags::Both, pair(world, account, issued_ms, true))
}

/// `POST authentication/refreshAccessToken {"refreshToken"}`: the answer has no openId, and within 24 hours it is the same pair again.
pub(crate) fn refresh_access_token(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let world = call.world;
    let Some(token) = call
        .body
        .get("refreshToken")
        .and_then(Value::as_str)
        .filter(|t| !t.is_empty())
    else {
        return Err(Refusal::missing("refreshToken"));
    };
    let now_ms = world.clock.now_ms();
    let Some(presented) = world.mint.check(Supplier::Cj, Kind::Refresh, token, now_ms) else {
        return Err(Refusal::new(1_600_003, "Invalid refresh token"));
    };
    let held = world.accounts.state(presented.account).issued_ms;
    let newest = held.map_or(presented.issued_ms, |held| held.max(presented.issued_ms));
    let issued_ms = issue(world, presented.account, Some(newest));
    call.ok(
        Flags::Result,
        pair(world, presented.account, issued_ms, false),
    )
}

/// `POST authentication/logout`: both tokens die.
pub(crate) fn logout(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    if let Some(claims) = &call.claims {
        call.world.mint.revoke(claims);
        let mut state = call.world.accounts.state(claims.account);
        if state.issued_ms == Some(claims.issued_ms) {
            state.issued_ms = None;
        }
    }
    call.ok(Flags::Result, true)
}

/// `POST /api/oauth/token`, the address in the owner's notes. Nobody has been seen succeeding there; this plays what it would be if it existed:
/// client credentials in the form or in a Basic header, the id being the CJ number and the secret the second half of the API key.
pub(crate) fn client_credentials(world: &World, headers: &HeaderMap, form: &[u8]) -> Answer {
    let form = Params::parse(None, form);
    let refused = |status, error: &str, text: &str| {
        let body = json!({"error": error, "error_description": text});
        Answer::refused(status, error, body.to_string().into_bytes())
    };
    if form.get("grant_type") != Some("client_credentials") {
        return refused(
            400,
            "unsupported_grant_type",
            "grant_type must be client_credentials",
        );
    }
    let basic = basic_pair(headers);
    let id = form
        .get("client_id")
        .or(basic.as_ref().map(|b| b.0.as_str()));
    let secret = form
        .get("client_secret")
        .or(basic.as_ref().map(|b| b.1.as_str()));
    let (Some(id), Some(secret)) = (id, secret) else {
        return refused(
            400,
            "invalid_request",
            "client_id and client_secret are required",
        );
    };
    let account = by_number(id)
        .filter(|&account| ACCOUNTS[account].key.split_once("@api@") == Some((id, secret)));
    let Some(account) = account else {
        return refused(401, "invalid_client", "Invalid client credentials");
    };
    let former = world.accounts.state(account).issued_ms;
    let issued_ms = issue(world, account, former);
    let [access, _] = claims(world, account, issued_ms);
    let body = json!({
        "access_token": world.mint.write(access),
        "token_type": "Bearer",
        "expires_in": (access.expires_ms - world.clock.now_ms()) / 1_000,
    });
    Answer::json(body.to_string().into_bytes())
}

fn basic_pair(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers
        .get(AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Basic ")?;
    let text = String::from_utf8(unbase64url(value)?).ok()?;
    let (id, secret) = text.split_once(':')?;
    // RFC 6749 has both form-encoded first.
    let decode = |part: &str| {
        url::form_urlencoded::parse(format!("v={part}").as_bytes())
            .next()
            .map(|(_, value)| value.into_owned())
    };
    Some((decode(id)?, decode(secret)?))
}
