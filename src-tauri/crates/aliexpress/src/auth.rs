//! Authorization: the address where the buyer consents, the exchange of the code, the refresh, and the check of the pair.
//!
//! It goes through the `oauth2` crate, which builds the authorize address and the token requests by the book; AliExpress
//! is not by the book at its token endpoints (signed instead of client secret, flat JSON with its own fields, errors at
//! HTTP 200), so the custom HTTP client hook translates both ways. Not for states, attempts and catching the redirect.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, CsrfToken, EndpointNotSet, EndpointSet, ExtraTokenFields,
    HttpRequest, HttpResponse, RedirectUrl, RefreshToken, RequestTokenError,
    StandardRevocableToken, StandardTokenResponse, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use crate::client::Client;
use crate::envelope::{self, Reply};
use crate::error::{Class, Error, Result};
use crate::fields::{Fields, later};
use crate::tokens::Tokens;

const CREATE: &str = "/auth/token/create";
const REFRESH: &str = "/auth/token/refresh";

/// The fields AliExpress adds to the standard token response.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Extra {
    refresh_expires_in: Option<i64>,
    expire_time: Option<i64>,
    refresh_token_valid_time: Option<i64>,
    user_id: Option<String>,
    user_nick: Option<String>,
    account: Option<String>,
    account_platform: Option<String>,
    locale: Option<String>,
    request_id: Option<String>,
}

impl ExtraTokenFields for Extra {}

type Response = StandardTokenResponse<Extra, BasicTokenType>;

type OAuth = oauth2::Client<
    BasicErrorResponse,
    Response,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

impl Client {
    /// Where the buyer consents. `redirect_uri` must be the callback address registered in the app console, byte for
    /// byte; `state` comes back unchanged. `force_auth` makes AliExpress ask even if the browser is signed in already,
    /// so that the owner sees which account is connected.
    ///
    /// # Errors
    /// `Param` when `redirect_uri` is no address.
    pub fn authorize_url(&self, redirect_uri: &str, state: &str) -> Result<Url> {
        let state = state.to_owned();
        let (url, _) = self
            .oauth()
            .authorize_url(|| CsrfToken::new(state))
            .set_redirect_uri(Cow::Owned(redirect(redirect_uri)?))
            .add_extra_param("force_auth", "true")
            .url();
        Ok(url)
    }

    /// Turns a code into tokens. A code works once and for three minutes, so this is not to be repeated after `Code`.
    ///
    /// # Errors
    /// `Code` when the code is refused; `Key`, `Signature` for a wrong pair.
    pub async fn exchange(&self, code: &SecretString, redirect_uri: &str) -> Result<Tokens> {
        let text = code.expose_secret().trim();
        if text.is_empty() {
            return Err(Error::new(Class::Code, "no authorization code"));
        }
        let asked_at = self.now();
        let hook = |request: HttpRequest| translate(self.clone(), request);
        let response = self
            .oauth()
            .exchange_code(AuthorizationCode::new(text.to_owned()))
            .set_redirect_uri(Cow::Owned(redirect(redirect_uri)?))
            .request_async(&hook)
            .await
            .map_err(from_oauth2)?;
        let tokens = read(&response, asked_at);
        Ok(Tokens {
            refreshable: tokens.refreshable && tokens.refresh_token.is_some(),
            ..tokens
        })
    }

    /// A new access token, and usually a new refresh token: keep both, and keep the old refresh token if none came.
    ///
    /// # Errors
    /// `RefreshToken` when only a new consent helps.
    pub async fn refresh(&self, refresh_token: &SecretString) -> Result<Tokens> {
        let text = refresh_token.expose_secret().trim();
        if text.is_empty() {
            return Err(Error::new(Class::RefreshToken, "no refresh token"));
        }
        let asked_at = self.now();
        let hook = |request: HttpRequest| translate(self.clone(), request);
        let response = self
            .oauth()
            .exchange_refresh_token(&RefreshToken::new(text.to_owned()))
            .request_async(&hook)
            .await
            .map_err(from_oauth2)?;
        Ok(read(&response, asked_at))
    }

    /// Asks the gateway, without any login, whether key and secret belong together: it checks key, signature and code in
    /// this order (measured live), so a made-up code that is refused as a code means that the pair is right.
    ///
    /// # Errors
    /// `Key` for an unknown App Key, `Signature` for a wrong App Secret, others when the gateway could not be asked.
    pub async fn check_pair(&self) -> Result<()> {
        // Of the form of a real code, and impossible: real ones are random.
        let code = SecretString::from(format!("3_{}_pair_check_only", self.app_key()));
        let params = BTreeMap::from([("code".to_owned(), code.expose_secret().to_owned())]);
        match self
            .post(&format!("/rest{CREATE}"), CREATE, params, &code)
            .await
        {
            Err(error) if error.class == Class::Code => Ok(()),
            Err(error) => Err(error),
            // Not a refusal: whatever else it is, key and signature were taken.
            Ok(_) => Ok(()),
        }
    }

