//! Which project, and whether the token opens it.

use reqwest::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use smartlinks_core::vault::{Entry, Kind, Whose};
use smartlinks_core::{Code, Error, Result, Shop, targets};
use url::Url;

use super::api::Api;

/// Under which the project is kept.
const NAME: &str = "supabase";

/// A project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "SupabaseProject")]
pub struct Project {
    /// Its reference, twenty letters: the first part of its address.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Where it runs.
    pub region: String,
}

/// A function that is deployed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "SupabaseFunction")]
pub struct Function {
    /// Its name in addresses.
    pub slug: String,
    /// Supabase's word for how it stands: `ACTIVE`.
    pub status: String,
    /// How often it was deployed.
    #[ts(type = "number")]
    pub version: i64,
}

/// What a test of the project found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "SupabaseCheck")]
pub struct Check {
    /// The project.
    pub project: Project,
    /// Supabase's word for how it stands: `ACTIVE_HEALTHY`, `INACTIVE` when it was paused.
    pub status: String,
    /// Names of the secrets there. Their values nobody can read.
    pub secrets: Vec<String>,
    /// Functions there.
    pub functions: Vec<Function>,
    /// Whether the keychain keeps the token beyond this session; null when it was kept before.
    pub kept: Option<bool>,
}

/// The project that is remembered.
///
/// # Errors
/// Those of the catalogue's database.
pub async fn remembered(shop: &Shop) -> Result<Option<Project>> {
    targets::read(shop, NAME).await
}

/// Connects a project by its address or reference and a personal access token, or tests the remembered one.
///
/// # Errors
/// `BadInput`, `ShopNotConnected` when nothing is remembered, `ShopToken`, `NotFound`, `ShopUnreachable`, `KeychainUnavailable`.
pub async fn connect(shop: &Shop, given: Option<(&str, SecretString)>) -> Result<Check> {
    let (reference, token, fresh) = match given {
        Some((project, token)) => (reference(project)?, token, true),
        None => {
            let (project, token) = kept(shop).await?;
            (project.reference, token, false)
        }
    };
    let api = Api { shop, token };
    let said = api.call(Method::GET, &reference, None).await?;
    let text = |key: &str| {
        said.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let project = Project {
        reference: reference.clone(),
        name: text("name"),
        region: text("region"),
    };
    let mut found = Check {
        status: text("status"),
        secrets: names(&api, &reference).await?,
        functions: functions(&api, &reference).await?,
        kept: None,
        project,
    };
    if fresh {
        let vault = &shop.ports().vault;
        found.kept = Some(vault.set(&entry(&reference), &api.token).await?);
        if let Some(before) = remembered(shop).await?
            && before.reference != reference
        {
            vault.forget(&entry(&before.reference)).await?;
        }
    }
    targets::write(shop, NAME, Some(&found.project)).await?;
    Ok(found)
}

/// Forgets project and token.
///
/// # Errors
/// `KeychainUnavailable` when the token may still be there.
pub async fn forget(shop: &Shop) -> Result<()> {
    if let Some(project) = remembered(shop).await? {
        let entry = entry(&project.reference);
        shop.ports().vault.forget(&entry).await?;
    }
    targets::write::<Project>(shop, NAME, None).await
}

/// The remembered project with its token.
pub(super) async fn kept(shop: &Shop) -> Result<(Project, SecretString)> {
    let none = || Error::new(Code::ShopNotConnected, "no Supabase project is connected");
    let project = remembered(shop).await?.ok_or_else(none)?;
    let token = shop
        .ports()
        .vault
        .get(&entry(&project.reference))
        .await?
        .ok_or_else(none)?;
    Ok((project, token))
}

fn entry(reference: &str) -> Entry {
    Entry::new(Whose::Supabase, reference, Kind::AccessToken)
}

/// The names of the secrets; the API gives a digest beside each, which is not looked at
/// (<https://supabase.com/docs/reference/api/v1-list-all-secrets>).
pub(super) async fn names(api: &Api<'_>, reference: &str) -> Result<Vec<String>> {
    let said = api
        .call(Method::GET, &format!("{reference}/secrets"), None)
        .await?;
    Ok(rows(&said)
        .filter_map(|row| row.get("name")?.as_str().map(str::to_owned))
        .collect())
}

/// The functions (<https://supabase.com/docs/reference/api/v1-list-all-functions>).
pub(super) async fn functions(api: &Api<'_>, reference: &str) -> Result<Vec<Function>> {
    let said = api
        .call(Method::GET, &format!("{reference}/functions"), None)
        .await?;
    Ok(rows(&said)
        .filter_map(|row| {
            Some(Function {
                slug: row.get("slug")?.as_str()?.to_owned(),
                status: row
                    .get("status")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                version: row.get("version").and_then(Value::as_i64).unwrap_or(0),
            })
        })
        .collect())
}

pub(super) fn rows(said: &Value) -> impl Iterator<Item = &Value> {
    said.as_array().into_iter().flatten()
}

/// `abcdefghijklmnopqrst`, out of `https://abcdefghijklmnopqrst.supabase.co` or of the dashboard's address.
fn reference(text: &str) -> Result<String> {
    let bad = || {
        Error::new(
            Code::BadInput,
            "a project's address is https://<reference>.supabase.co",
        )
    };
    let text = text.trim();
    let found = match Url::parse(text) {
        Ok(url) => {
            let host = url.host_str().unwrap_or_default().to_owned();
            match host.strip_suffix(".supabase.co") {
                Some(reference) => reference.trim_start_matches("db.").to_owned(),
                None if host == "supabase.com" => url
                    .path_segments()
                    .into_iter()
                    .flatten()
                    .skip_while(|part| *part != "project")
                    .nth(1)
                    .unwrap_or_default()
                    .to_owned(),
                None => return Err(bad()),
            }
        }
        Err(_) => text.trim_end_matches(".supabase.co").to_owned(),
    };
    let right = found.len() == 20 && found.bytes().all(|letter| letter.is_ascii_lowercase());
    right.then_some(found).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    #[test]
    fn a_project_is_known_by_any_address_an_owner_copies() {
        for text in [
            "abcdefghijklmnopqrst",
            "https://abcdefghijklmnopqrst.supabase.co/",
            "abcdefghijklmnopqrst.supabase.co",
            "https://supabase.com/dashboard/project/abcdefghijklmnopqrst/settings/general",
        ] {
            assert_eq!(reference(text).unwrap(), "abcdefghijklmnopqrst", "{text}");
        }
        for text in [
            "",
            "my shop",
            "https://supabase.com/dashboard",
            "https://abcdefghijklmnopqrst.supabase.co.evil.example",
            "https://evil.example/abcdefghijklmnopqrst",
            "../../../etc",
        ] {
            assert_eq!(reference(text).unwrap_err().code, Code::BadInput, "{text}");
        }
    }
}
