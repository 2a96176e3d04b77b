//! Just enough WebDriver (W3C) to use a page as a person does: look for something, click it, type into it, read it.
//!
//! Every step waits until it is possible, with a deadline; nothing here sleeps in the hope that a page is ready.

use super::process::{Process, poll};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;

/// Says why an element cannot be clicked yet, or nothing.
const AT_REST: &str = r#"
const [css, done] = arguments;
const element = document.querySelector(css);
if (!element) return done("it is not there");
const place = () => JSON.stringify(element.getBoundingClientRect());
const before = place();
setTimeout(() => {
  if (place() !== before) return done("it moves");
  const { top, height } = element.getBoundingClientRect();
  const middle = top + height / 2;
  if (middle > 0 && middle < innerHeight) return done("");
  element.scrollIntoView({ block: "center", behavior: "instant" });
  done("it was out of sight");
}, 250);
"#;
/// How long a page may take for one step, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// The name WebDriver gives the id of an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Keys, in WebDriver's private code points.
const CONTROL: char = '\u{e009}';
const BACKSPACE: char = '\u{e003}';
const ESCAPE: char = '\u{e00c}';

/// One page under remote control. Dropping it closes the page, and keeps a picture of it when the test failed.
pub struct Page {
    name: &'static str,
    runtime: Arc<Runtime>,
    http: reqwest::Client,
    /// `http://127.0.0.1:PORT/session/ID`
    session: String,
    _driver: Process,
}

impl Page {
    /// Opens a session at the driver that listens on `port`. `name` is for pictures of a failure.
    pub fn open(
        name: &'static str,
        runtime: &Arc<Runtime>,
        driver: Process,
        port: u16,
        capabilities: &Value,
    ) -> Self {
        // Nothing here speaks TLS, but reqwest wants a provider before it builds any client. A second page finds it set.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(PATIENCE)
            .build()
            .expect("an HTTP client");
        let base = format!("http://127.0.0.1:{port}");
        let mut page = Self {
            name,
            runtime: Arc::clone(runtime),
            http,
            session: base.clone(),
            _driver: driver,
        };
        let ready = poll(PATIENCE, || {
            page.ask("GET", "/status", None)
                .ok()
                .filter(|status| status["ready"] == true)
        });
        assert!(ready.is_some(), "the driver of {name} is not ready");
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let session = page
            .ask("POST", "/session", Some(body))
            .unwrap_or_else(|error| panic!("no session of {name}: {error}"));
        let id = session["sessionId"].as_str().expect("a session has an id");
        page.session = format!("{base}/session/{id}");
        page
    }

    /// Goes to an address, as if typed.
    pub fn go(&self, url: &str) {
        self.demand("POST", "/url", Some(json!({ "url": url })));
    }

