//! For support: one business call at AliExpress as it is, answer and all, with secrets hidden, and a report of how everything
//! stands. Not for features; those have typed calls in the client crate.

mod diagnostics;

use std::collections::BTreeMap;

pub use diagnostics::{Host, diagnostics};

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::accounts;
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::accounts::Standing;
use crate::supplier::aliexpress::Line;
use crate::tokens;
use crate::views::Supplier;

/// What is shown in a secret's place.
const HIDDEN: &str = "[hidden]";
/// Fields whose value is a secret, whatever it looks like.
const SECRETS: [&str; 6] = [
    "access_token",
    "app_secret",
    "refresh_token",
    "secret",
    "session",
    "sign",
];

/// Signs and sends `method` (`aliexpress.ds.product.get`) with the owner's token and gives what is inside the wrapper.
///
/// # Errors
/// `BadInput` for what is no business method and for a parameter the client sets itself; `NotConnected`; what AliExpress
/// answered.
pub async fn aliexpress_call(
    shop: &Shop,
    method: &str,
    params: BTreeMap<String, String>,
) -> Result<Value> {
    let known = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_');
    if method.is_empty() || !method.chars().all(known) {
        return Err(Error::new(
            Code::BadInput,
            "a business method is written like aliexpress.ds.product.get",
        ));
    }
    if let Some(name) = aliexpress::OURS
        .iter()
        .find(|name| params.contains_key(**name))
    {
        return Err(Error::new(
            Code::BadInput,
            format!("{name} is set by SmartLinks itself"),
        ));
    }
    let account = accounts::pick(shop, Supplier::Aliexpress, None).await?;
    if account.standing == Standing::NotConnected {
        return Err(Error::new(
            Code::NotConnected,
            "AliExpress is not connected",
        ));
    }
    let mut line = Line::new(shop, &account, method).await?;
    let mut answer = loop {
        let answer = line.session().await?.call(method, params.clone()).await;
        if let Some(answer) = line.answered(answer).await? {
            break answer;
        }
    };
    redact(&mut answer, &tokens::access(shop, &account.id).await?);
    Ok(answer)
}

/// Hides secret fields, and the token wherever it appears.
fn redact(value: &mut Value, token: &SecretString) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if SECRETS.contains(&name.as_str()) && !value.is_null() {
                    *value = Value::from(HIDDEN);
                } else {
                    redact(value, token);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                redact(item, token);
            }
        }
        Value::String(text) => {
            let token = token.expose_secret();
            if !token.is_empty() && text.contains(token) {
                *text = text.replace(token, HIDDEN);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_pasted_into_a_ticket_gives_no_token_away() {
        let token = SecretString::from("made-up-token-0001");
        let mut answer = json!({
            "code": 200,
            "session": "made-up-token-0001",
            "list": [{ "access_token": 5, "refresh_token": null, "sign": "AB" }],
            "echo": "https://x/?session=made-up-token-0001&v=2",
            "title": "a lamp",
        });
        redact(&mut answer, &token);
        assert_eq!(
            answer,
            json!({
                "code": 200,
                "session": HIDDEN,
                "list": [{ "access_token": HIDDEN, "refresh_token": null, "sign": HIDDEN }],
                "echo": "https://x/?session=[hidden]&v=2",
                "title": "a lamp",
            })
        );
    }
}
