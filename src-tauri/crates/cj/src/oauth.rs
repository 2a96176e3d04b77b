//! The other way in: a client id and client secret at `/api/oauth/token`, as some shop owners were told to use.
//!
//! CJ documents no such endpoint and nobody has been seen succeeding with it, so every way it can fail has a typed answer. The
//! OAuth2 rules are the `oauth2` crate's; this file only carries its request over our HTTP client and puts what comes back in
//! order, because a server that skips `token_type` or wraps the tokens in CJ's envelope is to be expected.

use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AuthType, ClientId, ClientSecret, ExtraTokenFields, HttpRequest, HttpResponse,
    RequestTokenError, StandardRevocableToken, StandardTokenResponse, TokenResponse, TokenUrl,
    http,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::auth::Tokens;
use crate::client::{Client, fetch};
use crate::envelope::{self, Arrived};
use crate::error::{Class, Error, Result, clean};
use crate::pace::{Call, Outcome};
use crate::row::Row;
use crate::time;

/// For the pace: not below `/api2.0/v1/`, and free.
const CALL: Call = Call {
    path: "/api/oauth/token",
    points: 0,
};

/// CJ's own fields, should its tokens come this way.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct CjFields {
    access_expires_at: Option<String>,
    refresh_expires_at: Option<String>,
    open_id: Option<String>,
}

impl ExtraTokenFields for CjFields {}

type Answered = StandardTokenResponse<CjFields, BasicTokenType>;
type OAuthClient = oauth2::Client<
    BasicErrorResponse,
    Answered,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
>;

impl Client {
    /// Exchanges a client id and secret for tokens by OAuth2 client credentials (sent in the body, as the published programs
    /// that try it do).
    ///
    /// # Errors
    /// [`Class::Key`] when the pair is refused (401, `invalid_client`, or CJ's own words for it); [`Class::NotFound`] when CJ
    /// has no such endpoint (404); [`Class::Answer`] when a web page comes back instead of tokens.
    pub async fn exchange_client_credentials(
        &self,
        id: &str,
        secret: &SecretString,
    ) -> Result<Tokens> {
        let token_url = TokenUrl::from_url(self.address("/api/oauth/token"));
        let oauth = OAuthClient::new(ClientId::new(id.to_owned()))
            .set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()))
            .set_auth_type(AuthType::RequestBody)
            .set_token_uri(token_url);
        let turn = self.pace().turn(&CALL).await?;
        // The hook owns what it needs: a future that borrows through a closure cannot be spawned by the caller.
        let (client, hidden) = (self.clone(), secret.clone());
        let hook = move |request: HttpRequest| {
            let (client, hidden) = (client.clone(), hidden.clone());
            async move { client.carry(request, &hidden).await }
        };
        let result = match oauth
            .exchange_client_credentials()
            .request_async(&hook)
            .await
        {
            Ok(answered) => Ok(tokens(&answered)),
            Err(error) => Err(refusal(error, secret)),
        };
        let refused = result
            .as_ref()
            .is_err_and(|error| error.class == Class::Rate);
        self.pace()
            .answered(
                &CALL,
                &Outcome {
                    refused,
                    ..Outcome::default()
                },
            )
            .await;
        drop(turn);
        result
    }

    /// Carries the request of the `oauth2` crate and hands it an answer it can read, or our error.
    async fn carry(&self, request: HttpRequest, secret: &SecretString) -> Result<HttpResponse> {
        let (parts, body) = request.into_parts();
        let request = self
            .http()
            .request(parts.method, self.address(parts.uri.path()))
            .headers(parts.headers)
            .body(body);
        let raw = fetch(request).await?;
        let status = raw.status.as_u16();
        let secrets = [secret];
        let arrived = Arrived {
            status,
            retry_after: raw.retry_after,
            body: &raw.body,
            secrets: &secrets,
        };
        let body = ordered(&arrived)?;
        http::Response::builder()
            .status(raw.status)
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(body)
            .map_err(|_| Error::unreadable("no HTTP answer"))
    }
}

