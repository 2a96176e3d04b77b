//! A connection string as an owner pastes it, taken apart: the password apart from the rest, and TLS decided once.
//!
//! Both forms of libpq are read (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING>). TLS is
//! stricter than there: whatever `sslmode` says but `disable`, the certificate is verified, because a password travels.

use std::path::PathBuf;

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use smartlinks_core::{Code, Error, Result};
use url::Url;

/// Postgres's own port.
const PORT: u16 = 5432;

/// How the line is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// Encrypted, the certificate verified.
    Verified,
    /// In the clear: this computer itself, or the owner wrote `sslmode=disable`.
    Off,
}

/// Where a database is, without its password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Name or address of the computer, or the folder of a socket.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Database.
    pub database: String,
    /// Role.
    pub user: String,
    /// How the line is protected.
    pub tls: Tls,
    /// The certificate that signed the server's, where none that this computer trusts did.
    pub root_certificate: Option<PathBuf>,
    /// Whether the login must be bound to the TLS channel.
    pub channel_binding: bool,
    /// `options` for the server, such as Neon's endpoint.
    pub options: Option<String>,
}

/// What was pasted: the address, and the password if one was in it.
#[derive(Debug, Clone)]
pub struct Given {
    /// Where.
    pub address: Address,
    /// The password; none for a server that asks for none, or when the kept one is meant.
    pub password: Option<SecretString>,
}

impl Address {
    /// The address as it is shown and told apart from others: `user@host:5432/database`.
    #[must_use]
    pub fn name(&self) -> String {
        format!(
            "{}@{}:{}/{}",
            self.user, self.host, self.port, self.database
        )
    }

    /// Whether the host is a folder with a socket.
    #[must_use]
    pub fn is_socket(&self) -> bool {
        self.host.starts_with('/')
    }

    /// Takes a connection string apart, a URL or `host=… user=…`.
    ///
    /// # Errors
    /// `BadInput`; the text itself is never in it.
    pub fn parse(text: &SecretString) -> Result<Given> {
        let text = text.expose_secret().trim();
        if text.contains("[YOUR-PASSWORD]") || text.contains("[YOUR_PASSWORD]") {
            return Err(bad(
                "put your database password in the place of [YOUR-PASSWORD]",
            ));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            from_url(text)
        } else if text.contains('=') {
            from_words(text)
        } else {
            Err(bad(
                "a connection string starts with postgresql:// or names host=…",
            ))
        }
    }
}

fn bad(why: &str) -> Error {
    Error::new(Code::BadInput, format!("connection string: {why}"))
}

/// What both forms can say.
#[derive(Default)]
struct Said {
    host: Option<String>,
    port: Option<String>,
    database: Option<String>,
    user: Option<String>,
    password: Option<SecretString>,
    mode: Option<String>,
    root_certificate: Option<String>,
    channel_binding: Option<String>,
    options: Option<String>,
}

impl Said {
    fn take(&mut self, key: &str, value: String) {
        let place = match key {
            "host" | "hostaddr" => &mut self.host,
            "port" => &mut self.port,
            "dbname" => &mut self.database,
            "user" => &mut self.user,
            "sslmode" => &mut self.mode,
            "sslrootcert" => &mut self.root_certificate,
            "channel_binding" => &mut self.channel_binding,
            "options" => &mut self.options,
            "password" => {
                self.password = Some(SecretString::from(value));
                return;
            }
            // Time limits, names of applications, hints for other programs: nothing that decides where or how safely.
            _ => return,
        };
        *place = Some(value);
    }

    fn given(self) -> Result<Given> {
        let wanted = |value: Option<String>, what: &str| {
            value
                .filter(|value| !value.is_empty())
                .ok_or_else(|| bad(&format!("it names no {what}")))
        };
        let host = wanted(self.host, "host")?;
        if host.contains(',') {
            return Err(bad("name one host, not several"));
        }
        let user = wanted(self.user, "user")?;
        let port = match self.port.as_deref() {
            None | Some("") => PORT,
            Some(port) => port.parse().map_err(|_| bad("the port is no number"))?,
        };
        let tls = match self.mode.as_deref() {
            Some("disable") => Tls::Off,
            None | Some("prefer" | "allow") if on_this_computer(&host) => Tls::Off,
            None | Some("prefer" | "allow" | "require" | "verify-ca" | "verify-full") => {
                Tls::Verified
            }
            Some(_) => return Err(bad("sslmode is none of libpq's words")),
        };
        Ok(Given {
            address: Address {
                database: self
                    .database
                    .filter(|name| !name.is_empty())
                    .unwrap_or_else(|| user.clone()),
                host,
                port,
                user,
                tls,
                root_certificate: self
                    .root_certificate
                    .filter(|path| path != "system")
                    .map(PathBuf::from),
                channel_binding: self.channel_binding.as_deref() == Some("require"),
                options: self.options,
            },
            password: self
                .password
                .filter(|password| !password.expose_secret().is_empty()),
        })
    }
}

