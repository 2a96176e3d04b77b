//! One connection to the shop's database: verified TLS, time limits, and gone when it is dropped.

use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;
use secrecy::{ExposeSecret as _, SecretString};
use smartlinks_core::{Code, Error, Result};
use tokio::task::JoinHandle;
use tokio_postgres::config::{ChannelBinding, SslMode};
use tokio_postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::address::{Address, Tls};
use super::error::from_postgres;

/// How long reaching the server and logging in may take; a sleeping Neon project needs some seconds to wake.
const CONNECT: Duration = Duration::from_secs(30);
/// Waits the server itself ends, so that a publish says so instead of hanging: for a lock, and for one statement.
const LIMITS: &str =
    "SET lock_timeout = '20s'; SET statement_timeout = '5min'; SET client_min_messages = warning";

/// An open connection.
pub(super) struct Connection {
    pub(super) client: Client,
    line: JoinHandle<()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        // What was not committed is rolled back by the server.
        self.line.abort();
    }
}

/// Connects and logs in.
pub(super) async fn open(address: &Address, password: Option<&SecretString>) -> Result<Connection> {
    let config = config(address, password);
    let connecting = async {
        let opened: Result<_> = match address.tls {
            Tls::Off => {
                let (client, line) = config.connect(NoTls).await.map_err(from_postgres)?;
                Ok((client, tokio::spawn(async move { drop(line.await) })))
            }
            Tls::Verified => {
                let tls = MakeRustlsConnect::new(tls(address)?);
                let (client, line) = config.connect(tls).await.map_err(from_postgres)?;
                Ok((client, tokio::spawn(async move { drop(line.await) })))
            }
        };
        opened
    };
    let (client, line) = tokio::time::timeout(CONNECT, connecting)
        .await
        .map_err(|_| {
            Error::new(
                Code::ShopUnreachable,
                format!("Postgres: {} did not answer in time", address.host),
            )
        })??;
    let connection = Connection { client, line };
    connection
        .client
        .batch_execute(LIMITS)
        .await
        .map_err(from_postgres)?;
    Ok(connection)
}

fn config(address: &Address, password: Option<&SecretString>) -> Config {
    let mut config = Config::new();
    config
        .host(&address.host)
        .port(address.port)
        .dbname(&address.database)
        .user(&address.user)
        .application_name("SmartLinks")
        .connect_timeout(Duration::from_secs(15))
        .keepalives_idle(Duration::from_secs(30))
        .ssl_mode(match address.tls {
            Tls::Off => SslMode::Disable,
            Tls::Verified => SslMode::Require,
        });
    if address.channel_binding {
        config.channel_binding(ChannelBinding::Require);
    }
    if let Some(options) = &address.options {
        config.options(options);
    }
    if let Some(password) = password {
        config.password(password.expose_secret());
    }
    config
}

fn tls(address: &Address) -> Result<ClientConfig> {
    let failed = |what: String| Error::new(Code::ShopTls, what);
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(format!("TLS: {error}")))?;
    let Some(path) = &address.root_certificate else {
        return Ok(builder
            .with_platform_verifier()
            .map_err(|error| failed(format!("this computer's certificates: {error}")))?
            .with_no_client_auth());
    };
    let unreadable = |what: String| failed(format!("sslrootcert {}: {what}", path.display()));
    let mut roots = RootCertStore::empty();
    for certificate in
        CertificateDer::pem_file_iter(path).map_err(|error| unreadable(error.to_string()))?
    {
        let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
        roots
            .add(certificate)
            .map_err(|error| unreadable(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(unreadable("no certificate in it".to_owned()));
    }
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
