//! Errors of requests without a response.

/// A request without a response.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The request was certainly not sent: the URL is invalid, or connecting failed.
    #[error("{0}")]
    NotSent(String),
    /// The request may have been sent, and no response arrived.
    #[error("{0}")]
    NoResponse(String),
}

/// A resource that cannot be fetched. The texts contain no query, because it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The URL must not be fetched. It would fail again later.
    #[error("{0}")]
    NotAllowed(String),
    /// No response, or only a part of one. It may succeed later.
    #[error("{0}")]
    Unreachable(String),
}

/// Returns the message for a client that cannot be built.
pub(super) fn not_built(error: &reqwest::Error) -> String {
    format!("cannot create an HTTP client: {}", innermost(error))
}

/// Returns the kind of a failed request to `host`.
pub(super) fn classify(host: &str, error: &reqwest::Error) -> HttpError {
    let cause = innermost(error);
    if error.is_connect() {
        let what = if error.is_timeout() {
            "connecting timed out".to_owned()
        } else {
            add_certificate_hint(cause.to_string())
        };
        HttpError::NotSent(format!("cannot reach `{host}`: {what}"))
    } else if error.is_builder() {
        HttpError::NotSent(format!("invalid request to `{host}`: {cause}"))
    } else if error.is_timeout() {
        HttpError::NoResponse(format!("`{host}` did not answer in time"))
    } else {
        HttpError::NoResponse(format!("the connection to `{host}` broke: {cause}"))
    }
}

/// Returns the innermost cause, which is the reason; the outer ones repeat the URL.
fn innermost(error: &reqwest::Error) -> &dyn std::error::Error {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause
}

/// Adds what to do to the error of a certificate that this system does not trust, and to that of a system
/// without certificates.
fn add_certificate_hint(cause: String) -> String {
    if !["UnknownIssuer", "No CA certificates"]
        .iter()
        .any(|reason| cause.contains(reason))
    {
        return cause;
    }
    format!(
        "{cause}; install your system's package `ca-certificates`, or set `SSL_CERT_FILE` to a file of trusted \
         certificates"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_issuer_names_package() {
        for cause in [
            "invalid peer certificate: UnknownIssuer",
            "unexpected error: No CA certificates were loaded from the system",
        ] {
            let hinted = add_certificate_hint(cause.to_owned());
            assert!(hinted.contains("`ca-certificates`"), "{hinted}");
        }
        let other = "invalid peer certificate: Expired".to_owned();
        assert_eq!(add_certificate_hint(other.clone()), other);
    }
}
