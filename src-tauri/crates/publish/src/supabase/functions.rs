//! The two functions SmartLinks brings: their sources, the command that deploys one, and asking one to work.

use std::path::{Path, PathBuf};

use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use smartlinks_core::authorization::bridge;
use smartlinks_core::{Code, Error, Result, Shop};

use super::api::{Api, functions_url, text_of, unreachable};
use super::project::{kept, rows};

/// A function SmartLinks brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename_all = "kebab-case")]
pub enum EdgeFunction {
    /// Brings the owner's CJ products into the schema `smartlinks`.
    SyncCjProducts,
    /// Hands AliExpress's answer on to SmartLinks.
    AliexpressCallback,
}

impl EdgeFunction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::SyncCjProducts, Self::AliexpressCallback];

    /// Its name in addresses.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::SyncCjProducts => "sync-cj-products",
            Self::AliexpressCallback => "aliexpress-callback",
        }
    }

    fn sources(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::SyncCjProducts => &[
                (
                    "index.ts",
                    include_str!("../../assets/sync-cj-products/index.ts"),
                ),
                (
                    "sync.ts",
                    include_str!("../../assets/sync-cj-products/sync.ts"),
                ),
            ],
            Self::AliexpressCallback => &[],
        }
    }
}

/// How to deploy a function: a program with fixed words. The token goes into the environment, never among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deployment {
    /// The program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Where it is started: the folder that holds `supabase/functions`.
    pub folder: PathBuf,
    /// The same to type by hand, line by line.
    pub commands: Vec<String>,
}

/// How a deploy ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Deployed {
    /// Which function.
    pub function: EdgeFunction,
    /// Whether the program ran; it is not installed otherwise, and the commands are to be typed.
    pub ran: bool,
    /// What to type by hand, line by line.
    pub commands: Vec<String>,
}

/// Writes the sources of a function below `folder`, as the `supabase` program wants them.
///
/// # Errors
/// `Disk`.
pub fn write_sources(folder: &Path, function: EdgeFunction) -> Result<()> {
    let at = folder
        .join("supabase")
        .join("functions")
        .join(function.slug());
    let disk = |error: std::io::Error| Error::new(Code::Disk, format!("{}: {error}", at.display()));
    std::fs::create_dir_all(&at).map_err(disk)?;
    if function == EdgeFunction::AliexpressCallback {
        std::fs::write(at.join("index.ts"), bridge::edge_function()).map_err(disk)?;
    }
    for (name, text) in function.sources() {
        std::fs::write(at.join(name), text).map_err(disk)?;
    }
    Ok(())
}

/// How to deploy a function into the connected project, from `folder`
/// (<https://supabase.com/docs/reference/cli/supabase-functions-deploy>), with the token for its environment.
///
/// # Errors
/// `ShopNotConnected`, `KeychainUnavailable`.
pub async fn deployment(
    shop: &Shop,
    folder: &Path,
    function: EdgeFunction,
) -> Result<(Deployment, SecretString)> {
    let (project, token) = kept(shop).await?;
    let mut arguments = vec![
        "functions".to_owned(),
        "deploy".to_owned(),
        function.slug().to_owned(),
        "--project-ref".to_owned(),
        project.reference,
        // Bundled by Supabase: without it the program wants Docker.
        "--use-api".to_owned(),
    ];
    if function == EdgeFunction::AliexpressCallback {
        // AliExpress's redirect brings no login of the shop.
        arguments.push("--no-verify-jwt".to_owned());
    }
    let commands = vec![
        format!("cd \"{}\"", folder.display()),
        "supabase login".to_owned(),
        format!("supabase {}", arguments.join(" ")),
    ];
    let deployment = Deployment {
        program: "supabase".to_owned(),
        arguments,
        folder: folder.to_path_buf(),
        commands,
    };
    Ok((deployment, token))
}

/// A line of the program's output without colours, and without the token should it ever be in one.
#[must_use]
pub fn clean_line(line: &str, token: &SecretString) -> String {
    let mut clean = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            // A sequence ends with its first letter.
            for rest in letters.by_ref() {
                if rest.is_ascii_alphabetic() {
                    break;
                }
            }
        } else if !letter.is_control() || letter == '\t' {
            clean.push(letter);
        }
    }
    clean.replace(token.expose_secret(), "•••")
}

/// What a function answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Invoked {
    /// Which function.
    pub function: EdgeFunction,
    /// The HTTP status.
    pub status: u16,
    /// What it said, up to 64 KiB.
    pub body: String,
}

/// Asks a function to work, as the project's own server would, and waits for its answer.
///
/// # Errors
/// `ShopNotConnected`, `ShopToken`, `NotFound` when it is not deployed, `ShopAnswer` when the project gives no key to call it with,
/// `ShopUnreachable`.
pub async fn invoke(shop: &Shop, function: EdgeFunction) -> Result<Invoked> {
    let (project, token) = kept(shop).await?;
    let api = Api { shop, token };
    // <https://supabase.com/docs/reference/api/v1-get-project-api-keys>
    let keys = api
        .call(
            Method::GET,
            &format!("{}/api-keys?reveal=true", project.reference),
            None,
        )
        .await?;
    let key = rows(&keys)
        .find(|row| row.get("name").and_then(Value::as_str) == Some("service_role"))
        .and_then(|row| row.get("api_key")?.as_str())
        .map(SecretString::from)
        .ok_or_else(|| {
            Error::new(
                Code::ShopAnswer,
                "Supabase: the project has no service_role key",
            )
        })?;
    let url = functions_url(shop, &project.reference, function.slug())?;
    let response = shop
        .http()
        .post(url)
        .bearer_auth(key.expose_secret())
        .json(&Value::Object(serde_json::Map::new()))
        .send()
        .await
        .map_err(unreachable)?;
    let status = response.status().as_u16();
    let body = text_of(response).await?.replace(key.expose_secret(), "•••");
    if status == 404 {
        return Err(Error::new(
            Code::NotFound,
            format!("Supabase: {} is not deployed", function.slug()),
        ));
    }
    Ok(Invoked {
        function,
        status,
        body,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    #[test]
    fn a_token_in_the_output_of_a_foreign_program_is_not_shown() {
        let token = SecretString::from("sbp_made_up");
        assert_eq!(
            clean_line("\u{1b}[1;32mUsing sbp_made_up\u{1b}[0m\r", &token),
            "Using •••"
        );
    }

    #[test]
    fn the_sources_are_laid_out_as_the_program_wants_them() {
        let folder = tempfile::tempdir().unwrap();
        for function in EdgeFunction::ALL {
            write_sources(folder.path(), function).unwrap();
            let index = folder
                .path()
                .join("supabase/functions")
                .join(function.slug())
                .join("index.ts");
            assert!(
                std::fs::read_to_string(index)
                    .unwrap()
                    .contains("Deno.serve")
            );
        }
    }
}
