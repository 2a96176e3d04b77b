//! Searches of CJ's catalogue that the owner named, to be planned, synced and scheduled by that name. Other things than the
//! saved views of the list, which are the window's and cost nothing.

use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::saved_searches as rows;
use crate::views::{SavedSearch, Scope, Search};

/// How a scope names one of them: `saved:NAME`.
const SAVED: &str = "saved:";
/// Letters of a name.
const LONGEST_NAME: usize = 60;

/// All of them, by name.
///
/// # Errors
/// The database's.
pub async fn list(shop: &Shop) -> Result<Vec<SavedSearch>> {
    shop.store().read(rows::all).await
}

/// Keeps a search under a name; what was called so before is replaced.
///
/// # Errors
/// `BadInput` for a name that is empty or over 60 characters, and for a search of nothing or of what cannot be meant.
pub async fn keep(shop: &Shop, name: &str, search: Search) -> Result<SavedSearch> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Error::new(
            Code::BadInput,
            format!("a name has 1 to {LONGEST_NAME} letters"),
        ));
    }
    let (search, now) = (search.tidy()?, shop.now());
    shop.store()
        .write(move |tx| {
            rows::put(tx, &name, &search, now)?;
            rows::named(tx, &name)?
                .ok_or_else(|| Error::new(Code::Unexpected, "the search just kept is not there"))
        })
        .await
}

/// Forgets a search. What it brought stays, and a schedule that names it goes on.
///
/// # Errors
/// `NotFound` when there is none of this number.
pub async fn remove(shop: &Shop, id: i64) -> Result<()> {
    if shop.store().write(move |tx| rows::remove(tx, id)).await? {
        Ok(())
    } else {
        Err(Error::new(Code::NotFound, format!("no saved search {id}")))
    }
}

/// The one of this name.
///
/// # Errors
/// `NotFound` when none is called so.
pub async fn named(shop: &Shop, name: &str) -> Result<SavedSearch> {
    let wanted = name.trim().to_owned();
    shop.store()
        .read(move |connection| rows::named(connection, &wanted))
        .await?
        .ok_or_else(|| {
            Error::new(
                Code::NotFound,
                format!("no saved search is called {name:?}"),
            )
        })
}

/// The scope that a text names: one written out, or `saved:NAME`.
///
/// # Errors
/// `BadInput` for what is no scope, `NotFound` for a name that nothing has.
pub async fn scope(shop: &Shop, text: &str) -> Result<Scope> {
    match text.trim().strip_prefix(SAVED) {
        Some(name) => Ok(named(shop, name).await?.scope),
        None => text.parse(),
    }
}