    /// Where it is now.
    pub fn address(&self) -> Result<String, String> {
        let address = self.ask("GET", "/url", None)?;
        Ok(address.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script in the page and returns what it returns.
    pub fn run(&self, script: &str) -> Value {
        let body = json!({ "script": script, "args": [] });
        self.demand("POST", "/execute/sync", Some(body))
    }

    /// Clicks the first element of this selector, as soon as it can be clicked: in sight and at rest, because a page that
    /// scrolls takes the place away from under the pointer.
    pub fn click(&self, css: &str) {
        self.until(&format!("{css} can be clicked"), || {
            let element = self.element(css)?;
            let body = json!({ "script": AT_REST, "args": [css] });
            let moves = self.ask("POST", "/execute/async", Some(body))?;
            if let Some(why) = moves.as_str().filter(|why| !why.is_empty()) {
                return Err(why.to_owned());
            }
            self.ask(
                "POST",
                &format!("/element/{element}/click"),
                Some(json!({})),
            )
        });
    }

    /// Replaces what stands in a field.
    pub fn type_into(&self, css: &str, text: &str) {
        self.until(&format!("{css} can be typed into"), || {
            let element = self.element(css)?;
            let keys = format!("/element/{element}/value");
            // The end of a request releases the keys it held; WebKit types nothing after a release within one.
            self.ask(
                "POST",
                &keys,
                Some(json!({ "text": format!("{CONTROL}a") })),
            )?;
            self.ask(
                "POST",
                &keys,
                Some(json!({ "text": format!("{BACKSPACE}{text}") })),
            )
        });
    }

    /// The visible text of an element, as it is at this moment.
    pub fn now(&self, css: &str) -> Result<String, String> {
        let element = self.element(css)?;
        let text = self.ask(
            "GET",
            &format!("/element/{element}/property/innerText"),
            None,
        )?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits for an element and returns its visible text.
    pub fn text(&self, css: &str) -> String {
        self.until(&format!("{css} is there"), || self.now(css))
    }

    /// Waits until the visible text of an element satisfies `wanted`, and returns it.
    pub fn text_when(&self, css: &str, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        self.until(&format!("{css} shows {what}"), || {
            let text = self.now(css)?;
            if wanted(&text) {
                Ok(text)
            } else {
                Err(format!("it shows {text:?}"))
            }
        })
    }

    /// Waits until an attribute has this value.
    pub fn attribute_is(&self, css: &str, name: &str, wanted: &str) {
        self.until(&format!("{css} has {name}={wanted}"), || {
            match self.attribute(css, name)? {
                found if found == wanted => Ok(()),
                found => Err(format!("it has {name}={found}")),
            }
        });
    }

    /// Waits for an element and returns one of its attributes.
    pub fn attribute_of(&self, css: &str, name: &str) -> String {
        self.until(&format!("{css} is there"), || self.attribute(css, name))
    }

    /// Waits until at least `least` elements of this selector are there, and returns their number.
    pub fn at_least(&self, css: &str, least: usize) -> usize {
        self.until(&format!("{least} or more of {css}"), || {
            match self.count(css)? {
                count if count >= least => Ok(count),
                count => Err(format!("there are {count}")),
            }
        })
    }

    /// Waits until no element of this selector is left.
    pub fn gone(&self, css: &str) {
        self.until(&format!("{css} is gone"), || match self.count(css)? {
            0 => Ok(()),
            count => Err(format!("there are {count}")),
        });
    }

    /// Asks again until there is an answer; the last refusal is told when the deadline passes.
    pub fn until<T>(&self, what: &str, mut question: impl FnMut() -> Result<T, String>) -> T {
        let mut last = String::new();
        poll(PATIENCE, || question().map_err(|error| last = error).ok()).unwrap_or_else(|| {
            panic!(
                "{}: waited {PATIENCE:?} until {what}; at the end: {last}",
                self.name
            )
        })
    }

    /// Presses Escape, wherever the focus is.
    pub fn press_escape(&self) {
        let keys = json!([
            { "type": "keyDown", "value": ESCAPE },
            { "type": "keyUp", "value": ESCAPE },
        ]);
        let body = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": keys }] });
        self.demand("POST", "/actions", Some(body));
    }

    /// How many elements of this selector are there now.
    pub fn count(&self, css: &str) -> Result<usize, String> {
        let found = self.ask(
            "POST",
            "/elements",
            Some(json!({ "using": "css selector", "value": css })),
        )?;
        Ok(found.as_array().map_or(0, Vec::len))
    }

    fn attribute(&self, css: &str, name: &str) -> Result<String, String> {
        let element = self.element(css)?;
        let value = self.ask("GET", &format!("/element/{element}/attribute/{name}"), None)?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    fn element(&self, css: &str) -> Result<String, String> {
        let found = self.ask(
            "POST",
            "/element",
            Some(json!({ "using": "css selector", "value": css })),
        )?;
        found[ELEMENT]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| format!("no id in {found}"))
    }

    fn demand(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        self.ask(method, path, body)
            .unwrap_or_else(|error| panic!("{}: {path}: {error}", self.name))
    }

    /// One request to the driver: its `value`, or its `error` in words.
    fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, String> {
        let url = format!("{}{path}", self.session);
        let request = match (method, body) {
            ("POST", body) => self.http.post(url).json(&body.unwrap_or_else(|| json!({}))),
            ("DELETE", _) => self.http.delete(url),
            _ => self.http.get(url),
        };
        let answer: Value = self
            .runtime
            .block_on(async { request.send().await?.json().await })
            .map_err(|error: reqwest::Error| error.to_string())?;
        let value = &answer["value"];
        match value["error"].as_str() {
            Some(error) => Err(format!(
                "{error}: {}",
                value["message"].as_str().unwrap_or_default()
            )),
            None => Ok(value.clone()),
        }
    }

    /// What the page looked like and consisted of, for the person who looks into a failure.
    fn keep_evidence(&self) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let Ok(source) = self.ask("GET", "/source", None) else {
            return;
        };
        let html = folder.join(format!("{}.html", self.name));
        drop(fs::write(&html, source.as_str().unwrap_or_default()));
        eprintln!("the page as it was: {}", html.display());
        let Ok(picture) = self.ask("GET", "/screenshot", None) else {
            return;
        };
        let png = folder.join(format!("{}.png", self.name));
        drop(fs::write(
            &png,
            base64(picture.as_str().unwrap_or_default()),
        ));
        eprintln!("a picture of it: {}", png.display());
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.keep_evidence();
        }
        drop(self.ask("DELETE", "", None));
    }
}

/// Decodes a screenshot.
fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0);
    for digit in text
        .bytes()
        .filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte))
    {
        held = held << 6 | u32::try_from(digit).unwrap_or_default();
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).unwrap_or_default());
        }
    }
    bytes
}

#[test]
fn a_picture_of_a_failure_can_be_looked_at() {
    assert_eq!(base64("iVBORw0KGgo="), b"\x89PNG\r\n\x1a\n");
}
