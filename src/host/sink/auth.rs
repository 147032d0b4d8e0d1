//! Adds credentials to requests. They are made for each request, and no part of the payload.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use plugin_protocol::{AuthKind, JwtRule, KeyEncoding};
use serde_json::{Value, json};
use sha2::Sha256;
use syndicate_api::http::HttpRequest;
use syndicate_api::{
    Code, ExposeSecret as _, PublishError, PublishErrorKind, Request, SecretString, register_secret,
};

use super::settings::BoundAuth;

/// The prefix of a signing secret of Standard Webhooks.
const SIGNING_PREFIX: &str = "whsec_";

/// The header with the id of a message, which is signed.
const ID_HEADER: &str = "webhook-id";

/// A credential with its secret, for one request.
pub(super) struct Credential<'a> {
    pub(super) rule: &'a BoundAuth,
    pub(super) secret: SecretString,
    pub(super) now: Timestamp,
}

impl Credential<'_> {
    /// Adds the credential to the query of `request`, if it belongs there.
    pub(super) fn add_query(&self, request: &mut Request) {
        if let AuthKind::Query { name, .. } = &self.rule.kind {
            let value = self.secret.expose_secret();
            request.query.push((name.clone().into(), value.into()));
        }
    }

    /// Adds the credential to the headers of `http`, the HTTP request of `request`, if it belongs there.
    ///
    /// # Errors
    /// Returns `Unauthorized` if the secret has the wrong form.
    pub(super) fn add_headers(
        &self,
        http: HttpRequest,
        request: &Request,
    ) -> Result<HttpRequest, PublishError> {
        let secret = self.secret.expose_secret();
        Ok(match &self.rule.kind {
            AuthKind::Bearer { .. } => http.bearer(&self.secret),
            AuthKind::Basic { .. } => {
                let pair = STANDARD.encode(format!("{}:{secret}", self.rule.user));
                register_secret(&pair);
                http.header("authorization", format!("Basic {pair}"))
            }
            AuthKind::Header { name, prefix, .. } => {
                http.header(name.clone(), format!("{prefix}{secret}"))
            }
            AuthKind::Jwt(rule) => {
                let token = json_web_token(rule, secret, self.now)?;
                register_secret(&token);
                http.header(rule.header.clone(), format!("{}{token}", rule.prefix))
            }
            AuthKind::Session(rule) => {
                http.header(rule.header.clone(), format!("{}{secret}", rule.prefix))
            }
            AuthKind::OAuth2(_) => http.bearer(&self.secret),
            AuthKind::Hmac { .. } => self.sign(http, request)?,
            AuthKind::Query { .. } | AuthKind::Base { .. } => http,
        })
    }

    fn sign(&self, http: HttpRequest, request: &Request) -> Result<HttpRequest, PublishError> {
        let secret = self.secret.expose_secret();
        let encoded = secret.strip_prefix(SIGNING_PREFIX);
        let key = encoded.and_then(|encoded| STANDARD.decode(encoded).ok());
        let key = key.ok_or_else(|| invalid("the signing secret is not `whsec_` and Base64"))?;
        let is_id = |name: &str| name.eq_ignore_ascii_case(ID_HEADER);
        let id = request.headers.iter().find(|(name, _)| is_id(name));
        let id = id.and_then(|(_, id)| id.as_str()).unwrap_or_default();
        let time = self.now.as_second();
        let mut signed = format!("{id}.{time}.").into_bytes();
        signed.extend(request.bytes());
        let signature = format!("v1,{}", STANDARD.encode(hmac_sha256(&key, &signed)));
        Ok(http
            .header("webhook-timestamp", time.to_string())
            .header("webhook-signature", signature))
    }
}

