//! AliExpress's gateway as far as SmartLinks and its tests use it: the consent page, the token calls under `/rest`, the business calls
//! under `/sync`. Every error comes with HTTP status 200 (measured live).

mod authorize;
mod error;
pub(crate) mod gate;
mod order;
mod page;
mod product;
mod search;
mod shipping;
mod sign;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use axum::routing::{any, get};
use serde_json::{Value, json};

use crate::answer::{Answer, Called, answer};
use crate::faults::{Fault, Supplier};
use crate::params::Params;
use crate::random::draw;
use crate::tokens::Kind;
use crate::world::World;
pub(crate) use authorize::is_loopback;
use error::GatewayError;
pub(crate) use product::sku_count;

/// Everything on the AliExpress listener.
pub(crate) fn router(world: Arc<World>) -> Router {
    Router::new()
        .route(
            "/oauth/authorize",
            get(authorize::show).post(authorize::decide),
        )
        .route("/rest", any(rest_by_method))
        .route("/rest/{*path}", any(rest))
        .route("/sync", any(sync))
        .route("/images/{file}", get(crate::images::picture))
        .fallback(async || Answer::page(404, "404 Not Found").into_response())
        .with_state(world)
}

fn request_id(world: &World) -> String {
    let n = world.next_request();
    // 32 characters that begin with 21, as the live ones do.
    format!("21{:014x}{:016x}", n + 1, draw(world.options.seed, 0x21, n))
}

/// `POST /rest/auth/token/create` and `/refresh`, with the parameters in the query, in a form, or in both.
async fn rest(
    state: State<Arc<World>>,
    Path(path): Path<String>,
    query: RawQuery,
    body: Bytes,
) -> Response {
    let params = Params::parse(query.0.as_deref(), &body);
    rest_call(state.0, path, params).await
}

/// The official SDKs' other form: `/rest` with the path in `method`.
async fn rest_by_method(state: State<Arc<World>>, query: RawQuery, body: Bytes) -> Response {
    let params = Params::parse(query.0.as_deref(), &body);
    let path = params
        .get("method")
        .unwrap_or_default()
        .trim_start_matches('/')
        .to_owned();
    rest_call(state.0, path, params).await
}

async fn rest_call(world: Arc<World>, path: String, params: Params) -> Response {
    let called = Called {
        supplier: Supplier::AliExpress,
        name: path.clone(),
        product: None,
    };
    let shared = Arc::clone(&world);
    answer(
        &world,
        called,
        {
            let path = path.clone();
            move |fault| Some(instead(&path, false, fault))
        },
        move || {
            let id = request_id(&shared);
            match token::call(&shared, &path, &params, &id) {
                Ok(body) => Answer::json(body.to_string().into_bytes()),
                Err(error) => error.flat(&id),
            }
        },
    )
    .await
}

/// Business calls, and token calls by their path in `method`.
async fn sync(State(world): State<Arc<World>>, query: RawQuery, body: Bytes) -> Response {
    let params = Params::parse(query.0.as_deref(), &body);
    let method = params.get("method").unwrap_or_default().to_owned();
    let called = Called {
        supplier: Supplier::AliExpress,
        name: method.trim_start_matches('/').to_owned(),
        product: params.get("product_id").map(str::to_owned),
    };
    let shared = Arc::clone(&world);
    answer(
        &world,
        called,
        {
            let method = method.clone();
            move |fault| Some(instead(&method, true, fault))
        },
        move || {
            let id = request_id(&shared);
            match business(&shared, &method, &params, &id) {
                Ok(mut body) => {
                    if let Some(fields) = body.as_object_mut() {
                        fields.insert("request_id".to_owned(), json!(id));
                    }
                    let envelope = json!({envelope_name(&method): body});
                    Answer::json(envelope.to_string().into_bytes())
                }
                Err(error) => error.enveloped(&id),
            }
        },
    )
    .await
}

/// `aliexpress.ds.product.get` answers under `aliexpress_ds_product_get_response`; a path answers under itself.
fn envelope_name(method: &str) -> String {
    format!("{}_response", method.replace('.', "_"))
}

type Business = fn(&World, &Params) -> Result<Value, GatewayError>;

