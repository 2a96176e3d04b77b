//! What every CJ call passes before its endpoint runs, and CJ's own words for refusing it.

use axum::http::{HeaderMap, Method, header};
use serde_json::{Value, json};

use super::envelope::{self, Flags, Refusal};
use super::limits::PointsInfo;
use super::{Call, Endpoint, List, Null, Page};
use crate::answer::Answer;
use crate::faults::{Fault, Supplier};
use crate::params::Params;
use crate::tokens::Claims;
use crate::tokens::Kind;
use crate::world::World;

/// The checks, in CJ's order as far as it is known: interface, method, body, token, account, requests per second, points.
pub(super) fn checked(
    world: &World,
    endpoint: Option<&Endpoint>,
    method: &Method,
    headers: &HeaderMap,
    params: Params,
    body: Option<Value>,
    request_id: &str,
) -> Result<Answer, Refusal> {
    let endpoint = endpoint.ok_or_else(|| Refusal::new(1_600_101, "Interface not found"))?;
    if endpoint.method != *method {
        return Err(Refusal::new(
            16_900_202,
            format!("Request method '{method}' not supported"),
        ));
    }
    let body = body.ok_or_else(|| Refusal::new(16_900_205, "Request body is not JSON"))?;
    if endpoint.method == Method::POST && endpoint.path != "authentication/logout" {
        if body.is_null() {
            return Err(Refusal::new(16_900_204, "Required request body is missing"));
        }
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("application/json")) {
            return Err(Refusal::new(16_900_203, "Content type not supported"));
        }
    }
    let mut call = Call {
        world,
        account: 0,
        claims: None,
        params,
        body,
        request_id,
        points: None,
    };
    if endpoint.token {
        let claims = authenticated(world, headers)?;
        call.account = claims.account;
        call.claims = Some(claims);
        call.points = Some(admitted(world, claims.account, endpoint.points)?);
    }
    (endpoint.run)(&call).map(Answer::json)
}

fn authenticated(world: &World, headers: &HeaderMap) -> Result<Claims, Refusal> {
    let token = headers
        .get("CJ-Access-Token")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if token.is_empty() {
        return Err(Refusal::new(1_600_002, "Access token is empty"));
    }
    let claims = world
        .mint
        .check(Supplier::Cj, Kind::Access, token, world.clock.now_ms());
    let claims = claims.ok_or_else(|| {
        // Seen with 401 as well as with 200.
        let status = if world.accounts.turn() { 401 } else { 200 };
        Refusal::new(1_600_001, "Invalid API key or access token").with_status(status)
    })?;
    if world.accounts.is_suspended() {
        return Err(Refusal::new(
            1_600_004,
            "Authorization failed, API access is suspended: no transaction for 30 consecutive days. Please re-activate it on the CJ API page",
        ));
    }
    Ok(claims)
}

/// Lets a call through the account's two limits.
fn admitted(world: &World, account: usize, cost: u64) -> Result<PointsInfo, Refusal> {
    let (now_ms, elapsed_ms) = (world.clock.now_ms(), world.clock.elapsed_ms());
    let mut state = world.accounts.state(account);
    if let Some(qps) = world.accounts.qps
        && !state.window.pass(elapsed_ms, qps)
    {
        return Err(too_fast(qps, world.accounts.turn()));
    }
    state.points.take(cost, now_ms).map_err(|info| {
        drop(state);
        out_of_points(info, cost, world.accounts.turn())
    })
}

fn too_fast(qps: u32, http_429: bool) -> Refusal {
    Refusal::new(
        1_600_200,
        format!("Too Many Requests, QPS limit is {qps} time/1second"),
    )
    .with_status(if http_429 { 429 } else { 200 })
}

fn out_of_points(info: PointsInfo, cost: u64, http_429: bool) -> Refusal {
    Refusal {
        points: Some(info),
        ..Refusal::new(
            16_900_500,
            format!(
                "Insufficient API points. Used today: {}, Remaining: {}, Required: {cost}",
                info.used_today, info.remaining
            ),
        )
        .with_status(if http_429 { 429 } else { 200 })
    }
}

/// The forms of CJ's own that a fault on order takes.
pub(super) fn instead(
    world: &World,
    endpoint: Option<&Endpoint>,
    fault: &Fault,
    request_id: &str,
) -> Answer {
    match fault {
        Fault::RateRefusal { http_429 } => {
            too_fast(world.accounts.qps.unwrap_or(1), *http_429).answer(request_id)
        }
        Fault::PointsRefusal => {
            let total = world.options.points_per_day;
            let info = PointsInfo {
                used_today: total,
                remaining: 0,
                total,
            };
            let cost = endpoint.map_or(10, |e| e.points.max(10));
            out_of_points(info, cost, world.accounts.turn()).answer(request_id)
        }
        _ => {
            let data = match endpoint.map_or(Null, |e| e.nothing) {
                Null => Value::Null,
                List => json!([]),
                Page("content") => {
                    json!({"pageSize": 20, "pageNumber": 1, "totalRecords": 0, "totalPages": 0, "content": []})
                }
                Page(rows) => json!({"pageNum": 1, "pageSize": 20, "total": 0, rows: []}),
            };
            Answer::json(envelope::success(Flags::Result, data, request_id, None))
        }
    }
}
