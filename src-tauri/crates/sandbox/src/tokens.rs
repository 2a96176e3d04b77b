//! Tokens that carry what they are: account, dates and a MAC made with the seed. A sandbox started again with the same seed therefore takes
//! the tokens of the former one, as practice mode needs. Only what was killed early is remembered, in memory.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use crate::faults::Supplier;
use crate::mac::hmac_sha256;
use crate::random::hex;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Access,
    Refresh,
}

/// What a token says. Times are milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claims {
    pub(crate) supplier: Supplier,
    pub(crate) kind: Kind,
    /// AliExpress has one: 0.
    pub(crate) account: usize,
    pub(crate) issued_ms: i64,
    pub(crate) expires_ms: i64,
}

#[derive(Default)]
struct Dead {
    /// Tokens issued up to then are dead: access and refresh, per supplier.
    access_ms: [i64; 2],
    refresh_ms: [i64; 2],
    /// Pairs logged out.
    pairs: HashSet<(Supplier, usize, i64)>,
    last_issued_ms: i64,
}

/// Makes tokens, and tells live ones from dead ones.
pub(crate) struct Mint {
    key: [u8; 32],
    dead: Mutex<Dead>,
}

const fn place(supplier: Supplier) -> usize {
    match supplier {
        Supplier::AliExpress => 0,
        Supplier::Cj => 1,
    }
}

impl Mint {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            key: hmac_sha256(b"smartlinks sandbox tokens", &seed.to_be_bytes()),
            dead: Mutex::default(),
        }
    }

    /// A time of issue no other pair has, so that what is killed now never includes what is made next.
    pub(crate) fn issue_time(&self, now_ms: i64) -> i64 {
        let mut dead = self.dead.lock().unwrap_or_else(PoisonError::into_inner);
        dead.last_issued_ms = now_ms.max(dead.last_issued_ms + 1);
        dead.last_issued_ms
    }

    pub(crate) fn write(&self, claims: Claims) -> String {
        match claims.supplier {
            Supplier::AliExpress => {
                let head = format!(
                    "{}{:011x}{:011x}",
                    if claims.kind == Kind::Access {
                        "50000"
                    } else {
                        "50001"
                    },
                    claims.issued_ms,
                    claims.expires_ms
                );
                let mac = hex(&hmac_sha256(&self.key, head.as_bytes()));
                format!("{head}{}", &mac[..33])
            }
            Supplier::Cj => {
                let number = crate::cj::accounts::ACCOUNTS[claims.account].number;
                let head = base64url(br#"{"alg":"HS256"}"#);
                let body = base64url(
                    format!(
                        r#"{{"jti":"{}","type":"{}","sub":"{number}","platform":"CJ","iat":{},"exp":{}}}"#,
                        claims.account,
                        if claims.kind == Kind::Access { "ACCESS_TOKEN" } else { "REFRESH_TOKEN" },
                        claims.issued_ms,
                        claims.expires_ms
                    )
                    .as_bytes(),
                );
                let signed = format!("API@{number}@CJ:{head}.{body}");
                let mac = base64url(&hmac_sha256(&self.key, signed.as_bytes()));
                format!("{signed}.{mac}")
            }
        }
    }

    /// What a token says, if this sandbox or one of the same seed made it; dead or alive.
    fn read(&self, supplier: Supplier, token: &str) -> Option<Claims> {
        let claims = match supplier {
            Supplier::AliExpress => {
                if token.len() != 60 || !token.is_ascii() {
                    return None;
                }
                Claims {
                    supplier,
                    kind: match &token[..5] {
                        "50000" => Kind::Access,
                        "50001" => Kind::Refresh,
                        _ => return None,
                    },
                    account: 0,
                    issued_ms: i64::from_str_radix(&token[5..16], 16).ok()?,
                    expires_ms: i64::from_str_radix(&token[16..27], 16).ok()?,
                }
            }
            Supplier::Cj => {
                let (number, rest) = token.strip_prefix("API@")?.split_once("@CJ:")?;
                let account = crate::cj::accounts::by_number(number)?;
                let body = unbase64url(rest.split('.').nth(1)?)?;
                let body: serde_json::Value = serde_json::from_slice(&body).ok()?;
                Claims {
                    supplier,
                    kind: match body.get("type")?.as_str()? {
                        "ACCESS_TOKEN" => Kind::Access,
                        "REFRESH_TOKEN" => Kind::Refresh,
                        _ => return None,
                    },
                    account,
                    issued_ms: body.get("iat")?.as_i64()?,
                    expires_ms: body.get("exp")?.as_i64()?,
                }
            }
        };
        // Written again it must be the same text: that is the check of the MAC.
        (self.write(claims) == token).then_some(claims)
    }

    /// What a live token says; none for a wrong, expired or killed one, or one of the other kind.
    pub(crate) fn check(
        &self,
        supplier: Supplier,
        kind: Kind,
        token: &str,
        now_ms: i64,
    ) -> Option<Claims> {
        let claims = self.read(supplier, token)?;
        (claims.kind == kind && self.is_alive(&claims, now_ms)).then_some(claims)
    }

    pub(crate) fn is_alive(&self, claims: &Claims, now_ms: i64) -> bool {
        let dead = self.dead.lock().unwrap_or_else(PoisonError::into_inner);
        let killed_ms = match claims.kind {
            Kind::Access => dead.access_ms[place(claims.supplier)],
            Kind::Refresh => dead.refresh_ms[place(claims.supplier)],
        };
        now_ms < claims.expires_ms
            && claims.issued_ms > killed_ms
            && !dead
                .pairs
                .contains(&(claims.supplier, claims.account, claims.issued_ms))
    }

    /// Kills every token of a kind made so far.
    pub(crate) fn kill(&self, supplier: Supplier, kind: Kind, now_ms: i64) {
        let mut dead = self.dead.lock().unwrap_or_else(PoisonError::into_inner);
        let until = now_ms.max(dead.last_issued_ms);
        // Otherwise a token made in this very millisecond would be born dead.
        dead.last_issued_ms = until;
        match kind {
            Kind::Access => dead.access_ms[place(supplier)] = until,
            Kind::Refresh => dead.refresh_ms[place(supplier)] = until,
        }
    }

    /// Kills both tokens of a pair.
    pub(crate) fn revoke(&self, claims: &Claims) {
        let mut dead = self.dead.lock().unwrap_or_else(PoisonError::into_inner);
        dead.pairs
            .insert((claims.supplier, claims.account, claims.issued_ms));
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn base64url(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 3);
    for chunk in bytes.chunks(3) {
        let n = chunk
            .iter()
            .enumerate()
            .fold(0_u32, |n, (i, b)| n | u32::from(*b) << (16 - 8 * i));
        for i in 0..=chunk.len() {
            out.push(char::from(ALPHABET[(n >> (18 - 6 * i) & 63) as usize]));
        }
    }
    out
}

pub(crate) fn unbase64url(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let (mut bits, mut held) = (0_u32, 0);
    for c in text.trim_end_matches('=').bytes() {
        let c = match c {
            b'+' => b'-',
            b'/' => b'_',
            c => c,
        };
        let value = ALPHABET.iter().position(|&a| a == c)? as u32;
        bits = bits << 6 | value;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xff) as u8);
        }
    }
    Some(out)
}
