//! The embedded sign-in window: for a registered https address at which the owner can put nothing.
//!
//! It shows pages of others, so it is a window of its own that no capability names: whatever runs in it can ask the
//! application for nothing. It keeps no cookies, opens no further windows, saves no files, goes to https addresses only, and
//! stops at the registered redirect before that is loaded. What is caught there is checked like at every other door.

use smartlinks_core::authorization::callback::Callback;
use smartlinks_core::authorization::waiting;
use smartlinks_core::ports::BaseUrls;
use smartlinks_core::views::{Attempt, AuthorizationPhase, Event};
use smartlinks_core::{Code, Error, Result, Shop};
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{
    AppHandle, Emitter as _, Manager as _, Runtime, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, WindowEvent, async_runtime,
};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use ts_rs::TS;
use url::Url;

use crate::{WINDOW, deep_link, links};

/// What the labels of these windows begin with; each attempt has one of its own.
const LABEL: &str = "sign-in-";
/// Where the main window hears of them.
pub const CHANNEL: &str = "smartlinks://sign-in";
/// Letters of a host that are shown; of a longer one the end, which says whose it is.
const SHOWN: usize = 60;

/// What the main window is told of the sign-in window.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, TS)]
pub struct SignIn {
    /// Whether it is open.
    pub open: bool,
    /// Whose page it shows, once it shows one.
    pub host: Option<String>,
}

/// Opens the window of an attempt, or brings it forward.
///
/// # Errors
/// `BadInput` for an attempt whose addresses are none, `Unexpected` when the system opens no window.
pub async fn open<R: Runtime>(app: &AppHandle<R>, shop: &Shop, attempt: &Attempt) -> Result<()> {
    let label = format!("{LABEL}{}", attempt.expires_at.as_millisecond());
    if let Some(window) = app.get_webview_window(&label) {
        // The desktop may refuse to raise it; it is open all the same.
        let _ = window.set_focus();
        return Ok(());
    }
    let (address, callback) = addresses(&attempt.authorize_url)?;
    let events = shop.events();
    let window = build(app, &label, address, callback, &shop.ports().base_urls).map_err(|_| {
        // Tauri's message may repeat the address, which holds the state.
        Error::new(Code::Unexpected, "no sign-in window could be opened")
    })?;
    tell(app, true, None);
    async_runtime::spawn(close_at_the_end(window, shop.clone(), events));
    Ok(())
}

/// The consent page, and the registered address the answer will go to.
fn addresses(authorize_url: &str) -> Result<(Url, Callback)> {
    let address = Url::parse(authorize_url)
        .map_err(|_| Error::new(Code::BadInput, "the consent page has no address"))?;
    let callback = address
        .query_pairs()
        .find(|(name, _)| name == "redirect_uri")
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default();
    Ok((address, Callback::parse(&callback)?))
}

fn build<R: Runtime>(
    app: &AppHandle<R>,
    label: &str,
    address: Url,
    callback: Callback,
    suppliers: &BaseUrls,
) -> tauri::Result<WebviewWindow<R>> {
    let (catcher, opener, suppliers) = (app.clone(), app.clone(), suppliers.clone());
    let (popups, own) = (suppliers.clone(), label.to_owned());
    let mut builder = WebviewWindowBuilder::new(app, label, WebviewUrl::External(address))
        .title("SmartLinks")
        .inner_size(960.0, 760.0)
        .center()
        .incognito(true)
        .devtools(false)
        .general_autofill_enabled(false)
        .on_download(|_, _| false)
        .on_navigation(move |url| match way(&callback, &suppliers, url) {
            Way::Load => true,
            Way::Catch => {
                deep_link::hand_on(&catcher, url.to_string());
                false
            }
            Way::Refuse => false,
        })
        .on_new_window(move |url, _| {
            // Some sign-ins open a window of their own: it stays this one, where the address is watched and shown.
            if links::allowed(url.as_str(), Some(&popups)).is_ok() {
                let (app, own) = (opener.clone(), own.clone());
                async_runtime::spawn(async move {
                    if let Some(window) = app.get_webview_window(&own) {
                        let _ = window.navigate(url);
                    }
                });
            }
            NewWindowResponse::Deny
        })
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Started {
                let host = shown(page.url());
                let _ = window.set_title(&format!("{host} – SmartLinks"));
                tell(window.app_handle(), true, Some(host));
            }
        });
    if let Some(main) = app.get_webview_window(WINDOW) {
        builder = builder.parent(&main)?;
    }
    let window = builder.build()?;
    let app = app.clone();
    window.on_window_event(move |event| {
        // A newer attempt may have opened its own already.
        if matches!(event, WindowEvent::Destroyed) && all(&app).next().is_none() {
            tell(&app, false, None);
        }
    });
    Ok(window)
}

/// What becomes of an address the window is about to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Load,
    /// It is the registered redirect: not loaded, but checked.
    Catch,
    Refuse,
}

fn way(callback: &Callback, suppliers: &BaseUrls, url: &Url) -> Way {
    if callback.is_met_by(url) {
        Way::Catch
    } else if links::allowed(url.as_str(), Some(suppliers)).is_ok() || is_empty_page(url) {
        Way::Load
    } else {
        Way::Refuse
    }
}