static METHODS: [(&str, Business); 6] = [
    ("aliexpress.ds.member.benefit.get", benefits),
    ("aliexpress.ds.product.get", product::get),
    ("aliexpress.ds.text.search", search::search),
    ("aliexpress.ds.freight.query", shipping::freight),
    ("aliexpress.trade.ds.order.get", order::get),
    ("aliexpress.ds.order.tracking.get", shipping::tracking),
];

/// The gateway's order of checks: app key, signature, timestamp, existence and permission of the method, token, rate, parameters.
/// Where the token stands in it is not documented.
fn business(
    world: &World,
    method: &str,
    params: &Params,
    request_id: &str,
) -> Result<Value, GatewayError> {
    if method.is_empty() {
        return Err(GatewayError::missing("method"));
    }
    if let Some(path) = method.strip_prefix('/') {
        return token::call(world, path, params, request_id);
    }
    sign::check(world, None, params)?;
    if method.starts_with("aliexpress.affiliate.") {
        return Err(GatewayError::isv(
            "InsufficientPermission",
            "App does not have permission to access this api",
        ));
    }
    let Some((_, run)) = METHODS.iter().find(|(name, _)| *name == method) else {
        return Err(GatewayError::isv(
            "InvalidApiPath",
            "The specified API path is invalid",
        ));
    };
    let token = params
        .get("session")
        .or(params.get("access_token"))
        .unwrap_or_default();
    let now_ms = world.clock.now_ms();
    if world
        .mint
        .check(Supplier::AliExpress, Kind::Access, token, now_ms)
        .is_none()
    {
        return Err(GatewayError::isv(
            "IllegalAccessToken",
            "The specified access token is invalid or expired",
        ));
    }
    world
        .gate
        .admit(method, world.clock.elapsed_ms())
        .map_err(GatewayError::banned)?;
    run(world, params)
}

/// `aliexpress.ds.member.benefit.get`: no parameters; a cheap way to learn whether a token lives.
fn benefits(_: &World, _: &Params) -> Result<Value, GatewayError> {
    Ok(json!({
        "result": {"benefit_catalog": [
            {"code": "auto-pay", "title": "Auto payment", "canApply": true, "canBenefit": false},
            {"code": "ds-price", "title": "Dropshipper price", "canApply": true, "canBenefit": true},
        ]},
        "rsp_code": 200,
        "rsp_msg": "Call succeeds",
    }))
}

/// A list as this gateway wraps it: under one odd name, a single element sometimes bare, none as an empty object.
fn wrapped(name: &str, mut list: Vec<Value>, bare_when_single: bool) -> Value {
    match list.len() {
        0 => json!({}),
        1 if bare_when_single => json!({name: list.remove(0)}),
        _ => json!({name: list}),
    }
}

/// A refusal in words on order, flat under `/rest` and in an envelope under `/sync`.
fn refused(enveloped: bool, code: &str, sub_code: Option<&str>, message: &str) -> Answer {
    let words = if enveloped { "msg" } else { "message" };
    let mut error = json!({"code": code, words: message, "request_id": "2100000000000000"});
    if let (Some(sub_code), Some(fields)) = (sub_code, error.as_object_mut()) {
        fields.insert("sub_code".to_owned(), json!(sub_code));
    }
    let body = if enveloped {
        json!({ "error_response": error })
    } else {
        error
    };
    Answer::refused(200, code, body.to_string().into_bytes())
}

/// The forms of AliExpress's own that a fault on order takes.
fn instead(name: &str, enveloped: bool, fault: &Fault) -> Answer {
    let error = match fault {
        Fault::RateRefusal { .. } => GatewayError::banned(2),
        Fault::PointsRefusal => GatewayError::banned(14_229),
        Fault::Refuse {
            code,
            sub_code,
            message,
        } => return refused(enveloped, code, sub_code.as_deref(), message),
        _ if enveloped => {
            let body = json!({envelope_name(name): {"request_id": "2100000000000000"}});
            return Answer::json(body.to_string().into_bytes());
        }
        _ => return Answer::json(b"{}".to_vec()),
    };
    if enveloped {
        error.enveloped("2100000000000000")
    } else {
        error.flat("2100000000000000")
    }
}
