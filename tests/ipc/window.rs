//! A window without a display: the real application on Tauri's mock runtime, asked the way the pages ask.

use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use smartlinks_core::ports::{BaseUrls, Browser};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::words::Language;
use smartlinks_lib::{CHANNEL, Start};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{
    INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets,
};
use tauri::webview::InvokeRequest;
use tauri::{App, Listener as _, WebviewWindow, WebviewWindowBuilder};
use url::Url;

/// Longer than anything here takes on a slow machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// A browser that writes down where it was sent.
#[derive(Clone, Default)]
pub struct Visits(Arc<Mutex<Vec<String>>>);

impl Browser for Visits {
    fn open(&self, url: &Url) -> smartlinks_core::Result<()> {
        let mut visits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        visits.push(url.to_string());
        Ok(())
    }
}

impl Visits {
    pub fn all(&self) -> Vec<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The application with its window.
pub struct Window {
    webview: WebviewWindow<MockRuntime>,
    events: Receiver<Value>,
    pub visits: Visits,
    _app: App<MockRuntime>,
}

impl Window {
    /// Opens the window on a folder. Outside practice the suppliers' addresses lead nowhere: nothing here may leave the machine.
    pub fn open(folder: &Path, practice: bool) -> Self {
        let visits = Visits::default();
        let nowhere = Some("http://127.0.0.1:1");
        let app = smartlinks_lib::app(
            mock_builder(),
            Start {
                data_dir: folder.to_path_buf(),
                shop_dir: folder.join(if practice { "practice" } else { "shop" }),
                downloads: Some(folder.join("downloads")),
                practice,
                base_urls: BaseUrls::new(nowhere, nowhere),
                vault: Arc::new(SessionVault::default()),
                browser: Arc::new(visits.clone()),
                language: Language::English,
                bench: None,
            },
        )
        .build(mock_context(noop_assets()))
        .expect("the application");
        let (sender, events) = mpsc::channel();
        app.listen_any(CHANNEL, move |event| {
            let event = serde_json::from_str(event.payload()).expect("an event is JSON");
            // The window may be closed before the last word.
            let _ = sender.send(event);
        });
        let webview = WebviewWindowBuilder::new(&app, "main", Default::default())
            .build()
            .expect("the window");
        Self {
            webview,
            events,
            visits,
            _app: app,
        }
    }

    /// Asks as `invoke(command, arguments)` of the pages does.
    pub fn ask(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        let url = if cfg!(windows) {
            "http://tauri.localhost"
        } else {
            "tauri://localhost"
        };
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: url.parse().expect("an address"),
            body: InvokeBody::Json(arguments),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(&self.webview, request)
            .map(|body| body.deserialize().expect("an answer is JSON"))
    }

    /// An answer that has to come.
    pub fn told(&self, command: &str, arguments: Value) -> Value {
        self.ask(command, arguments)
            .unwrap_or_else(|error| panic!("{command} was refused: {error}"))
    }

    /// The code of a refusal that has to come.
    pub fn refused(&self, command: &str, arguments: Value) -> String {
        let error = self
            .ask(command, arguments)
            .expect_err(&format!("{command} was not refused"));
        error["code"]
            .as_str()
            .unwrap_or_else(|| panic!("{command} was refused without a code: {error}"))
            .to_owned()
    }

    /// The events up to the first one that is meant, which is the last of them.
    pub fn events_until(&self, meant: impl Fn(&Value) -> bool) -> Vec<Value> {
        let end = Instant::now() + PATIENCE;
        let mut seen = Vec::new();
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left) {
                Ok(event) => {
                    let last = meant(&event);
                    seen.push(event);
                    if last {
                        return seen;
                    }
                }
                Err(_) => panic!("the event never came; these did: {seen:?}"),
            }
        }
    }
}