fn on_this_computer(host: &str) -> bool {
    host.starts_with('/')
        || host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

fn from_url(text: &str) -> Result<Given> {
    let hint = "it is no address; in a password write %40 for @, %2F for /, %23 for #, %3A for :";
    let url = Url::parse(text).map_err(|_| bad(hint))?;
    // A password with a bare # or ? ends the address in the middle: what is left then looks like a host with a password.
    if url.fragment().is_some() {
        return Err(bad(hint));
    }
    let plain = |text: &str| percent(text).ok_or_else(|| bad(hint));
    let mut said = Said {
        host: url
            .host_str()
            .filter(|host| !host.is_empty())
            .map(plain)
            .transpose()?,
        port: url.port().map(|port| port.to_string()),
        database: Some(plain(url.path().trim_start_matches('/'))?),
        user: Some(plain(url.username())?),
        password: url
            .password()
            .map(plain)
            .transpose()?
            .map(SecretString::from),
        ..Said::default()
    };
    for (key, value) in url.query_pairs() {
        said.take(&key, value.into_owned());
    }
    if let Some(host) = &mut said.host {
        *host = host.trim_matches(['[', ']']).to_owned();
    }
    said.given()
}

/// Percent-decoded, if it is UTF-8 then.
fn percent(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let value = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// `host=a user='b c' password=it\'s`: values in quotes may hold spaces, a backslash takes the next letter as it is.
fn from_words(text: &str) -> Result<Given> {
    let mut said = Said::default();
    let mut letters = text.chars().peekable();
    loop {
        while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        let mut key = String::new();
        while let Some(letter) = letters.next_if(|letter| *letter != '=' && !letter.is_whitespace())
        {
            key.push(letter);
        }
        while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        if key.is_empty() && letters.peek().is_none() {
            return said.given();
        }
        if letters.next() != Some('=') {
            return Err(bad("a word without a value"));
        }
        while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        let quoted = letters.next_if_eq(&'\'').is_some();
        let mut value = String::new();
        loop {
            match letters.next() {
                None if quoted => return Err(bad("a quote is not closed")),
                None => break,
                Some('\'') if quoted => break,
                Some(letter) if !quoted && letter.is_whitespace() => break,
                Some('\\') => value.extend(letters.next()),
                Some(letter) => value.push(letter),
            }
        }
        said.take(&key, value);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    fn given(text: &str) -> Given {
        Address::parse(&SecretString::from(text)).unwrap()
    }

    fn password(given: &Given) -> Option<&str> {
        given.password.as_ref().map(|secret| secret.expose_secret())
    }

    #[test]
    fn the_strings_of_the_common_hosts_are_understood() {
        let supabase = given(
            "postgresql://postgres.abcd:p%40ss@aws-0-eu-west-1.pooler.supabase.com:5432/postgres",
        );
        assert_eq!(
            supabase.address.name(),
            "postgres.abcd@aws-0-eu-west-1.pooler.supabase.com:5432/postgres"
        );
        assert_eq!(password(&supabase), Some("p@ss"));
        assert_eq!(supabase.address.tls, Tls::Verified);
        let neon =
            given("postgres://me:x@ep-1.neon.tech/shop?sslmode=require&channel_binding=require");
        assert!(neon.address.channel_binding && neon.address.port == 5432);
        let words = given(
            r"host=/var/run/postgresql user=me dbname='my shop' password='it\'s' connect_timeout=3",
        );
        assert!(words.address.is_socket() && words.address.database == "my shop");
        assert_eq!(password(&words), Some("it's"));
        assert_eq!(given("postgresql://me@[::1]:6000").address.host, "::1");
    }

    #[test]
    fn a_password_travels_in_the_clear_only_on_this_computer_or_when_the_owner_wrote_so() {
        for (text, tls) in [
            ("postgresql://me@127.0.0.1/x", Tls::Off),
            ("postgresql://me@localhost/x?sslmode=prefer", Tls::Off),
            ("postgresql://me@localhost/x?sslmode=require", Tls::Verified),
            ("postgresql://me@db.example/x", Tls::Verified),
            ("postgresql://me@db.example/x?sslmode=prefer", Tls::Verified),
            ("postgresql://me@localhost.example/x", Tls::Verified),
            ("host=10.0.0.7 user=me", Tls::Verified),
            ("postgresql://me@db.example/x?sslmode=disable", Tls::Off),
        ] {
            assert_eq!(given(text).address.tls, tls, "{text}");
        }
    }

    #[test]
    fn a_string_that_cannot_be_read_is_not_repeated_in_the_error() {
        for text in [
            "hunter2",
            "postgresql://me:hunter2#x@db.example/x",
            "postgresql://me:hun/ter2@db.example/x",
            "postgresql://me:hunter2@/x",
            "postgresql://me:hunter2@db.example/x?sslmode=maybe",
            "host=db.example password='hunter2",
            "host=a,b user=me password=hunter2",
            "password=hunter2",
            "postgresql://postgres:[YOUR-PASSWORD]@db.abcd.supabase.co:5432/postgres",
        ] {
            let error = Address::parse(&SecretString::from(text)).err().unwrap();
            assert_eq!(error.code, Code::BadInput, "{text}");
            assert!(!error.message.contains("ter2"), "{error}");
        }
    }
}
