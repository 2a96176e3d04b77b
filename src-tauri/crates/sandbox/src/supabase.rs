//! Supabase's Management API and the gateway of its functions, simulated on loopback: one project, its secrets and functions.
//!
//! Only what SmartLinks asks for, and the refusals it may get: a wrong token, a foreign project, too many calls, outages.
//! Facts: <https://supabase.com/docs/reference/api/introduction>.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::task::JoinHandle;
use url::Url;

use crate::answer::DropConnection;
use crate::error::Result;
use crate::server;

/// The access token the simulation takes. Made up.
pub const SUPABASE_TOKEN: &str = "sbp_0123456789abcdef0123456789abcdef01234567";
/// The one project there is.
pub const SUPABASE_PROJECT: &str = "abcdefghijklmnopqrst";
/// The project's service_role key. Made up.
pub const SUPABASE_SERVICE_KEY: &str = "made-up-service-role-key";

/// What goes wrong at the next call whose path contains a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SupabaseFault {
    /// This status, with a page instead of JSON where it is 5xx.
    Status(u16),
    /// The connection is dropped without an answer.
    Reset,
}

#[derive(Default)]
struct Project {
    secrets: BTreeMap<String, String>,
    functions: BTreeMap<String, u64>,
    faults: Vec<(String, SupabaseFault)>,
}

type Shared = Arc<Mutex<Project>>;

/// The simulation, running; it stops when this is dropped.
#[must_use = "the simulation stops when this is dropped"]
pub struct Supabase {
    url: Url,
    project: Shared,
    task: JoinHandle<()>,
}

impl Supabase {
    /// Binds a port of 127.0.0.1 and serves on it.
    ///
    /// # Errors
    /// When loopback cannot be bound.
    pub async fn start() -> Result<Self> {
        let (listener, url) = crate::bind(None).await?;
        let project = Shared::default();
        let task = tokio::spawn(server::serve(listener, router(Arc::clone(&project))));
        Ok(Self { url, project, task })
    }

    /// Stands for `https://api.supabase.com`, and for the project's own address.
    pub fn url(&self) -> Url {
        self.url.clone()
    }

    /// The secrets as the project holds them.
    pub fn secrets(&self) -> BTreeMap<String, String> {
        lock(&self.project).secrets.clone()
    }

    /// Puts a function there, as a deploy does.
    pub fn deploy(&self, slug: &str) {
        *lock(&self.project)
            .functions
            .entry(slug.to_owned())
            .or_default() += 1;
    }

    /// What goes wrong at the next call whose path contains `path`, once.
    pub fn fail_next(&self, path: &str, fault: SupabaseFault) {
        lock(&self.project).faults.push((path.to_owned(), fault));
    }
}

impl Drop for Supabase {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(project: &Shared) -> MutexGuard<'_, Project> {
    project.lock().unwrap_or_else(PoisonError::into_inner)
}

fn router(project: Shared) -> Router {
    Router::new()
        .route("/v1/projects/{reference}", get(management))
        .route(
            "/v1/projects/{reference}/{what}",
            get(management).post(management),
        )
        .route("/functions/v1/{slug}", post(invoke))
        .with_state(project)
}

fn fault(project: &Shared, path: &str) -> Option<Response> {
    let mut project = lock(project);
    let index = project
        .faults
        .iter()
        .position(|(word, _)| path.contains(word.as_str()))?;
    let (_, fault) = project.faults.remove(index);
    Some(match fault {
        SupabaseFault::Reset => {
            let mut response = StatusCode::OK.into_response();
            response.extensions_mut().insert(DropConnection);
            response
        }
        SupabaseFault::Status(429) => refused(429, "ThrottlerException: Too Many Requests"),
        SupabaseFault::Status(status) => (
            StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY),
            "<html>upstream</html>",
        )
            .into_response(),
    })
}

fn refused(status: u16, message: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    (status, Json(json!({ "message": message }))).into_response()
}

