//! Values with names beside them: JSON, `.env` lines, `Client ID: …`.

use serde_json::Value;

use super::is_wrapping;

/// The named values found in a text.
#[derive(Default)]
pub(super) struct Labelled {
    pub(super) api_key: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<String>,
}

impl Labelled {
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self::default();
        if let Ok(json) = serde_json::from_str::<Value>(text.trim()) {
            found.walk(&json, 4);
        }
        if found.is_empty() {
            // Also the lines of a JSON text that is cut off, and `a=1, b=2` on one line.
            for part in text.split(['\n', ',', ';', '{', '}', '&']) {
                let part = part
                    .trim()
                    .trim_start_matches("export ")
                    .trim_start_matches("set ");
                if let Some((name, value)) = part.split_once(['=', ':']) {
                    found.put(name, value);
                }
            }
        }
        found
    }

    pub(super) fn is_empty(&self) -> bool {
        self.api_key.is_none() && self.client_id.is_none() && self.client_secret.is_none()
    }

    fn walk(&mut self, json: &Value, depth: u8) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        match json {
            Value::Object(map) => {
                for (name, value) in map {
                    match value {
                        Value::String(text) => self.put(name, text),
                        Value::Number(number) => self.put(name, &number.to_string()),
                        nested => self.walk(nested, depth),
                    }
                }
            }
            Value::Array(list) => list.iter().for_each(|value| self.walk(value, depth)),
            _ => {}
        }
    }

    /// The first value of a name stays.
    fn put(&mut self, name: &str, value: &str) {
        let value = value.trim_matches(is_wrapping);
        if value.is_empty() {
            return;
        }
        let name: String = name
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        let place = match name.strip_prefix("cj").unwrap_or(&name) {
            "apikey" | "key" | "cléapi" | "cleapi" => &mut self.api_key,
            "clientid" | "id" | "idclient" | "identifiantclient" | "appid" => &mut self.client_id,
            "clientsecret" | "secret" | "secretclient" | "appsecret" => &mut self.client_secret,
            _ => return,
        };
        place.get_or_insert_with(|| value.to_owned());
    }
}
