//! Accounts: what is known of a connection that is no secret.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::codec::{json, ms, name, named, time, unjson};
use crate::error::{ErrorView, Result};
use crate::views::{AppStatus, CjWay, Supplier};

/// How the connection stands apart from its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Tokens were given and not refused.
    Connected,
    /// The supplier refused to renew.
    ReconnectNeeded,
    /// CJ suspended API access.
    Suspended,
    /// No tokens.
    NotConnected,
}

impl Standing {
    fn as_str(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::ReconnectNeeded => "reconnect_needed",
            Self::Suspended => "suspended",
            Self::NotConnected => "not_connected",
        }
    }

    fn of(text: &str) -> Self {
        match text {
            "connected" => Self::Connected,
            "reconnect_needed" => Self::ReconnectNeeded,
            "suspended" => Self::Suspended,
            _ => Self::NotConnected,
        }
    }
}

/// One account as stored.
#[derive(Debug, Clone)]
pub struct AccountRow {
    /// Our id.
    pub id: String,
    /// Whose API.
    pub supplier: Supplier,
    /// As whom, as the supplier says.
    pub name: String,
    /// What the owner calls it instead; written by [`rename`] only.
    pub label: Option<String>,
    /// How it stands.
    pub standing: Standing,
    /// CJ: which way worked.
    pub way: Option<CjWay>,
    /// When the access token ends.
    pub access_expires_at: Option<Timestamp>,
    /// When it was obtained.
    pub access_obtained_at: Option<Timestamp>,
    /// When the refresh token ends.
    pub refresh_expires_at: Option<Timestamp>,
    /// Whether there is a refresh token that may be used.
    pub refreshable: bool,
    /// Whether the keychain kept the secrets.
    pub kept: bool,
    /// The last call that worked.
    pub last_success_at: Option<Timestamp>,
    /// The last thing that did not.
    pub last_error: Option<ErrorView>,
    /// AliExpress: App Key. CJ: the part of the key before `@api@`.
    pub client_id: Option<String>,
    /// AliExpress: registered callback address.
    pub callback_url: Option<String>,
    /// AliExpress: when the gateway last accepted key and secret.
    pub pair_checked_at: Option<Timestamp>,
    /// AliExpress: what the tokens' lifetimes said about the app.
    pub app_status: Option<AppStatus>,
}

impl AccountRow {
    /// A new account that is not connected yet.
    #[must_use]
    pub fn new(id: String, supplier: Supplier) -> Self {
        Self {
            id,
            supplier,
            name: String::new(),
            label: None,
            standing: Standing::NotConnected,
            way: None,
            access_expires_at: None,
            access_obtained_at: None,
            refresh_expires_at: None,
            refreshable: false,
            kept: true,
            last_success_at: None,
            last_error: None,
            client_id: None,
            callback_url: None,
            pair_checked_at: None,
            app_status: None,
        }
    }
}

const COLUMNS: &str = "id, supplier, name, standing, way, access_expires_at, access_obtained_at, refresh_expires_at, \
                       refreshable, kept, last_success_at, last_error, client_id, callback_url, pair_checked_at, app_status";

fn read(row: &Row<'_>) -> Result<AccountRow> {
    let at = |index: usize| row.get::<_, Option<i64>>(index).map(|ms| ms.map(time));
    Ok(AccountRow {
        id: row.get(0)?,
        supplier: row.get::<_, String>(1)?.parse()?,
        name: row.get(2)?,
        standing: Standing::of(&row.get::<_, String>(3)?),
        way: match row.get::<_, Option<String>>(4)?.as_deref() {
            Some("api_key") => Some(CjWay::ApiKey),
            Some("oauth2") => Some(CjWay::OAuth2),
            _ => None,
        },
        access_expires_at: at(5)?,
        access_obtained_at: at(6)?,
        refresh_expires_at: at(7)?,
        refreshable: row.get(8)?,
        kept: row.get(9)?,
        last_success_at: at(10)?,
        last_error: row
            .get::<_, Option<String>>(11)?
            .as_deref()
            .map(unjson)
            .transpose()?,
        client_id: row.get(12)?,
        callback_url: row.get(13)?,
        pair_checked_at: at(14)?,
        app_status: row
            .get::<_, Option<String>>(15)?
            .as_deref()
            .map(named)
            .transpose()?,
        label: row.get(16)?,
    })
}

