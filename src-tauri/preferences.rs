//! What the owner chose about the window: language, theme, tab. Kept by the store plugin in `preferences.json`.
//!
//! Country and currency are facts the suppliers are asked with; they live in the database and are only shown beside.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use smartlinks_core::catalog::Wanted;
use smartlinks_core::words::Language;
use smartlinks_core::{Code, Error, Result};
use tauri::{AppHandle, Manager as _, Runtime, Webview};
use tauri_plugin_store::{Store, StoreExt as _};
use ts_rs::TS;

use crate::WINDOW;
use crate::products_view::ProductsView;
use crate::state::AppState;
use crate::tray;

/// The file in the owner's folder; practice and real life look the same.
const FILE: &str = "preferences.json";
/// The one key in it.
const KEPT: &str = "window";
/// The least and the most a page is enlarged, in percent, whatever a file says.
const LEAST: u16 = 50;
const MOST: u16 = 300;

/// A language of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tongue {
    /// Français.
    Fr,
    /// English.
    En,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::Fr => Self::French,
            Tongue::En => Self::English,
        }
    }
}

/// How bright the window is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A tab of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// Overview.
    #[default]
    Overview,
    /// Authentication.
    Authentication,
    /// Products.
    Products,
    /// Orders.
    Orders,
}

/// Everything the owner chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Preferences {
    /// The language; null is the system's.
    #[ts(inline)]
    pub language: Option<Tongue>,
    /// The theme.
    #[ts(inline)]
    pub theme: Theme,
    /// How large everything in the window is, in percent.
    #[serde(default = "as_drawn")]
    pub zoom: u16,
    /// The tab shown last.
    #[ts(inline)]
    pub tab: Tab,
    /// Whether the system shows what ended while the owner looked elsewhere.
    #[serde(default = "yes")]
    pub notifications: bool,
    /// Whether a closed window stays at work, with an icon beside the clock.
    #[serde(default)]
    pub keep_running: bool,
    /// Where the owner's customers are, ISO 3166 two letters.
    pub ship_to: Option<String>,
    /// The owner's currency, ISO 4217.
    pub currency: Option<String>,
    /// How the owner looks at the products.
    #[serde(default)]
    pub products: ProductsView,
}

fn yes() -> bool {
    true
}

fn as_drawn() -> u16 {
    100
}

/// The part that is kept in the file. A file of another version loses what it does not know, not the rest.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
struct Window {
    language: Option<Tongue>,
    theme: Theme,
    zoom: u16,
    tab: Tab,
    notifications: bool,
    keep_running: bool,
    products: ProductsView,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::default(),
            zoom: as_drawn(),
            tab: Tab::default(),
            notifications: yes(),
            keep_running: false,
            products: ProductsView::default(),
        }
    }
}

/// Everything the owner chose; works without a database, only country and currency are null then.
///
/// # Errors
/// `Disk` when the file cannot be read.
pub async fn read<R: Runtime>(app: &AppHandle<R>) -> Result<Preferences> {
    let window = window(app)?;
    let wanted = match app.state::<AppState>().shop().await {
        Ok(shop) => Wanted::of(&shop).await.ok(),
        Err(_) => None,
    };
    let (ship_to, currency) = wanted
        .map(|wanted| (wanted.ship_to, wanted.currency))
        .unzip();
    Ok(Preferences {
        language: window.language,
        theme: window.theme,
        zoom: window.zoom,
        tab: window.tab,
        notifications: window.notifications,
        keep_running: window.keep_running,
        ship_to,
        currency,
        products: window.products,
    })
}

/// Keeps what the owner chose. Without a database the window's part is kept all the same.
///
/// # Errors
/// `BadInput` for a country or currency that is none and `NoTray` where there is no place for an icon (nothing is kept then), `Disk` when the file cannot be written.
pub async fn write<R: Runtime>(app: &AppHandle<R>, chosen: Preferences) -> Result<()> {
    let state = app.state::<AppState>();
    let language = chosen
        .language
        .map_or(state.start().language, Language::from);
    match state.shop().await {
        Ok(shop) => {
            Wanted::choose(&shop, chosen.ship_to, chosen.currency, language.as_str()).await?;
        }
        Err(error) if chosen.ship_to.is_some() || chosen.currency.is_some() => return Err(error),
        Err(_) => {}
    }
    let window = Window {
        language: chosen.language,
        theme: chosen.theme,
        zoom: chosen.zoom,
        tab: chosen.tab,
        notifications: chosen.notifications,
        keep_running: chosen.keep_running,
        products: chosen.products,
    };
    // In the language just chosen; before anything is kept, because it may be refused.
    let spoken = state.chosen();
    state.speak(chosen.language.map(Language::from));
    if let Err(error) = tray::fit(app, chosen.keep_running).await {
        state.speak(spoken);
        return Err(error);
    }
    let value = serde_json::to_value(window)
        .map_err(|error| Error::new(Code::Unexpected, error.to_string()))?;
    let store = store(app)?;
    store.set(KEPT, value);
    store.save().map_err(|error| disk(&error))?;
    if let Some(webview) = app.get_webview_window(WINDOW) {
        enlarge(webview.as_ref());
    }
    Ok(())
}

/// Shows a page as large as the owner chose. By the webview and not by the page, so that it is laid out for the room there is.
pub fn enlarge<R: Runtime>(webview: &Webview<R>) {
    let zoom = window(webview.app_handle()).map_or_else(|_| as_drawn(), |window| window.zoom);
    if let Err(error) = webview.set_zoom(f64::from(zoom.clamp(LEAST, MOST)) / 100.0) {
        tracing::warn!(%error, "the window could not be enlarged");
    }
}

/// Lets the words begin in the language the owner chose last time.
///
/// # Errors
/// `Disk` when the file cannot be read.
pub fn recall<R: Runtime>(app: &AppHandle<R>) -> Result<()> {
    let language = window(app)?.language;
    app.state::<AppState>().speak(language.map(Language::from));
    Ok(())
}

/// Whether a closed window stays at work.
pub fn keeps_running<R: Runtime>(app: &AppHandle<R>) -> bool {
    window(app).is_ok_and(|window| window.keep_running)
}

/// Whether the owner wants notifications of the system; yes unless told otherwise.
pub fn notifies<R: Runtime>(app: &AppHandle<R>) -> bool {
    window(app).is_ok_and(|window| window.notifications)
}

fn window<R: Runtime>(app: &AppHandle<R>) -> Result<Window> {
    let kept = store(app)?.get(KEPT).unwrap_or_default();
    Ok(serde_json::from_value(kept).unwrap_or_default())
}

fn store<R: Runtime>(app: &AppHandle<R>) -> Result<std::sync::Arc<Store<R>>> {
    let file: PathBuf = app.state::<AppState>().start().data_dir.join(FILE);
    app.store_builder(file)
        .disable_auto_save()
        .build()
        .map_err(|error| disk(&error))
}

fn disk(error: &tauri_plugin_store::Error) -> Error {
    Error::new(Code::Disk, format!("preferences: {error}"))
}
