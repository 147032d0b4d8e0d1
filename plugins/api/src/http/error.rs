//! The reasons for which there is no answer.

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The request cannot have reached anybody: no address, no connection, no TLS session.
    #[error("{0}")]
    NotSent(String),
    /// The request left, or may have left, and no answer came back.
    #[error("{0}")]
    NoResponse(String),
}

/// Why there is nothing to read. Its texts show no query, which may hold a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address is not one to fetch; it will not do later either.
    #[error("{0}")]
    NotAllowed(String),
    /// No answer, or half of one; it may do later.
    #[error("{0}")]
    Unreachable(String),
}

/// Returns what the error of a call to `host` means.
pub(super) fn classify(host: &str, error: &reqwest::Error) -> HttpError {
    // The innermost cause says what happened; the outer ones repeat the address.
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if error.is_connect() {
        let what = if error.is_timeout() {
            "no connection in time".to_owned()
        } else {
            cause.to_string()
        };
        HttpError::NotSent(format!("cannot reach `{host}`: {what}"))
    } else if error.is_builder() {
        HttpError::NotSent(format!("cannot ask `{host}`: {cause}"))
    } else if error.is_timeout() {
        HttpError::NoResponse(format!("`{host}` did not answer in time"))
    } else {
        HttpError::NoResponse(format!("the connection to `{host}` broke: {cause}"))
    }
}
