//! The gateway's check of a signature, read from the documentation and the published vectors independently of the client.
//!
//! HMAC-SHA256 over the sorted `key``value` pairs without separators, raw values, everything but `sign`; system calls have their path
//! in front, without `/rest`. Hex, upper case. The old MD5 form is not taken.

use super::error::GatewayError;
use crate::mac::hmac_sha256;
use crate::options::{APP_KEY, APP_SECRET};
use crate::params::Params;
use crate::random::hex;
use crate::world::World;

/// How far a timestamp may be off.
const SKEW_MS: i64 = 7_200_000;

/// The signature these parameters must have.
fn signature(secret: &str, path: Option<&str>, params: &Params) -> String {
    let mut pairs: Vec<_> = params
        .pairs()
        .iter()
        .filter(|(name, _)| name != "sign")
        .collect();
    // By bytes: upper case before underscores before lower case.
    pairs.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
    let mut text = path.unwrap_or_default().to_owned();
    for (name, value) in pairs {
        text.push_str(name);
        text.push_str(value);
    }
    hex(&hmac_sha256(secret.as_bytes(), text.as_bytes())).to_uppercase()
}

/// App key, then signature, then timestamp: a caller learns of a wrong secret without having a code.
pub(super) fn check(
    world: &World,
    path: Option<&str>,
    params: &Params,
) -> Result<(), GatewayError> {
    let need = |name: &'static str| params.get(name).ok_or_else(|| GatewayError::missing(name));
    if need("app_key")? != APP_KEY {
        return Err(GatewayError::isv(
            "InvalidAppKey",
            "The specified App Key is invalid",
        ));
    }
    let (sign, method) = (need("sign")?, need("sign_method")?);
    let timestamp = need("timestamp")?;
    if method != "sha256" || signature(APP_SECRET, path, params) != sign {
        return Err(GatewayError::isv(
            "IncompleteSignature",
            "The request signature does not conform to platform standards",
        ));
    }
    let ms = timestamp.parse::<i64>().ok().or_else(|| {
        let time: jiff::Timestamp = timestamp.parse().ok()?;
        Some(time.as_millisecond())
    });
    if ms.is_some_and(|ms| ms.abs_diff(world.clock.now_ms()) <= SKEW_MS as u64) {
        Ok(())
    } else {
        Err(GatewayError::isv(
            "IllegalTimestamp",
            "The specified timestamp is invalid or differs from the server's by more than 7200 seconds",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::signature;
    use crate::params::Params;

    #[test]
    fn the_published_vectors_of_the_gateway_come_out() {
        let business = Params::parse(
            Some(
                "access_token=test&aliexpress_category_id=200135143&app_key=123456&method=aliexpress.logistics.redefining.getonlinelogisticsinfo&sign_method=sha256&timestamp=1517820392000&sign=ignored",
            ),
            &[],
        );
        assert_eq!(
            signature("helloworld", None, &business),
            "F7F7926B67316C9D1E8E15F7E66940ED3059B1638C497D77973F30046EFB5BBB"
        );
        let system = Params::parse(
            Some("app_key=12345678&sign_method=sha256&timestamp=1517820392000"),
            b"code=3_500102_JxZ05Ux3cnnSSUm6dCxYg6Q26",
        );
        assert_eq!(
            signature("helloworld", Some("/auth/token/create"), &system),
            "35607762342831B6A417A0DED84B79C05FEFBF116969C48AD6DC00279A9F4D81"
        );
    }

    #[test]
    fn the_vectors_of_the_official_sdks_come_out() {
        let business = Params::parse(
            Some(
                "app_key=500000&format=json&method=aliexpress.ds.product.get&product_id=1005004043442825&session=50000000madeUpAccess&ship_to_country=US&sign_method=sha256&simplify=true&target_currency=USD&target_language=en_US&timestamp=1767225600000&v=2.0",
            ),
            &[],
        );
        assert_eq!(
            signature("made-up-secret-0001", None, &business),
            "D38722A16EAFB3CB955D583B4A91D5D4FDE3BE832E3FB3D1C6DC92051DE4EF6C"
        );
        let by_method = Params::parse(
            Some(
                "app_key=500000&code=3_500000_MadeUpCode123&format=json&method=/auth/token/create&partner_id=iop-sdk-python-20220609&sign_method=sha256&simplify=false&timestamp=1767225600000",
            ),
            &[],
        );
        assert_eq!(
            signature(
                "made-up-secret-0001",
                Some("/auth/token/create"),
                &by_method
            ),
            "4EDD50EAB4D832426789AA4996D7599EC42BE9A3F2FC0C8C9196EFE7CD2C6B6F"
        );
    }
}