/// Returns a token that is signed with `secret` (RFC 7519, HS256).
fn json_web_token(rule: &JwtRule, secret: &str, now: Timestamp) -> Result<String, PublishError> {
    let parts: Vec<&str> = match &rule.split {
        Some(separator) if !separator.is_empty() => secret.split(separator.as_str()).collect(),
        _ => vec![secret],
    };
    let part = |index: usize| {
        let part = parts.get(index).copied().filter(|part| !part.is_empty());
        part.ok_or_else(|| invalid("the key has fewer parts than expected"))
    };
    let key = decode(part(rule.key)?, rule.key_as)
        .ok_or_else(|| invalid("the key is not encoded as expected"))?;
    let mut header = json!({"alg": "HS256", "typ": "JWT"});
    if let Some(kid) = rule.kid {
        header["kid"] = part(kid)?.into();
    }
    let mut claims: serde_json::Map<String, Value> = rule.claims.clone().into_iter().collect();
    claims.insert("iat".to_owned(), now.as_second().into());
    let end = now.as_second() + i64::from(rule.ttl);
    claims.insert("exp".to_owned(), end.into());
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(&header), encode(&Value::Object(claims)));
    let signature = URL_SAFE_NO_PAD.encode(hmac_sha256(&key, signed.as_bytes()));
    Ok(format!("{signed}.{signature}"))
}

fn decode(key: &str, encoding: KeyEncoding) -> Option<Vec<u8>> {
    match encoding {
        KeyEncoding::Text => Some(key.as_bytes().to_vec()),
        KeyEncoding::Base64 => STANDARD_NO_PAD.decode(key.trim_end_matches('=')).ok(),
        KeyEncoding::Hex => {
            let digits: Option<Vec<u8>> = key
                .chars()
                .map(|digit| {
                    digit
                        .to_digit(16)
                        .and_then(|digit| u8::try_from(digit).ok())
                })
                .collect();
            let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
            Some(
                digits
                    .chunks(2)
                    .map(|pair| pair[0] << 4 | pair[1])
                    .collect(),
            )
        }
    }
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mac) => mac,
        Err(error) => unreachable!("HMAC takes keys of any length: {error}"),
    };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

fn invalid(message: &str) -> PublishError {
    let kind = PublishErrorKind::Unauthorized;
    PublishError::new(kind, Code::Unauthorized, message)
        .with_hint("copy the secret from the platform again")
}

#[cfg(test)]
mod tests {
    use syndicate_api::Request;

    use super::*;

    fn rule(value: Value) -> BoundAuth {
        BoundAuth {
            hosts: Vec::new(),
            kind: serde_json::from_value(value).unwrap(),
            user: "ann".to_owned(),
        }
    }

    #[test]
    fn token_equals_reference() {
        // Checked with Python: hmac.new(bytes.fromhex("00ff…"), …, "sha256").
        let kind = json!({"kind": "jwt", "secret": "key", "split": ":", "key_as": "hex", "kid": 0, "key": 1,
            "claims": {"aud": "/admin/"}, "prefix": "Ghost "});
        let AuthKind::Jwt(rule) = rule(kind).kind else {
            panic!("it is a token");
        };
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let token = json_web_token(&rule, "abc:00ff10", now).unwrap();
        let parts: Vec<&str> = token.split('.').collect();
        let read = |part: &str| -> Value {
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
        };
        assert_eq!(
            read(parts[0]),
            json!({"alg": "HS256", "typ": "JWT", "kid": "abc"})
        );
        let claims = json!({"aud": "/admin/", "iat": 1_700_000_000, "exp": 1_700_000_300});
        assert_eq!(read(parts[1]), claims);
        let expected = hmac_sha256(
            &[0, 255, 16],
            format!("{}.{}", parts[0], parts[1]).as_bytes(),
        );
        assert_eq!(URL_SAFE_NO_PAD.decode(parts[2]).unwrap(), expected);
        for secret in ["abc", "abc:", "abc:0", "abc:zz"] {
            assert!(json_web_token(&rule, secret, now).is_err(), "{secret}");
        }
    }

    #[test]
    fn hmac_equals_reference() {
        // RFC 4231, test case 2.
        let digest = hmac_sha256(b"Jefe", b"what do ya want for nothing?");
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(decode(expected, KeyEncoding::Hex), Some(digest));
    }

    #[test]
    fn query_gets_only_its_own_secret() {
        let query = rule(json!({"kind": "query", "name": "key", "secret": "k"}));
        let bearer = rule(json!({"kind": "bearer", "secret": "k"}));
        for (rule, expected) in [(&query, "/a?key=s%26x"), (&bearer, "/a")] {
            let mut request = Request::post("/a");
            let secret = SecretString::from("s&x");
            let now = Timestamp::UNIX_EPOCH;
            Credential { rule, secret, now }.add_query(&mut request);
            assert_eq!(request.target(), expected);
        }
    }
}
