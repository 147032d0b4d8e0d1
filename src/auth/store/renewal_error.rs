//! The errors of renewals, as errors of the delivery that needed the token.

use jiff::Timestamp;
use syndicate_api::{Code, Diagnostic, Provider, PublishError, PublishErrorKind, renewal_error};

use super::super::server::TokenError;

/// Returns the command that signs in again.
pub(super) fn login_command(provider: &Provider) -> String {
    let Provider {
        platform, profile, ..
    } = provider;
    format!("`syndicate auth login {platform} --profile {profile}`")
}

/// Returns an error after which the user has to sign in again.
pub(super) fn unauthorized(message: impl Into<String>, provider: &Provider) -> PublishError {
    let kind = PublishErrorKind::Unauthorized;
    PublishError::new(kind, Code::TokenExpired, message)
        .with_hint(format!("run {}", login_command(provider)))
}

/// Returns the error of a credential that cannot be read.
pub(super) fn unreadable(error: &anyhow::Error) -> PublishError {
    let hint = error.downcast_ref::<Diagnostic>();
    let hint = hint.and_then(|diagnostic| diagnostic.hint.clone());
    let kind = PublishErrorKind::Unauthorized;
    let refused = PublishError::new(kind, Code::Unauthorized, format!("{error:#}"));
    match hint {
        Some(hint) => refused.with_hint(hint),
        None => refused,
    }
}

/// Returns the error of a credential that is not renewed, because the new one could not be stored.
pub(super) fn not_storable(error: &anyhow::Error) -> PublishError {
    let message = "the token is not renewed, because the new one cannot be stored";
    let kind = PublishErrorKind::Unauthorized;
    PublishError::new(kind, Code::TokenExpired, message)
        .caused_by(format!("{error:#}"))
        .with_hint(
            "make the folder of the tokens writable, or set `XDG_CONFIG_HOME` to a writable folder",
        )
}

/// Returns the error of a renewal that the server refused. `lost_before` is the time of an earlier renewal whose
/// answer was lost.
pub(super) fn refused(
    error: PublishError,
    provider: &Provider,
    lost_before: Option<Timestamp>,
) -> PublishError {
    let login = login_command(provider);
    let mut cause = error.to_string();
    let error = renewal_error(error);
    let hint = match (error.kind, lost_before) {
        (PublishErrorKind::Unauthorized, Some(time)) => {
            cause = format!(
                "{cause}; the answer to the renewal of {time} was lost, and the new token with it"
            );
            format!("run {login}")
        }
        (PublishErrorKind::Unauthorized, None) => format!("run {login}"),
        _ => format!("run again later; if it fails again, run {login}"),
    };
    let message = format!(
        "the token has expired and {} did not refresh it",
        provider.title
    );
    PublishError::new(error.kind, error.code, message)
        .caused_by(cause)
        .with_hint(hint)
}

/// Returns the error of a renewal that got no clear answer.
pub(super) fn answer_lost(error: PublishError, provider: &Provider) -> PublishError {
    let hint = format!(
        "run again soon: the renewal is repeated with the same token, which platforms accept for a limited time; \
         if it is refused, run {}",
        login_command(provider)
    );
    let message = format!(
        "the answer of {} to the renewal of the token was lost",
        provider.title
    );
    let error = renewal_error(error);
    PublishError::new(error.kind, error.code, message)
        .caused_by(error.to_string())
        .with_hint(hint)
}

/// Returns the error of a refresh request of RFC 6749.
pub(super) fn oauth_error(denied: &TokenError) -> PublishError {
    let (kind, code) = match denied {
        TokenError::OAuthError(refused) => match refused.error.as_str() {
            "server_error" | "temporarily_unavailable" => {
                (PublishErrorKind::Unavailable, Code::Unavailable)
            }
            _ => (PublishErrorKind::Unauthorized, Code::TokenExpired),
        },
        TokenError::InvalidResponse(_) => (PublishErrorKind::Unknown, Code::Unavailable),
    };
    PublishError::new(kind, code, denied.to_string())
}
