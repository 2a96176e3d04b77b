//! What an owner's shop needs to do the suppliers' work in the cloud: key and secret of each app, under the names its functions
//! read. Nothing here sends anything, and nothing is shown.

use ::cj::key::recognise as read;
use secrecy::{ExposeSecret as _, SecretString};

use crate::error::Result;
use crate::shop::Shop;
use crate::store::accounts as rows;
use crate::vault::{Entry, Kind};
use crate::views::Supplier;

/// One value the shop may be given.
pub struct HandedOn {
    /// The name of the secret in the shop: `CJ_CLIENT_ID`.
    pub name: &'static str,
    /// Whose it is.
    pub supplier: Supplier,
    /// Of which account, as shown.
    pub account: String,
    /// The value.
    pub value: SecretString,
}

/// Everything there is to hand on: CJ's client id and secret, AliExpress's app key and secret. Of several accounts of a
/// supplier the first that has both.
///
/// # Errors
/// `KeychainUnavailable`, and those of the database.
pub async fn handed_on(shop: &Shop) -> Result<Vec<HandedOn>> {
    let accounts = shop.store().read(rows::all).await?;
    let mut all: Vec<HandedOn> = Vec::new();
    for row in accounts {
        if all.iter().any(|given| given.supplier == row.supplier) {
            continue;
        }
        let vault = &shop.ports().vault;
        let pair = match row.supplier {
            Supplier::Cj => vault
                .get(&Entry::new(row.supplier, &row.id, Kind::ApiKey))
                .await?
                .and_then(|key| read(key.expose_secret(), None).halves())
                .map(|(id, secret)| {
                    [
                        ("CJ_CLIENT_ID", SecretString::from(id)),
                        ("CJ_CLIENT_SECRET", secret),
                    ]
                }),
            Supplier::Aliexpress => vault
                .get(&Entry::new(row.supplier, &row.id, Kind::AppSecret))
                .await?
                .zip(row.client_id.clone())
                .map(|(secret, key)| {
                    [
                        ("ALIEXPRESS_APP_KEY", SecretString::from(key)),
                        ("ALIEXPRESS_APP_SECRET", secret),
                    ]
                }),
        };
        let shown = match row.name.is_empty() {
            true => row.client_id.clone().unwrap_or_else(|| row.id.clone()),
            false => row.name.clone(),
        };
        for (name, value) in pair.into_iter().flatten() {
            all.push(HandedOn {
                name,
                supplier: row.supplier,
                account: shown.clone(),
                value,
            });
        }
    }
    Ok(all)
}
