//! The shop: its Postgres database and its Supabase project, connected, tested, filled.

use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use smartlinks_core::views::{Event, ExportSelection};
use smartlinks_core::{Code, Error, Result, Shop};
use smartlinks_publish::postgres::{self, Address, Options, Published};
use smartlinks_publish::supabase::{
    self, Deployed, Deployment, EdgeFunction, Invoked, Preview, Project, Sent, clean_line,
};
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_shell::ShellExt as _;
use tauri_plugin_shell::process::CommandEvent;
use tokio::sync::Notify;
use ts_rs::TS;

use crate::ipc_error::Answer;
use crate::state::AppState;

/// What is remembered of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ShopTargets {
    /// The database as `user@host:5432/name`.
    pub postgres: Option<String>,
    /// Whether its line is encrypted.
    pub encrypted: bool,
    /// The project.
    pub supabase: Option<Project>,
    /// SQL that makes a role which can publish and nothing else.
    pub role_script: &'static str,
    /// An example of row-level security.
    pub security_example: &'static str,
}

/// What is remembered; nothing is asked over the network.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn shop_targets(state: State<'_, AppState>) -> Answer<ShopTargets> {
    state
        .ask(|shop| async move {
            let address = postgres::remembered(&shop).await?;
            Ok(ShopTargets {
                encrypted: address
                    .as_ref()
                    .is_some_and(|address| address.tls == postgres::Tls::Verified),
                postgres: address.map(|address| address.name()),
                supabase: supabase::remembered(&shop).await?,
                role_script: postgres::role_script(),
                security_example: postgres::row_level_security_example(),
            })
        })
        .await
}

/// Tests a connection string and remembers it; without one the remembered database is tested.
///
/// # Errors
/// `BadInput`, `ShopNotConnected`, or what the server refuses.
#[tauri::command]
pub async fn postgres_connect(
    state: State<'_, AppState>,
    connection: Option<String>,
) -> Answer<postgres::Check> {
    let connection = connection.map(SecretString::from);
    state
        .ask(|shop| async move {
            match connection {
                Some(text) => postgres::connect(&shop, Address::parse(&text)?).await,
                None => postgres::test(&shop, None).await,
            }
        })
        .await
}

/// Forgets the database and its password.
///
/// # Errors
/// `KeychainUnavailable` when the password may still be there.
#[tauri::command]
pub async fn postgres_forget(state: State<'_, AppState>) -> Answer<()> {
    state
        .ask(|shop| async move { postgres::forget(&shop).await })
        .await
}

/// The wish to end the publish at work.
#[derive(Debug, Default)]
pub struct PublishStop(Notify);

/// Publishes what changed, or compares everything, or only a selection; progress and end come as events, too.
///
/// # Errors
/// `ShopNotConnected`, `ShopBusy`, or what the server refuses; `Interrupted` when it was stopped.
#[tauri::command]
pub async fn postgres_publish(
    state: State<'_, AppState>,
    stop: State<'_, PublishStop>,
    full: bool,
    selection: ExportSelection,
) -> Answer<Published> {
    let options = Options { full, selection };
    state
        .ask(|shop| async move {
            postgres::publish_until(stop.0.notified(), &shop, None, options).await
        })
        .await
}

/// Stops the publish at work; what the shop has by then stays there, and the next publish goes on from it.
///
/// # Errors
/// None.
#[tauri::command]
pub fn postgres_publish_stop(stop: State<'_, PublishStop>) {
    stop.0.notify_waiters();
}

/// Connects a Supabase project; without a project and a token the remembered one is tested.
///
/// # Errors
/// `BadInput`, `ShopNotConnected`, `ShopToken`, `ShopUnreachable`.
#[tauri::command]
pub async fn supabase_connect(
    state: State<'_, AppState>,
    project: Option<String>,
    token: Option<String>,
) -> Answer<supabase::Check> {
    let token = token.map(SecretString::from);
    state
        .ask(|shop| async move {
            let given = project.as_deref().zip(token);
            supabase::connect(&shop, given).await
        })
        .await
}