fn bearer(headers: &HeaderMap) -> &str {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default()
}

async fn management(
    State(project): State<Shared>,
    Path(parts): Path<Vec<(String, String)>>,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let part = |name: &str| {
        let found = parts.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let (reference, what) = (part("reference"), part("what"));
    if let Some(fault) = fault(&project, &format!("projects/{reference}/{what}")) {
        return fault;
    }
    if bearer(&headers) != SUPABASE_TOKEN {
        return refused(401, "Unauthorized");
    }
    if reference != SUPABASE_PROJECT {
        return refused(
            403,
            "Your account does not have the necessary privileges to access this endpoint.",
        );
    }
    let mut project = lock(&project);
    match (what, method == Method::POST) {
        ("", false) => Json(json!({
            "id": reference, "ref": reference, "organization_id": "made-up", "name": "My shop", "region": "eu-west-3",
            "created_at": "2026-01-01T00:00:00Z", "status": "ACTIVE_HEALTHY",
        }))
        .into_response(),
        ("secrets", false) => {
            // A digest stands where the value was: nobody reads a secret back.
            let all = project.secrets.iter().map(|(name, value)| {
                let digest: String = Sha256::digest(value)
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect();
                json!({ "name": name, "value": digest, "updated_at": "2026-01-01T00:00:00Z" })
            });
            Json(all.collect::<Vec<_>>()).into_response()
        }
        ("secrets", true) => keep(&mut project, &body),
        ("functions", false) => {
            let all = project.functions.iter().map(|(slug, version)| {
                json!({ "id": slug, "slug": slug, "name": slug, "status": "ACTIVE", "version": version, "verify_jwt": true })
            });
            Json(all.collect::<Vec<_>>()).into_response()
        }
        ("api-keys", false) => Json(json!([
            { "name": "anon", "type": "legacy", "api_key": "made-up-anon-key" },
            { "name": "service_role", "type": "legacy", "api_key": SUPABASE_SERVICE_KEY },
        ]))
        .into_response(),
        _ => refused(404, "Cannot find that"),
    }
}

/// All of them or none, as the real one does.
fn keep(project: &mut Project, body: &Bytes) -> Response {
    let Ok(Value::Array(given)) = serde_json::from_slice(body) else {
        return refused(400, "Expected array");
    };
    let mut wanted = Vec::new();
    for secret in &given {
        match (secret["name"].as_str(), secret["value"].as_str()) {
            (Some(name), _) if name.starts_with("SUPABASE_") => {
                return refused(400, "Secret name must not start with the SUPABASE_ prefix");
            }
            (Some(name), Some(value)) => wanted.push((name.to_owned(), value.to_owned())),
            _ => return refused(400, "name and value are required"),
        }
    }
    project.secrets.extend(wanted);
    StatusCode::CREATED.into_response()
}

async fn invoke(
    State(project): State<Shared>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Some(fault) = fault(&project, &format!("functions/{slug}")) {
        return fault;
    }
    let project = lock(&project);
    if !project.functions.contains_key(&slug) {
        return (
            StatusCode::NOT_FOUND,
            Json(json!({ "code": "NOT_FOUND", "message": "Requested function was not found" })),
        )
            .into_response();
    }
    if bearer(&headers) != SUPABASE_SERVICE_KEY {
        return (
            StatusCode::UNAUTHORIZED,
            Json(json!({ "code": 401, "message": "Invalid JWT" })),
        )
            .into_response();
    }
    let ready = ["CJ_CLIENT_ID", "CJ_CLIENT_SECRET"]
        .iter()
        .all(|name| project.secrets.contains_key(*name));
    if ready {
        Json(json!({ "products": 120, "changed": 7 })).into_response()
    } else {
        let why = "CJ_CLIENT_ID and CJ_CLIENT_SECRET are missing: send them from SmartLinks.";
        (StatusCode::BAD_GATEWAY, Json(json!({ "error": why }))).into_response()
    }
}
