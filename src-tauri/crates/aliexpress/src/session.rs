//! Business calls on `/sync` in the name of one buyer: the parameters they all share.
//!
//! What each call means is in the module named after it.

use std::collections::BTreeMap;
use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::client::Client;
use crate::envelope::Reply;
use crate::error::{Class, Error, Result};

/// Parameters that are the client's to set; [`Session::call`] refuses them.
pub const OURS: [&str; 9] = [
    "access_token",
    "app_key",
    "format",
    "method",
    "session",
    "sign",
    "sign_method",
    "timestamp",
    "v",
];

/// A client together with an access token.
#[derive(Clone)]
pub struct Session {
    client: Client,
    access_token: SecretString,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}

impl Session {
    pub(crate) fn new(client: Client, access_token: SecretString) -> Self {
        Self {
            client,
            access_token,
        }
    }

    /// Any business method, for support: signs, sends, and gives what is inside the wrapper. Objects and arrays go in as
    /// JSON text. Only refusals of the gateway are errors; a status inside the answer is left to the reader.
    ///
    /// # Errors
    /// `Param` for a system call (they have another form) and for a parameter this client sets itself.
    pub async fn call(&self, method: &str, params: BTreeMap<String, String>) -> Result<Value> {
        if method.is_empty() || method.contains('/') {
            return Err(Error::new(
                Class::Param,
                "not the name of a business method",
            ));
        }
        if let Some(name) = OURS.iter().find(|name| params.contains_key(**name)) {
            return Err(Error::new(
                Class::Param,
                format!("{name} is set by the client itself"),
            ));
        }
        Ok(self.send(method, params).await?.body)
    }

    /// One of the calls this crate knows. Empty values are not sent.
    pub(crate) async fn business<const N: usize>(
        &self,
        method: &str,
        params: [(&str, String); N],
    ) -> Result<Reply> {
        let params = params
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        self.send(method, params).await
    }

    async fn send(&self, method: &str, mut params: BTreeMap<String, String>) -> Result<Reply> {
        let token = self.access_token.expose_secret().trim();
        if token.is_empty() {
            return Err(Error::new(Class::Token, "no access token"));
        }
        params.insert("method".into(), method.to_owned());
        params.insert("session".into(), token.to_owned());
        params.insert("format".into(), "json".into());
        params.insert("v".into(), "2.0".into());
        self.client
            .post("/sync", method, params, &self.access_token)
            .await
    }
}