    fn oauth(&self) -> OAuth {
        oauth2::Client::new(ClientId::new(self.app_key().to_owned()))
            .set_auth_uri(AuthUrl::from_url(self.address("/oauth/authorize")))
            .set_token_uri(TokenUrl::from_url(self.address(&format!("/rest{CREATE}"))))
    }
}

fn redirect(uri: &str) -> Result<RedirectUrl> {
    // RedirectUrl keeps the text it was given beside the parsed form, and sends the text.
    RedirectUrl::new(uri.to_owned())
        .map_err(|_| Error::new(Class::Param, "the callback address is not an address"))
}

/// The hook: a standard token request in, AliExpress's call out, and its answer back in standard form.
async fn translate(client: Client, request: HttpRequest) -> Result<HttpResponse> {
    let mut form: BTreeMap<String, String> = form_urlencoded::parse(request.body())
        .into_owned()
        .collect();
    let mut take = |name: &str| form.remove(name).unwrap_or_default();
    // Client id and redirect address stay behind: AliExpress knows neither parameter here, and signs what it gets.
    let (api, name, secret) = match take("grant_type").as_str() {
        "refresh_token" => (REFRESH, "refresh_token", take("refresh_token")),
        _ => (CREATE, "code", take("code")),
    };
    let params = BTreeMap::from([(name.to_owned(), secret.clone())]);
    let reply = client
        .post(
            &format!("/rest{api}"),
            api,
            params,
            &SecretString::from(secret),
        )
        .await?;
    Ok(HttpResponse::new(standard(api, &reply)?))
}

/// AliExpress's flat answer as RFC 6749 has it. Numbers come quoted or not.
fn standard(api: &str, reply: &Reply) -> Result<Vec<u8>> {
    let fields = Fields(&reply.body);
    let Some(access_token) = fields.text("access_token") else {
        // A refusal may come with a code and no words at all.
        envelope::check_status(api, reply)?;
        let error = Error::new(Class::Answer, "the answer has no access token");
        return Err(Error {
            request_id: reply.request_id.clone(),
            ..error
        });
    };
    let mut map = Map::new();
    map.insert("access_token".into(), access_token.into());
    map.insert("token_type".into(), "bearer".into());
    if let Some(seconds) = fields.int("expires_in").filter(|seconds| *seconds >= 0) {
        map.insert("expires_in".into(), seconds.into());
    }
    for name in [
        "refresh_expires_in",
        "expire_time",
        "refresh_token_valid_time",
    ] {
        map.insert(name.into(), fields.int(name).into());
    }
    if let Some(token) = fields.text("refresh_token") {
        map.insert("refresh_token".into(), token.into());
    }
    for name in [
        "user_id",
        "user_nick",
        "account",
        "account_platform",
        "locale",
    ] {
        map.insert(name.into(), fields.text(name).into());
    }
    map.insert("request_id".into(), reply.request_id.clone().into());
    Ok(Value::Object(map).to_string().into_bytes())
}

fn read(response: &Response, asked_at: Timestamp) -> Tokens {
    let extra = response.extra_fields();
    let access_lifetime_s = response
        .expires_in()
        .and_then(|life| i64::try_from(life.as_secs()).ok());
    let refresh_lifetime_s = extra.refresh_expires_in;
    Tokens {
        access_token: SecretString::from(response.access_token().secret().as_str()),
        refresh_token: response
            .refresh_token()
            .map(|token| SecretString::from(token.secret().as_str())),
        access_expires_at: end(asked_at, access_lifetime_s, extra.expire_time),
        refresh_expires_at: end(asked_at, refresh_lifetime_s, extra.refresh_token_valid_time),
        refreshable: refresh_lifetime_s != Some(0),
        access_lifetime_s,
        refresh_lifetime_s,
        user_id: extra.user_id.clone(),
        user_nick: extra.user_nick.clone(),
        account: extra.account.clone(),
        account_platform: extra.account_platform.clone(),
        locale: extra.locale.clone(),
        request_id: extra.request_id.clone(),
    }
}

/// The end of a token. Remaining seconds are preferred to the instant: they are right on a computer whose clock is not,
/// and it is that clock the end will be compared with.
fn end(asked_at: Timestamp, seconds: Option<i64>, millis: Option<i64>) -> Option<Timestamp> {
    match seconds {
        Some(0) => None,
        Some(seconds) => later(asked_at, seconds),
        None => millis
            .filter(|m| *m > 0)
            .and_then(|m| Timestamp::from_millisecond(m).ok()),
    }
}

fn from_oauth2(error: RequestTokenError<Error, BasicErrorResponse>) -> Error {
    match error {
        RequestTokenError::Request(error) => error,
        // The hook hands on nothing but what it made itself, so the details (which would hold tokens) add nothing.
        _ => Error::new(Class::Answer, "the token answer is not of a known shape"),
    }
}