/// Puts an answer in the order RFC 6749 asks for: an error object as it is, tokens with a type and plain fields.
fn ordered(arrived: &Arrived<'_>) -> Result<Vec<u8>> {
    let status = arrived.status;
    let body: Value = serde_json::from_slice(arrived.body).unwrap_or(Value::Null);
    // `{"error":"Not Found","status":404,…}` is a web server's page in JSON, not an OAuth2 error, whose words are lower case.
    let oauth_error = body
        .get("error")
        .and_then(Value::as_str)
        .is_some_and(|code| {
            !code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        });
    if oauth_error {
        // An error beside status 200 is an error all the same.
        return if (200..300).contains(&status) {
            Err(error_object(&body, arrived))
        } else {
            Ok(arrived.body.to_vec())
        };
    }
    let data = if envelope::is_envelope(&body) {
        // An envelope without a "CJ refused" in it holds the tokens; with one, its code says what is wrong.
        let answer = envelope::read(arrived, 0).map_err(about_the_pair)?;
        if answer.data.is_object() {
            answer.data
        } else {
            body
        }
    } else if (200..300).contains(&status) {
        body
    } else {
        return Err(no_oauth(arrived));
    };
    let row = Row::of(&data).ok_or_else(|| no_oauth(arrived))?;
    let Some(access) = row.text(["access_token", "accessToken"]) else {
        return Err(Error::nothing("access token"));
    };
    let mut tokens = Map::new();
    tokens.insert(String::from("access_token"), json!(access));
    tokens.insert(String::from("token_type"), json!("bearer"));
    let fields = [
        (
            "refresh_token",
            row.text(["refresh_token", "refreshToken"]).map(Value::from),
        ),
        (
            "expires_in",
            row.count(["expires_in", "expiresIn"]).map(Value::from),
        ),
        (
            "access_expires_at",
            row.text(["accessTokenExpiryDate"]).map(Value::from),
        ),
        (
            "refresh_expires_at",
            row.text(["refreshTokenExpiryDate"]).map(Value::from),
        ),
        ("open_id", row.text(["openId", "open_id"]).map(Value::from)),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            tokens.insert(name.to_owned(), value);
        }
    }
    serde_json::to_vec(&tokens).map_err(|_| Error::unreadable("tokens"))
}

/// What a server without this endpoint, or without us on its list, sends.
fn no_oauth(arrived: &Arrived<'_>) -> Error {
    let error = match arrived.status {
        404 | 405 | 410 => Error::new(
            Class::NotFound,
            "CJ has no OAuth2 token endpoint (HTTP 404)",
        ),
        401 => Error::new(Class::Key, "CJ refused the client id and secret (HTTP 401)"),
        403 => Error::new(
            Class::Permission,
            "CJ forbids the OAuth2 token endpoint (HTTP 403)",
        ),
        429 => Error::new(Class::Rate, "too many requests (HTTP 429)"),
        status @ 500.. => Error::new(Class::Server, format!("CJ is not well (HTTP {status})")),
        status => Error::unreadable(&format!(
            "no OAuth2 tokens but another page (HTTP {status})"
        )),
    };
    Error {
        retry_after: arrived.retry_after,
        ..error
    }
}

/// A refusal in CJ's own words: without a token sent, "invalid API key or access token" means the pair, and "interface not
/// found" or "method not supported" means that there is no such endpoint.
fn about_the_pair(mut error: Error) -> Error {
    error.class = match (error.code, error.class) {
        (Some(1_600_101 | 16_900_202), _) => Class::NotFound,
        (_, Class::Token) => Class::Key,
        (_, class) => class,
    };
    error
}

/// An OAuth2 error object that came with a status of success.
fn error_object(body: &Value, arrived: &Arrived<'_>) -> Error {
    let says = |name| body.get(name).and_then(Value::as_str).unwrap_or_default();
    described(says("error"), says("error_description"), arrived.secrets)
}

/// The classes of RFC 6749, section 5.2.
fn described(code: &str, description: &str, secrets: &[&SecretString]) -> Error {
    let class = match code {
        "invalid_client" | "invalid_grant" => Class::Key,
        "unauthorized_client" | "access_denied" => Class::Permission,
        "temporarily_unavailable" | "server_error" => Class::Server,
        "slow_down" => Class::Rate,
        _ => Class::Param,
    };
    Error::new(class, clean(&format!("{code}: {description}"), secrets))
}

fn refusal(error: RequestTokenError<Error, BasicErrorResponse>, secret: &SecretString) -> Error {
    match error {
        RequestTokenError::Request(error) => error,
        RequestTokenError::ServerResponse(said) => described(
            said.error().as_ref(),
            said.error_description().map_or("", String::as_str),
            &[secret],
        ),
        // The parse error holds the body, which may hold tokens: it is not quoted.
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            Error::unreadable("no OAuth2 tokens")
        }
    }
}

fn tokens(answered: &Answered) -> Tokens {
    let extra = answered.extra_fields();
    let instant = |text: &Option<String>| {
        text.as_ref()
            .and_then(|text| time::instant(&Value::from(text.as_str())))
    };
    Tokens {
        access_token: SecretString::from(answered.access_token().secret().as_str()),
        refresh_token: answered
            .refresh_token()
            .map(|token| SecretString::from(token.secret().as_str())),
        access_expires_at: instant(&extra.access_expires_at),
        refresh_expires_at: instant(&extra.refresh_expires_at),
        access_lives: answered.expires_in(),
        open_id: extra.open_id.as_deref().map(SecretString::from),
    }
}
