//! The secrets a shop's functions need: named first, with where each goes, then sent. Their values are never shown.

use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use serde_json::json;
use smartlinks_core::accounts::handed_on;
use smartlinks_core::views::Supplier;
use smartlinks_core::{Code, Error, Result, Shop};

use super::api::Api;
use super::project::{Project, kept, names};

/// One secret before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SecretItem {
    /// Its name in the project: `CJ_CLIENT_ID`.
    pub name: String,
    /// Whose.
    pub supplier: Supplier,
    /// Of which account.
    pub account: String,
    /// Whether the project has one of this name, which would be replaced.
    pub replaces: bool,
}

/// What would be sent, and where to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "SecretsPreview")]
pub struct Preview {
    /// The project.
    pub project: Project,
    /// The secrets; none when no supplier is connected.
    pub items: Vec<SecretItem>,
}

/// What was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "SecretsSent")]
pub struct Sent {
    /// The project.
    pub project: Project,
    /// The names.
    pub sent: Vec<String>,
}

/// What [`send`] would send. Asks the project which names it has.
///
/// # Errors
/// `ShopNotConnected`, `ShopToken`, `ShopUnreachable`, `KeychainUnavailable`.
pub async fn preview(shop: &Shop) -> Result<Preview> {
    let (project, token) = kept(shop).await?;
    let api = Api { shop, token };
    let there = names(&api, &project.reference).await?;
    let items = handed_on(shop)
        .await?
        .into_iter()
        .map(|given| SecretItem {
            name: given.name.to_owned(),
            supplier: given.supplier,
            account: given.account,
            replaces: there.iter().any(|name| name == given.name),
        })
        .collect();
    Ok(Preview { project, items })
}

/// Sends the secrets of these names, as the preview named them, in one call
/// (<https://supabase.com/docs/reference/api/v1-bulk-create-secrets>).
///
/// # Errors
/// `BadInput` for a name the preview does not have; those of [`preview`].
pub async fn send(shop: &Shop, chosen: &[String]) -> Result<Sent> {
    let (project, token) = kept(shop).await?;
    let all = handed_on(shop).await?;
    let mut body = Vec::new();
    for name in chosen {
        let given = all.iter().find(|given| given.name == name).ok_or_else(|| {
            Error::new(
                Code::BadInput,
                format!("no connected supplier has a secret called {name:?}"),
            )
        })?;
        body.push(json!({ "name": given.name, "value": given.value.expose_secret() }));
    }
    if body.is_empty() {
        return Err(Error::new(Code::BadInput, "no secret was chosen"));
    }
    let api = Api { shop, token };
    let rest = format!("{}/secrets", project.reference);
    api.call(Method::POST, &rest, Some(&body.into())).await?;
    Ok(Sent {
        sent: chosen.to_vec(),
        project,
    })
}
