//! Code for tokens, and refresh token for tokens. A refresh gives a new pair, but the refresh life stays what the consent made it.

use serde_json::{Value, json};

use super::error::GatewayError;
use super::sign;
use crate::clock::millis;
use crate::faults::Supplier;
use crate::params::Params;
use crate::random::draw;
use crate::tokens::{Claims, Kind};
use crate::world::World;

/// A token call by its path without the leading slash.
pub(super) fn call(
    world: &World,
    path: &str,
    params: &Params,
    request_id: &str,
) -> Result<Value, GatewayError> {
    sign::check(world, Some(&format!("/{path}")), params)?;
    let security = path.starts_with("auth/token/security/");
    match path {
        "auth/token/create" | "auth/token/security/create" => {
            create(world, params, security, request_id)
        }
        "auth/token/refresh" | "auth/token/security/refresh" => {
            refresh(world, params, security, request_id)
        }
        _ => Err(GatewayError::isv(
            "InvalidApiPath",
            "The specified API path is invalid",
        )),
    }
}

fn create(
    world: &World,
    params: &Params,
    security: bool,
    request_id: &str,
) -> Result<Value, GatewayError> {
    let code = params
        .get("code")
        .ok_or_else(|| GatewayError::missing("code"))?;
    let now_ms = world.clock.now_ms();
    // A `uuid`, which older examples send, makes a good code invalid.
    if params.get("uuid").is_some() || !world.gate.take_code(code, now_ms) {
        return Err(GatewayError::isv(
            "InvalidCode",
            "Invalid authorization code",
        ));
    }
    let until_ms = now_ms + millis(world.options.token_life.aliexpress_refresh);
    Ok(pair(world, until_ms, security, request_id))
}

fn refresh(
    world: &World,
    params: &Params,
    security: bool,
    request_id: &str,
) -> Result<Value, GatewayError> {
    let token = params
        .get("refresh_token")
        .ok_or_else(|| GatewayError::missing("refresh_token"))?;
    let now_ms = world.clock.now_ms();
    let claims = world
        .mint
        .check(Supplier::AliExpress, Kind::Refresh, token, now_ms)
        .ok_or_else(|| {
            GatewayError::isv(
                "IllegalRefreshToken",
                "The specified refresh token is invalid or expired",
            )
        })?;
    Ok(pair(world, claims.expires_ms, security, request_id))
}

/// A new pair whose refresh token lives until `until_ms`, when the consent ends.
fn pair(world: &World, until_ms: i64, security: bool, request_id: &str) -> Value {
    let now_ms = world.clock.now_ms();
    let issued_ms = world.mint.issue_time(now_ms);
    let access_until_ms =
        (now_ms + millis(world.options.token_life.aliexpress_access)).min(until_ms);
    let token = |kind, expires_ms| {
        world.mint.write(Claims {
            supplier: Supplier::AliExpress,
            kind,
            account: 0,
            issued_ms,
            expires_ms,
        })
    };
    // Numbers live, text in the documentation's sample: by seed and turn.
    let seed = world.options.seed;
    let quoted = draw(seed, 0x70, world.next_request()).is_multiple_of(2);
    let number = |n: i64| {
        if quoted {
            json!(n.to_string())
        } else {
            json!(n)
        }
    };
    let user = 1_800_000_000 + draw(seed, 0x71, 0) % 100_000_000;
    let mut body = json!({
        "access_token": token(Kind::Access, access_until_ms),
        "refresh_token": token(Kind::Refresh, until_ms),
        "expires_in": number((access_until_ms - now_ms) / 1_000),
        "refresh_expires_in": number((until_ms - now_ms) / 1_000),
        "expire_time": number(access_until_ms),
        "refresh_token_valid_time": number(until_ms),
        "user_id": user.to_string(),
        "seller_id": user.to_string(),
        "locale": "zh_CN",
        "sp": "ae",
        "code": "0",
        "request_id": request_id,
        "_trace_id_": format!("{request_id}e0"),
    });
    if let (false, Some(fields)) = (security, body.as_object_mut()) {
        fields.insert("havana_id".to_owned(), json!((user * 100).to_string()));
        fields.insert("user_nick".to_owned(), json!(format!("us{user}made")));
        fields.insert("account".to_owned(), json!("owner@example.test"));
        fields.insert("account_platform".to_owned(), json!("buyerApp"));
    }
    body
}
