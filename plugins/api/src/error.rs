//! The errors on which somebody decides. Everything else is carried by `anyhow`: a variant that
//! nobody branches on has no place here.

use std::fmt;

use jiff::Timestamp;

use crate::{Code, CodedError, Diagnostic, Receipt, mask};

/// What a failed request means for the delivery. The engine branches on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishErrorKind {
    /// Content or settings are wrong; the same request will never do.
    Rejected,
    /// Somebody has to sign in again.
    Unauthorized,
    /// Not before this instant, as far as it is known.
    Throttled {
        /// When the platform takes requests again.
        until: Option<Timestamp>,
    },
    /// Surely not accepted; the same request may do later.
    Unavailable,
    /// It may have been accepted. Never to be repeated blindly.
    Unknown,
}

/// A request that failed. Its texts never hold a header, a token or an upload address: those given to its
/// methods are masked, since the ledger records them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishError {
    /// What it means for the delivery.
    pub kind: PublishErrorKind,
    /// The stable code.
    pub code: Code,
    /// What happened, in plain words.
    pub message: String,
    /// What the platform or the network said.
    pub cause: Option<String>,
    /// The next thing to do.
    pub hint: Option<String>,
    /// The post that the platform names as one equal to this.
    pub existing: Option<Receipt>,
    /// Identifiers that the platform's support asks for.
    pub support: Vec<(String, String)>,
}

impl PublishError {
    /// An error of this kind and code.
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

    /// The same with what the platform or the network said.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(mask(&cause.into()).into_owned());
        self
    }

    /// The same with the next thing to do.
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

/// Keeps the identifiers for the platform's support in the cause, as they are of use to people alone.
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