/// Forgets the project and its token.
///
/// # Errors
/// `KeychainUnavailable` when the token may still be there.
#[tauri::command]
pub async fn supabase_forget(state: State<'_, AppState>) -> Answer<()> {
    state
        .ask(|shop| async move { supabase::forget(&shop).await })
        .await
}

/// The secrets that would be sent, by name.
///
/// # Errors
/// `ShopNotConnected`, `ShopToken`, `ShopUnreachable`.
#[tauri::command]
pub async fn supabase_secrets(state: State<'_, AppState>) -> Answer<Preview> {
    state
        .ask(|shop| async move { supabase::preview(&shop).await })
        .await
}

/// Sends the secrets of these names.
///
/// # Errors
/// `BadInput` for a name that was not in the preview; those of the preview.
#[tauri::command]
pub async fn supabase_send(state: State<'_, AppState>, names: Vec<String>) -> Answer<Sent> {
    state
        .ask(|shop| async move { supabase::send(&shop, &names).await })
        .await
}

/// Deploys a function with the `supabase` program, whose lines come as events; says what to type where it is not installed.
///
/// # Errors
/// `ShopNotConnected`, `ShopTool` when the program failed.
#[tauri::command]
pub async fn supabase_deploy<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
    function: EdgeFunction,
) -> Answer<Deployed> {
    state
        .ask(|shop| async move {
            let folder = shop.data_dir().join("shop");
            supabase::write_sources(&folder, function)?;
            let (deployment, token) = supabase::deployment(&shop, &folder, function).await?;
            let ran = run(&app, &shop, function, &deployment, &token).await?;
            Ok(Deployed {
                function,
                ran,
                commands: deployment.commands,
            })
        })
        .await
}

/// Asks a function to work.
///
/// # Errors
/// `ShopNotConnected`, `NotFound` when it is not deployed, `ShopToken`, `ShopUnreachable`.
#[tauri::command]
pub async fn supabase_invoke(
    state: State<'_, AppState>,
    function: EdgeFunction,
) -> Answer<Invoked> {
    state
        .ask(|shop| async move { supabase::invoke(&shop, function).await })
        .await
}

/// One program with words of ours: the page names a function, never a command. False when the program is not installed.
async fn run<R: Runtime>(
    app: &AppHandle<R>,
    shop: &Shop,
    function: EdgeFunction,
    deployment: &Deployment,
    token: &SecretString,
) -> Result<bool> {
    let started = app
        .shell()
        .command(&deployment.program)
        .args(&deployment.arguments)
        .env("SUPABASE_ACCESS_TOKEN", token.expose_secret())
        .current_dir(&deployment.folder)
        .spawn();
    let mut said = match started {
        Ok((said, _)) => said,
        Err(tauri_plugin_shell::Error::Io(error))
            if error.kind() == std::io::ErrorKind::NotFound =>
        {
            return Ok(false);
        }
        Err(error) => return Err(Error::new(Code::ShopTool, format!("supabase: {error}"))),
    };
    let mut last = String::new();
    while let Some(event) = said.recv().await {
        match event {
            CommandEvent::Stdout(bytes) | CommandEvent::Stderr(bytes) => {
                let line = clean_line(&String::from_utf8_lossy(&bytes), token);
                if line.trim().is_empty() {
                    continue;
                }
                last.clone_from(&line);
                shop.tell(Event::Deploying {
                    function: function.slug().to_owned(),
                    line,
                });
            }
            CommandEvent::Error(error) => last = clean_line(&error, token),
            CommandEvent::Terminated(end) if end.code == Some(0) => return Ok(true),
            CommandEvent::Terminated(_) => break,
            _ => {}
        }
    }
    Err(Error::new(Code::ShopTool, format!("supabase: {last}")))
}