/// All accounts, oldest first.
pub fn all(connection: &Connection) -> Result<Vec<AccountRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, label FROM accounts ORDER BY created_at, id"
    ))?;
    let mut rows = statement.query([])?;
    let mut accounts = Vec::new();
    while let Some(row) = rows.next()? {
        accounts.push(read(row)?);
    }
    Ok(accounts)
}

/// One account.
pub fn get(connection: &Connection, id: &str) -> Result<Option<AccountRow>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, label FROM accounts WHERE id = ?1"
        ))?
        .query_row([id], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// The accounts of one supplier, oldest first.
pub fn of(connection: &Connection, supplier: Supplier) -> Result<Vec<AccountRow>> {
    Ok(all(connection)?
        .into_iter()
        .filter(|account| account.supplier == supplier)
        .collect())
}

/// Writes the whole row.
pub fn put(connection: &Connection, account: &AccountRow, now: Timestamp) -> Result<()> {
    let way = account.way.map(|way| match way {
        CjWay::ApiKey => "api_key",
        CjWay::OAuth2 => "oauth2",
    });
    connection
        .prepare_cached(&format!(
            "INSERT INTO accounts ({COLUMNS}, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, standing = excluded.standing, way = excluded.way, \
             access_expires_at = excluded.access_expires_at, access_obtained_at = excluded.access_obtained_at, \
             refresh_expires_at = excluded.refresh_expires_at, refreshable = excluded.refreshable, kept = excluded.kept, \
             last_success_at = excluded.last_success_at, last_error = excluded.last_error, client_id = excluded.client_id, \
             callback_url = excluded.callback_url, pair_checked_at = excluded.pair_checked_at, \
             app_status = excluded.app_status"
        ))?
        .execute(params![
            account.id,
            account.supplier.as_str(),
            account.name,
            account.standing.as_str(),
            way,
            account.access_expires_at.map(ms),
            account.access_obtained_at.map(ms),
            account.refresh_expires_at.map(ms),
            account.refreshable,
            account.kept,
            account.last_success_at.map(ms),
            account.last_error.as_ref().map(json).transpose()?,
            account.client_id,
            account.callback_url,
            account.pair_checked_at.map(ms),
            account.app_status.as_ref().map(name).transpose()?,
            ms(now)
        ])?;
    Ok(())
}

/// Gives an account the owner's name for it, or its own name back.
pub fn rename(connection: &Connection, id: &str, label: Option<&str>) -> Result<()> {
    connection
        .prepare_cached("UPDATE accounts SET label = ?2 WHERE id = ?1")?
        .execute(params![id, label])?;
    Ok(())
}

/// Notes that a call worked; an account whose access was suspended is no longer.
pub fn succeeded(connection: &Connection, id: &str, now: Timestamp) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE accounts SET last_success_at = ?2, last_error = NULL, \
             standing = CASE standing WHEN 'suspended' THEN 'connected' ELSE standing END WHERE id = ?1",
        )?
        .execute(params![id, ms(now)])?;
    Ok(())
}

/// Notes that something did not work, and how the account stands if that changed.
pub fn failed(
    connection: &Connection,
    id: &str,
    error: &ErrorView,
    standing: Option<Standing>,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE accounts SET last_error = ?2, standing = coalesce(?3, standing) WHERE id = ?1",
        )?
        .execute(params![id, json(error)?, standing.map(Standing::as_str)])?;
    Ok(())
}
