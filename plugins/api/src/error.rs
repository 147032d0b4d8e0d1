//! The errors of a delivery, which the engine branches on. Other errors use `anyhow`.

use std::fmt;

use jiff::Timestamp;

use crate::{Code, CodedError, Diagnostic, Receipt, UnsetVariable, mask};

/// The consequence of a failed request for the delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishErrorKind {
    /// Content or settings are wrong. The same request would fail again.
    Rejected,
    /// The user has to sign in again.
    Unauthorized,
    /// A rate limit or quota is reached.
    Throttled {
        /// The time at which the platform accepts requests again, if it is known.
        until: Option<Timestamp>,
    },
    /// The platform certainly did not accept the request. It may succeed later.
    Unavailable,
    /// The post was changed on the platform since it was sent, so nothing was overwritten.
    Conflict,
    /// The platform may have accepted the request. The engine never repeats it without evidence.
    Unknown,
}

/// A failed request. The ledger records its texts, so they must not contain a header, a token or an upload
/// URL. The methods mask known secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishError {
    /// The consequence for the delivery.
    pub kind: PublishErrorKind,
    /// The stable code.
    pub code: Code,
    /// The error in one line.
    pub message: String,
    /// The message of the platform or the network.
    pub cause: Option<String>,
    /// The next step for the user, in the imperative.
    pub hint: Option<String>,
    /// The existing post, if the platform refused a duplicate and named it.
    pub existing: Option<Receipt>,
    /// Names and values of identifiers that the platform's support requests.
    pub support: Vec<(String, String)>,
}

impl PublishError {
    /// Returns an error without cause and hint.
    #[must_use]
    pub fn new(kind: PublishErrorKind, code: Code, message: impl Into<String>) -> Self {
        let message = mask(&message.into()).into_owned();
        Self {
            kind,
            code,
            message,
            cause: None,
            hint: None,
            existing: None,
            support: Vec::new(),
        }
    }

    /// Sets the message of the platform or the network.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(mask(&cause.into()).into_owned());
        self
    }

    /// Sets the next step for the user.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(mask(&hint.into()).into_owned());
        self
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(cause) = &self.cause {
            write!(f, ": {cause}")?;
        }
        Ok(())
    }
}

impl std::error::Error for PublishError {}

impl CodedError for PublishError {
    fn code(&self) -> Option<Code> {
        Some(self.code)
    }

    fn hint(&self) -> Option<String> {
        self.hint.clone()
    }
}

/// Converts a token variable that is not set into `Unauthorized`.
impl From<UnsetVariable> for PublishError {
    fn from(unset: UnsetVariable) -> Self {
        let hint = format!("set the environment variable `{}`", unset.0);
        let kind = PublishErrorKind::Unauthorized;
        Self::new(kind, Code::Unauthorized, unset.to_string()).with_hint(hint)
    }
}

/// Converts the error of a file that cannot be sent now into `Unavailable`.
impl From<Diagnostic> for PublishError {
    fn from(diagnostic: Diagnostic) -> Self {
        let message = match &diagnostic.path {
            Some(path) => format!("`{path}`: {}", diagnostic.message),
            None => diagnostic.message,
        };
        Self {
            hint: diagnostic.hint,
            ..Self::new(PublishErrorKind::Unavailable, diagnostic.code, message)
        }
    }
}

/// Appends the identifiers for the platform's support to the cause.
impl From<PublishError> for Diagnostic {
    fn from(error: PublishError) -> Self {
        let ids = error.support.iter();
        let ids: Vec<String> = ids.map(|(name, value)| format!("{name} {value}")).collect();
        let ids = (!ids.is_empty()).then(|| format!("for support: {}", ids.join(", ")));
        let cause = match (error.cause, ids) {
            (Some(cause), Some(ids)) => Some(format!("{cause} ({ids})")),
            (cause, ids) => cause.or(ids),
        };
        let diagnostic = Self::new(error.code, error.message).with_optional_hint(error.hint);
        match cause {
            Some(cause) => diagnostic.caused_by(cause),
            None => diagnostic,
        }
    }
}
