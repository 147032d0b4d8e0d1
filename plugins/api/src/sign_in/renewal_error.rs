//! Errors of logins and renewals, as errors of the delivery that needs the credential.

use crate::{Code, Provider, PublishError, PublishErrorKind};

/// Returns the error of a login as the error of the delivery that needs it. The post has not left, so its outcome is
/// never unknown.
#[must_use]
pub fn before_delivery(mut error: PublishError) -> PublishError {
    if error.kind == PublishErrorKind::Unknown {
        error.kind = PublishErrorKind::Unavailable;
        error.code = Code::Unavailable;
    }
    error
}

/// Returns the error of a renewal as the error of the delivery that needs it. A refused refresh token means that the
/// user has to sign in again.
#[must_use]
pub fn renewal_error(error: PublishError) -> PublishError {
    let mut error = before_delivery(error);
    if matches!(
        error.kind,
        PublishErrorKind::Rejected | PublishErrorKind::Unauthorized
    ) {
        error.kind = PublishErrorKind::Unauthorized;
        error.code = Code::TokenExpired;
    }
    error
}

/// Returns the error of a login that the platform does not have.
pub(super) fn unsupported(provider: &Provider, what: &str) -> PublishError {
    let message = format!("{} does not support {what}", provider.title);
    PublishError::new(PublishErrorKind::Rejected, Code::SignInFailed, message)
}
