//! The same strings for other processes: `POST /_sandbox/…` on the CJ listener, JSON in and out. `smartlinks-cli sandbox` and end-to-end
//! tests use it.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::Control;
use crate::faults::{FaultRule, Supplier};
use crate::world::World;

/// `{}`, `{"supplier": "cj"}`, `{"refresh": true}`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Expire {
    supplier: Option<Supplier>,
    /// The refresh tokens too.
    refresh: bool,
}

/// `{"pid": "…", "price": "4.20", "stock": 3, "delist": true}`; only what is given changes. `vid` instead of `pid` for one variant.
#[derive(Deserialize)]
struct Product {
    pid: Option<String>,
    vid: Option<String>,
    price: Option<Decimal>,
    stock: Option<u64>,
    delist: Option<bool>,
}

#[derive(Deserialize)]
struct OrderState {
    order: String,
    state: String,
}

#[derive(Deserialize)]
struct Suspend {
    suspended: bool,
}

#[derive(Deserialize)]
struct Points {
    points: u64,
}

#[derive(Deserialize)]
struct Advance {
    seconds: u64,
}

type Shared = State<Arc<World>>;

pub(crate) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_sandbox/faults", post(push).delete(clear_faults))
        .route("/_sandbox/expire", post(expire))
        .route("/_sandbox/calls", get(calls).delete(clear_calls))
        .route("/_sandbox/product", post(product))
        .route("/_sandbox/order", post(order))
        .route("/_sandbox/suspend", post(suspend))
        .route("/_sandbox/points", post(points))
        .route("/_sandbox/advance", post(advance))
}

fn control(world: Shared) -> Control {
    Control::new(world.0)
}

fn done(known: bool) -> Response {
    if known {
        Json(json!({"ok": true})).into_response()
    } else {
        (
            StatusCode::NOT_FOUND,
            Json(json!({"ok": false, "message": "no such id"})),
        )
            .into_response()
    }
}

async fn push(world: Shared, Json(rule): Json<FaultRule>) -> Response {
    control(world).push(rule);
    done(true)
}

async fn clear_faults(world: Shared) -> Response {
    control(world).clear_faults();
    done(true)
}

async fn expire(world: Shared, body: Option<Json<Expire>>) -> Response {
    let control = control(world);
    let asked = body.map(|Json(asked)| asked).unwrap_or_default();
    for supplier in [Supplier::AliExpress, Supplier::Cj] {
        if asked.supplier.is_none_or(|only| only == supplier) {
            control.expire_access_tokens_of(supplier);
            if asked.refresh {
                control.expire_refresh_tokens_of(supplier);
            }
        }
    }
    done(true)
}

async fn calls(world: Shared) -> Json<Value> {
    Json(json!({"calls": control(world).calls()}))
}

async fn clear_calls(world: Shared) -> Response {
    control(world).clear_calls();
    done(true)
}

async fn product(world: Shared, Json(asked): Json<Product>) -> Response {
    let control = control(world);
    let mut known = asked.pid.is_some() || asked.vid.is_some();
    if let Some(pid) = &asked.pid {
        if let Some(price) = asked.price {
            known &= control.set_price(pid, price);
        }
        if let Some(stock) = asked.stock {
            known &= control.set_stock(pid, stock);
        }
        match asked.delist {
            Some(true) => known &= control.delist(pid),
            Some(false) => known &= control.relist(pid),
            None => {}
        }
    }
    if let Some(vid) = &asked.vid {
        if let Some(price) = asked.price {
            known &= control.set_variant_price(vid, price);
        }
        if let Some(stock) = asked.stock {
            known &= control.set_variant_stock(vid, stock);
        }
    }
    done(known)
}

async fn order(world: Shared, Json(asked): Json<OrderState>) -> Response {
    done(control(world).set_order_state(&asked.order, &asked.state))
}

async fn suspend(world: Shared, Json(asked): Json<Suspend>) -> Response {
    control(world).suspend_cj(asked.suspended);
    done(true)
}

async fn points(world: Shared, Json(asked): Json<Points>) -> Response {
    control(world).spend_points(asked.points);
    done(true)
}

async fn advance(world: Shared, Json(asked): Json<Advance>) -> Response {
    control(world).advance(Duration::from_secs(asked.seconds));
    done(true)
}
