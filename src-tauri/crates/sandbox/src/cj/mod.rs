//! CJ's API v2.0 as far as SmartLinks and its tests use it: routing, the checks every call passes, and the table of endpoints with
//! their price in points.

pub(crate) mod accounts;
mod auth;
mod checks;
mod envelope;
pub(crate) mod limits;
mod listing;
mod logistics;
mod mine;
mod order;
mod product;
mod row;
mod setting;
mod stock;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use axum::routing::{any, get};
use serde::Serialize;
use serde_json::Value;

use crate::answer::{Answer, Called, answer};
use crate::faults::Supplier;
use crate::params::Params;
use crate::tokens::Claims;
use crate::world::World;
use envelope::{Flags, Refusal};
use limits::PointsInfo;
pub(crate) use mine::all as my_products;

/// A call that passed the checks.
pub(crate) struct Call<'a> {
    pub(crate) world: &'a World,
    /// Whose token it came with; 0 on calls that need none.
    pub(crate) account: usize,
    pub(crate) claims: Option<Claims>,
    pub(crate) params: Params,
    pub(crate) body: Value,
    pub(crate) request_id: &'a str,
    points: Option<PointsInfo>,
}

impl Call<'_> {
    /// A successful answer.
    fn ok<T: Serialize>(&self, flags: Flags, data: T) -> Result<Vec<u8>, Refusal> {
        Ok(envelope::success(flags, data, self.request_id, self.points))
    }
}

/// What an answer without content looks like here, for the fault of that name.
#[derive(Clone, Copy)]
enum Nothing {
    Null,
    List,
    /// An empty page, with the rows under this name.
    Page(&'static str),
}

struct Endpoint {
    path: &'static str,
    method: Method,
    points: u64,
    token: bool,
    nothing: Nothing,
    run: fn(&Call<'_>) -> Result<Vec<u8>, Refusal>,
}

const fn endpoint(
    method: Method,
    path: &'static str,
    points: u64,
    nothing: Nothing,
    run: fn(&Call<'_>) -> Result<Vec<u8>, Refusal>,
) -> Endpoint {
    Endpoint {
        path,
        method,
        points,
        token: true,
        nothing,
        run,
    }
}

const fn open(path: &'static str, run: fn(&Call<'_>) -> Result<Vec<u8>, Refusal>) -> Endpoint {
    Endpoint {
        path,
        method: Method::POST,
        points: 0,
        token: false,
        nothing: Nothing::Null,
        run,
    }
}

use Nothing::{List, Null, Page};

/// Points are those of CJ's table; what it does not list costs none.
static ENDPOINTS: [Endpoint; 24] = [
    open("authentication/getAccessToken", auth::get_access_token),
    open(
        "authentication/refreshAccessToken",
        auth::refresh_access_token,
    ),
    endpoint(Method::POST, "authentication/logout", 0, Null, auth::logout),
    endpoint(Method::GET, "setting/get", 0, Null, setting::get),
    endpoint(Method::GET, "shop/getShops", 0, List, setting::shops),
    endpoint(
        Method::GET,
        "product/getCategory",
        0,
        List,
        setting::categories,
    ),
    endpoint(
        Method::GET,
        "product/globalWarehouseList",
        0,
        List,
        setting::warehouses,
    ),
    endpoint(
        Method::GET,
        "product/listV2",
        50,
        Page("content"),
        listing::list_v2,
    ),
    endpoint(Method::GET, "product/list", 50, Page("list"), listing::list),
    endpoint(
        Method::GET,
        "product/myProduct/query",
        0,
        Page("content"),
        mine::query,
    ),
    endpoint(Method::POST, "product/addToMyProduct", 0, Null, mine::add),
    endpoint(Method::GET, "product/query", 10, Null, product::query),
    endpoint(
        Method::GET,
        "product/variant/query",
        10,
        List,
        product::variants,
    ),
    endpoint(
        Method::GET,
        "product/variant/queryByVid",
        10,
        Null,
        product::variant,
    ),
    endpoint(
        Method::GET,
        "product/stock/getInventoryByPid",
        10,
        Null,
        stock::by_product,
    ),
    endpoint(
        Method::GET,
        "product/stock/queryByVid",
        10,
        List,
        stock::by_variant,
    ),
    endpoint(
        Method::GET,
        "product/stock/queryBySku",
        10,
        List,
        stock::by_sku,
    ),
    endpoint(
        Method::GET,
        "shopping/order/list",
        0,
        Page("list"),
        order::list,
    ),
    endpoint(
        Method::GET,
        "shopping/order/getOrderDetail",
        0,
        Null,
        order::detail,
    ),
    endpoint(
        Method::POST,
        "shopping/order/getOrderDetailBatch",
        0,
        List,
        order::batch,
    ),
    endpoint(
        Method::GET,
        "shopping/pay/getBalance",
        0,
        Null,
        setting::balance,
    ),
    endpoint(Method::GET, "logistic/trackInfo", 0, List, logistics::track),
    endpoint(
        Method::POST,
        "logistic/freightCalculate",
        10,
        List,
        logistics::freight,
    ),
    endpoint(Method::GET, "warehouse/detail", 0, Null, setting::warehouse),
];

/// Everything on the CJ listener.
pub(crate) fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/api2.0/v1/{*path}", any(call))
        .route("/api/oauth/token", any(oauth2))
        .route("/images/{file}", get(crate::images::picture))
        .merge(crate::control_http::router())
        .fallback(async || Answer::page(404, "404 Not Found").into_response())
        .with_state(world)
}

async fn oauth2(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    method: Method,
    body: Bytes,
) -> Response {
    let called = Called {
        supplier: Supplier::Cj,
        name: "api/oauth/token".to_owned(),
        product: None,
    };
    let shared = Arc::clone(&world);
    answer(
        &world,
        called,
        |_| None,
        move || {
            if shared.options.oauth2_endpoint && method == Method::POST {
                auth::client_credentials(&shared, &headers, &body)
            } else {
                Answer::page(404, "404 Not Found")
            }
        },
    )
    .await
}

async fn call(
    State(world): State<Arc<World>>,
    Path(path): Path<String>,
    method: Method,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let params = Params::parse(query.as_deref(), &[]);
    let parsed: Option<Value> = serde_json::from_slice(&body).ok();
    let named = ["pid", "productId", "vid", "productSku"];
    let product = named.iter().find_map(|name| {
        params.get(name).map(str::to_owned).or_else(|| {
            let value = parsed.as_ref()?.get(name)?;
            value.as_str().map(str::to_owned)
        })
    });
    let endpoint = ENDPOINTS.iter().find(|e| e.path == path);
    let called = Called {
        supplier: Supplier::Cj,
        name: path,
        product,
    };
    let shared = Arc::clone(&world);
    let request_id = world.request_id();
    let id = request_id.clone();
    answer(
        &world,
        called,
        move |fault| Some(checks::instead(&shared, endpoint, fault, &id)),
        || {
            let body = if body.is_empty() {
                Some(Value::Null)
            } else {
                parsed
            };
            checks::checked(
                &world,
                endpoint,
                &method,
                &headers,
                params,
                body,
                &request_id,
            )
            .unwrap_or_else(|refusal| refusal.answer(&request_id))
        },
    )
    .await
}
