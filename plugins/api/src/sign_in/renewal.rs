//! Repeats a request whose access token had expired.

use crate::{Code, Context, Credential, CredentialSource, PublishError};

/// Calls `send` with `credential`. If it fails with [`Code::TokenExpired`], which says that the server refused the
/// request because of the token, renews the credential and calls `send` once more.
///
/// # Errors
/// Returns the error of `send` or of the renewal.
pub async fn send_renewing<T, F>(
    cx: &Context,
    source: &CredentialSource<'_>,
    credential: Credential,
    send: impl Fn(Credential) -> F,
) -> Result<T, PublishError>
where
    F: Future<Output = Result<T, PublishError>>,
{
    match send(credential.clone()).await {
        Err(error) if error.code == Code::TokenExpired => {
            let renewed = cx.credentials.renew(cx, source, &credential).await?;
            send(renewed).await
        }
        answer => answer,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use jiff::Timestamp;
    use secrecy::{ExposeSecret as _, SecretString};

    use super::*;
    use crate::http::Http;
    use crate::{
        Account, Clock, Env, Flow, InMemoryKvCache, Name, Password, Provider, PublishErrorKind,
        SignIn, async_trait,
    };

    /// Signs in with any password, and renews as `renewal` says.
    struct Platform {
        renewal: Option<Result<&'static str, PublishErrorKind>>,
        signed_in: AtomicUsize,
    }

    impl Platform {
        fn with(renewal: Option<Result<&'static str, PublishErrorKind>>) -> Self {
            Self {
                renewal,
                signed_in: AtomicUsize::new(0),
            }
        }
    }

    fn credential(token: &str) -> Credential {
        let owner = Account {
            id: "did:plc:a".to_owned(),
            name: "a.example".to_owned(),
        };
        let token = SecretString::from(token);
        Credential::new("https://a.example", token, Timestamp::UNIX_EPOCH, owner)
    }

    fn error(kind: PublishErrorKind) -> PublishError {
        PublishError::new(kind, Code::Unavailable, "no answer")
    }

    #[async_trait]
    impl SignIn for Platform {
        fn provider(&self) -> Provider {
            Provider {
                platform: Name::Borrowed("platform"),
                title: Name::Borrowed("Platform"),
                issuer: "https://a.example".to_owned(),
                profile: "default".to_owned(),
                setup: Name::Borrowed(""),
                permissions: Name::Borrowed(""),
            }
        }

        fn flow(&self) -> Flow {
            Flow::Password {
                user: Name::Borrowed("Handle"),
                secret: Name::Borrowed("App password"),
                known_user: None,
            }
        }

        async fn account(
            &self,
            _: &Context,
            _: &SecretString,
            _: &[String],
        ) -> Result<Account, PublishError> {
            Ok(credential("").owner())
        }

        async fn sign_in(&self, _: &Context, _: &Password<'_>) -> Result<Credential, PublishError> {
            self.signed_in.fetch_add(1, Ordering::Relaxed);
            Ok(credential("session"))
        }

        async fn renew(
            &self,
            _: &Context,
            _: &Credential,
        ) -> Option<Result<Credential, PublishError>> {
            self.renewal
                .map(|renewal| renewal.map(credential).map_err(error))
        }
    }

    fn context() -> Context {
        let kv_cache = std::sync::Arc::new(InMemoryKvCache::default());
        let clock = Clock::fixed(Timestamp::UNIX_EPOCH);
        Context::new(Http::new(), clock, Env::empty(), kv_cache)
    }

    /// Sends with a server that accepts only the token `accepted`. Returns the result and the tokens it saw.
    async fn send(
        source: &CredentialSource<'_>,
        accepted: &str,
    ) -> (Result<(), PublishError>, Vec<String>) {
        let seen = Mutex::new(Vec::new());
        let cx = context();
        let sent = send_renewing(&cx, source, credential("old"), |credential| {
            let token = credential.access_token.expose_secret().to_owned();
            let is_valid = token == accepted;
            seen.lock().unwrap().push(token);
            async move {
                let kind = PublishErrorKind::Unauthorized;
                let expired = || PublishError::new(kind, Code::TokenExpired, "expired");
                is_valid.then_some(()).ok_or_else(expired)
            }
        });
        let sent = sent.await;
        (sent, seen.into_inner().unwrap())
    }

    #[tokio::test]
    async fn expired_token_is_renewed_once() {
        let platform = Platform::with(Some(Ok("new")));
        let source = CredentialSource::profile(&platform);
        let (sent, seen) = send(&source, "new").await;
        assert!(sent.is_ok());
        assert_eq!(seen, ["old", "new"]);
        let (sent, seen) = send(&source, "another").await;
        assert_eq!(sent.unwrap_err().code, Code::TokenExpired);
        assert_eq!(seen, ["old", "new"], "it is sent twice at most");
    }

    #[tokio::test]
    async fn failed_renewal_is_never_unknown() {
        for (renewal, kind) in [
            (PublishErrorKind::Unknown, PublishErrorKind::Unavailable),
            (PublishErrorKind::Rejected, PublishErrorKind::Unauthorized),
            (
                PublishErrorKind::Throttled { until: None },
                PublishErrorKind::Throttled { until: None },
            ),
        ] {
            let platform = Platform::with(Some(Err(renewal)));
            let (sent, seen) = send(&CredentialSource::profile(&platform), "new").await;
            assert_eq!(sent.unwrap_err().kind, kind);
            assert_eq!(seen, ["old"], "the post is not sent again");
        }
    }

    #[tokio::test]
    async fn session_signs_in_if_not_renewed() {
        let platform = Platform::with(None);
        let secret = SecretString::from("xxxx-xxxx");
        let source = CredentialSource::password(&platform, "a.example", &secret);
        let (sent, seen) = send(&source, "session").await;
        assert!(sent.is_ok());
        assert_eq!(seen, ["old", "session"]);
        assert_eq!(platform.signed_in.load(Ordering::Relaxed), 1);
        let names = ["a.example", "b.example"].map(|user| {
            let source = CredentialSource::password(&platform, user, &secret);
            source.provider().profile
        });
        assert_ne!(names[0], names[1], "each user has a session");
        assert_eq!(
            CredentialSource::profile(&platform).provider().profile,
            "default"
        );
    }
}
