//! Practice mode: the same application against suppliers simulated in this process, with a folder and keychain entries of
//! its own, so that nothing an owner tries there touches the real accounts.
//!
//! Changing the mode starts the application again: two modes in one process would be one mistake away from mixing.

use std::process::Command;

use serde::Serialize;
use smartlinks_core::accounts::SUGGESTED_CALLBACK;
use smartlinks_core::ports::BaseUrls;
use smartlinks_core::{Code, Error, Result};
use smartlinks_sandbox::{APP_KEY, APP_SECRET, CJ_API_KEY, Options, Sandbox};
use tauri::{AppHandle, Manager as _, Runtime};
use ts_rs::TS;

/// The argument that opens the window in practice mode.
pub const ARGUMENT: &str = "--practice";
/// What the simulated suppliers have on sale.
const PRODUCTS: u64 = 2_000;
/// How many of them are the owner's "my products": a sync that is watched, not waited for.
const MY_PRODUCTS: u64 = 120;
/// Where the simulated CJ answers if it can: the catalogue of practice keeps the addresses of pictures over a restart.
const PICTURES: u16 = 47_811;

/// What to type in practice mode; made-up values that only the simulated suppliers take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PracticeCredentials {
    /// A CJ API key.
    pub cj_api_key: String,
    /// An AliExpress App Key.
    pub app_key: String,
    /// Its App Secret.
    pub app_secret: String,
    /// A callback address that fills the code in by itself.
    pub callback_url: String,
}

/// The credentials the simulated suppliers take.
#[must_use]
pub fn credentials() -> PracticeCredentials {
    PracticeCredentials {
        cj_api_key: CJ_API_KEY.to_owned(),
        app_key: APP_KEY.to_owned(),
        app_secret: APP_SECRET.to_owned(),
        callback_url: SUGGESTED_CALLBACK.to_owned(),
    }
}

/// Starts both simulated suppliers on loopback.
///
/// # Errors
/// `Unexpected` when loopback cannot be bound.
pub async fn suppliers() -> Result<Sandbox> {
    let options = Options {
        products: PRODUCTS,
        my_products: MY_PRODUCTS,
        qps: Some(4),
        cj_port: Some(PICTURES),
        ..Options::default()
    };
    Sandbox::start(options).await.map_err(|error| {
        let message = format!("the simulated suppliers did not start: {error}");
        Error::new(Code::Unexpected, message)
    })
}

/// Where they answer.
#[must_use]
pub fn base_urls(sandbox: &Sandbox) -> BaseUrls {
    BaseUrls {
        aliexpress: sandbox.aliexpress_url(),
        cj: sandbox.cj_url(),
        supabase: sandbox.supabase().url(),
    }
}

/// Starts the application in the other mode and ends this one. The modes are different instances to the system, so the
/// new one is not taken for a second start of this one.
///
/// # Errors
/// `Unexpected` when the new process cannot be started; this one then goes on.
pub fn restart<R: Runtime>(app: &AppHandle<R>, practice: bool) -> Result<()> {
    let failed = |error: std::io::Error| {
        let message = format!("the application could not be started again: {error}");
        Error::new(Code::Unexpected, message)
    };
    let program = tauri::process::current_binary(&app.env()).map_err(failed)?;
    Command::new(program)
        .args(practice.then_some(ARGUMENT))
        .spawn()
        .map_err(failed)?;
    app.exit(0);
    Ok(())
}
