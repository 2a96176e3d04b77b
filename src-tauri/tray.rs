//! The icon beside the clock, for an owner who wants SmartLinks to stay at work when its window is closed. Without that wish
//! there is no icon, and closing the window ends the program, as everywhere.
//!
//! A desktop may have no place for icons; the wish is refused then, because a hidden window could not be found again.

use std::panic::{AssertUnwindSafe, catch_unwind};

use smartlinks_core::words::word;
use smartlinks_core::{Code, Error, Result, schedule};
use tauri::menu::{MenuBuilder, MenuEvent};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, CloseRequestApi, Manager as _, Runtime, Window, async_runtime};
use tokio::sync::oneshot;

use crate::come_forward;
use crate::state::AppState;

/// The one icon.
const ICON: &str = "smartlinks";
const OPEN: &str = "open";
const SYNC: &str = "sync";
const QUIT: &str = "quit";

/// Shows the icon in the window's language, or takes it away.
///
/// # Errors
/// `NoTray` where the desktop shows no such icons; nothing has changed then.
pub async fn fit<R: Runtime>(app: &AppHandle<R>, wanted: bool) -> Result<()> {
    if !wanted {
        app.remove_tray_by_id(ICON);
        return Ok(());
    }
    let (answer, made) = oneshot::channel();
    let here = app.clone();
    let asked = app.run_on_main_thread(move || {
        // On Linux the library behind the icon is looked for at run time, and panics where it is missing.
        let outcome = catch_unwind(AssertUnwindSafe(|| make(&here)));
        let outcome = outcome.unwrap_or_else(|_| Err(no_tray("the library for icons is missing")));
        // Nobody waits while the application is ending.
        let _ = answer.send(outcome);
    });
    asked.map_err(|error| no_tray(&error.to_string()))?;
    made.await
        .unwrap_or_else(|_| Err(no_tray("the application is ending")))
}

fn make<R: Runtime>(app: &AppHandle<R>) -> Result<()> {
    let language = app.state::<AppState>().language();
    let say = |key: &str| word(language, &format!("tray/{key}"));
    let menu = MenuBuilder::new(app)
        .text(OPEN, say(OPEN))
        .text(SYNC, say(SYNC))
        .separator()
        .text(QUIT, say(QUIT))
        .build()
        .map_err(|error| no_tray(&error.to_string()))?;
    if let Some(icon) = app.tray_by_id(ICON) {
        // The language changed.
        return icon
            .set_menu(Some(menu))
            .map_err(|error| no_tray(&error.to_string()));
    }
    let mut icon = TrayIconBuilder::with_id(ICON)
        .tooltip("SmartLinks")
        .menu(&menu)
        .on_menu_event(chosen);
    if let Some(image) = app.default_window_icon() {
        icon = icon.icon(image.clone());
    }
    icon.build(app)
        .map_err(|error| no_tray(&error.to_string()))?;
    Ok(())
}

fn chosen<R: Runtime>(app: &AppHandle<R>, event: MenuEvent) {
    match event.id().as_ref() {
        OPEN => come_forward(app),
        SYNC => {
            let app = app.clone();
            async_runtime::spawn(async move {
                let synced = match app.state::<AppState>().shop().await {
                    Ok(shop) => schedule::sync_now(&shop).await,
                    Err(error) => Err(error),
                };
                if let Err(error) = synced {
                    // What an owner has to do about it stands in the window.
                    tracing::warn!(code = ?error.code, "a sync asked for at the icon did not start");
                    come_forward(&app);
                }
            });
        }
        QUIT => app.exit(0),
        _ => {}
    }
}

/// A closed window stays at hand while the icon is there.
pub fn hide_instead<R: Runtime>(window: &Window<R>, api: &CloseRequestApi) {
    if window.app_handle().tray_by_id(ICON).is_none() {
        return;
    }
    match window.hide() {
        Ok(()) => api.prevent_close(),
        Err(error) => tracing::warn!(%error, "the window could not be hidden and closes"),
    }
}

fn no_tray(why: &str) -> Error {
    Error::new(Code::NoTray, why)
}