/// Frames begin as these, and some stay so; neither holds anything of another origin.
fn is_empty_page(url: &Url) -> bool {
    matches!(url.as_str(), "about:blank" | "about:srcdoc")
}

/// Whose page it is, as the owner reads it: the host in its plain letters (no look-alikes), with its port if it has one.
fn shown(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let whole = url
        .port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    match whole.len().checked_sub(SHOWN) {
        // A host is ASCII, so that a cut is never within a letter.
        Some(cut) if cut > 0 => format!("…{}", whole.get(cut..).unwrap_or_default()),
        _ => whole,
    }
}

fn tell<R: Runtime>(app: &AppHandle<R>, open: bool, host: Option<String>) {
    if let Err(error) = app.emit_to(WINDOW, CHANNEL, SignIn { open, host }) {
        tracing::warn!(%error, "the window could not be told of the sign-in window");
    }
}

/// Closes the window when its attempt is answered or over. Closed by the owner, it ends nothing: the attempt goes on waiting.
async fn close_at_the_end<R: Runtime>(
    window: WebviewWindow<R>,
    shop: Shop,
    mut events: Receiver<Event>,
) {
    while matches!(waiting(&shop).await, Ok(Some(_))) {
        loop {
            match events.recv().await {
                Ok(Event::Authorization { phase, .. })
                    if !matches!(
                        phase,
                        AuthorizationPhase::Waiting | AuthorizationPhase::Ignored
                    ) =>
                {
                    let _ = window.destroy();
                    return;
                }
                Ok(_) => {}
                // What was missed may have been the end.
                Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return,
            }
        }
    }
    let _ = window.destroy();
}

/// Closes them all: without the main window there is nobody to sign in for.
pub fn close_all<R: Runtime>(app: &AppHandle<R>) {
    for window in all(app) {
        let _ = window.destroy();
    }
}

fn all<R: Runtime>(app: &AppHandle<R>) -> impl Iterator<Item = WebviewWindow<R>> {
    app.webview_windows()
        .into_iter()
        .filter_map(|(label, window)| label.starts_with(LABEL).then_some(window))
}

/// Whether a window's place is remembered: a window that comes and goes has none.
pub fn keeps_its_place(label: &str) -> bool {
    !label.starts_with(LABEL)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    #[test]
    fn the_window_stops_at_the_registered_redirect_and_goes_to_https_only() {
        let callback = Callback::parse("https://shop.example/aliexpress/callback").unwrap();
        let suppliers = BaseUrls::new(Some("http://127.0.0.1:4001"), None).unwrap();
        for (address, expected) in [
            (
                "https://shop.example/aliexpress/callback?code=a_1&state=s",
                Way::Catch,
            ),
            (
                "https://shop.example:443/aliexpress/callback?error=access_denied",
                Way::Catch,
            ),
            ("https://shop.example/aliexpress/callback/", Way::Load),
            ("https://login.aliexpress.com/", Way::Load),
            ("https://accounts.google.com/o/oauth2", Way::Load),
            ("http://127.0.0.1:4001/oauth/authorize", Way::Load),
            ("about:blank", Way::Load),
            (
                "http://shop.example/aliexpress/callback?code=a_1",
                Way::Refuse,
            ),
            ("http://127.0.0.1:8765/", Way::Refuse),
            ("http://login.aliexpress.com/", Way::Refuse),
            ("file:///etc/passwd", Way::Refuse),
            ("data:text/html,x", Way::Refuse),
            ("tauri://localhost/", Way::Refuse),
            (
                "app.smartlinks.desktop:/aliexpress/callback?code=a_1",
                Way::Refuse,
            ),
            ("ipc://localhost/status", Way::Refuse),
        ] {
            let url = Url::parse(address).unwrap();
            assert_eq!(way(&callback, &suppliers, &url), expected, "{address}");
        }
    }

    #[test]
    fn an_owner_sees_whose_page_it_is_and_no_look_alike() {
        let seen = |address: &str| shown(&Url::parse(address).unwrap());
        assert_eq!(
            seen("https://login.aliexpress.com/user?state=s"),
            "login.aliexpress.com"
        );
        assert_eq!(seen("https://аliexpress.com/"), "xn--liexpress-zyh.com");
        let long = format!(
            "https://login.aliexpress.com.{}evil.example/",
            "a.".repeat(40)
        );
        assert!(seen(&long).starts_with('…') && seen(&long).ends_with("evil.example"));
    }

    #[test]
    fn the_callback_is_the_one_the_attempt_began_with() {
        let (address, callback) = addresses(
            "https://api-sg.aliexpress.com/oauth/authorize?redirect_uri=https%3A%2F%2Fshop.example%2Fcb&state=s",
        )
        .unwrap();
        assert_eq!(address.host_str(), Some("api-sg.aliexpress.com"));
        assert_eq!(callback.as_str(), "https://shop.example/cb");
        assert!(addresses("https://api-sg.aliexpress.com/oauth/authorize").is_err());
    }
}
