//! Signatures of requests by Standard Webhooks: `v1,` and the Base64 of HMAC-SHA256 over id, time and body. The
//! receiver refuses old times, so each try has a signature of its own; it is a credential and no part of the payload.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;
use syndicate_api::http::HttpRequest;
use syndicate_api::{
    Code, Context, ExposeSecret as _, PublishError, PublishErrorKind, Request, Secret,
};

/// The header with the id of the message, which every try repeats.
pub(super) const ID_HEADER: &str = "webhook-id";

/// The prefix of a signing secret.
const PREFIX: &str = "whsec_";

/// The decoded signing secret. It has no `Debug`.
pub(super) struct SigningKey(Vec<u8>);

impl SigningKey {
    /// Resolves and decodes `secret`.
    ///
    /// # Errors
    /// Returns `Unauthorized` if the variable is not set or is not a signing secret.
    pub(super) fn resolve(cx: &Context, secret: &Secret) -> Result<Self, PublishError> {
        let text = secret.reveal(&cx.env)?;
        let encoded = text.expose_secret().strip_prefix(PREFIX);
        let key = encoded.and_then(|encoded| STANDARD.decode(encoded).ok());
        match key.filter(|key| !key.is_empty()) {
            Some(key) => Ok(Self(key)),
            None => {
                let message = "the signing secret is not `whsec_` and Base64";
                let kind = PublishErrorKind::Unauthorized;
                Err(
                    PublishError::new(kind, Code::Unauthorized, message).with_hint(
                        "copy the receiver's signing secret into the variable that `secret` names",
                    ),
                )
            }
        }
    }

    /// Adds the headers `webhook-timestamp` and `webhook-signature` to `http`, the HTTP request of `request`.
    pub(super) fn sign(&self, http: HttpRequest, request: &Request, now: Timestamp) -> HttpRequest {
        let id = request.headers.iter().find(|(name, _)| name == ID_HEADER);
        let id = id.and_then(|(_, id)| id.as_str()).unwrap_or_default();
        let time = now.as_second();
        http.header("webhook-timestamp", time.to_string()).header(
            "webhook-signature",
            self.signature(id, time, &request.bytes()),
        )
    }

    fn signature(&self, id: &str, time: i64, body: &[u8]) -> String {
        let mut mac = match Hmac::<Sha256>::new_from_slice(&self.0) {
            Ok(mac) => mac,
            Err(error) => unreachable!("HMAC takes keys of any length: {error}"),
        };
        mac.update(format!("{id}.{time}.").as_bytes());
        mac.update(body);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(secret: &str) -> Result<SigningKey, PublishError> {
        SigningKey::resolve(&syndicate_api::testkit::context(), &Secret::new(secret))
    }

    #[test]
    fn signature_equals_reference() {
        let Ok(key) = key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") else {
            panic!("the reference secret is not accepted");
        };
        let signature = key.signature(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
        );
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn secret_needs_prefix_and_base64() {
        for secret in [
            "",
            "whsec_",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_!",
            "whsec_a",
        ] {
            let error = key(secret).err().unwrap();
            assert_eq!(error.kind, PublishErrorKind::Unauthorized, "{secret}");
        }
    }
}
