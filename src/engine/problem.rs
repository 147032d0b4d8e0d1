//! Why a delivery did not come about: a stable code, what happened, and what to do about it.

use std::fmt;

use serde::{Serialize, Serializer};
use syndicate_api::{Code, ComposeError, PublishError};

/// Why a delivery did not come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The stable code.
    pub code: Code,
    /// What happened, in lower case and without a full stop.
    pub message: String,
    /// What somebody else said about it.
    pub cause: Option<String>,
    /// What to do.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem of this code; the hint is the code's own remedy.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let hint = code.hint();
        Self {
            code,
            message: message.into(),
            cause: None,
            hint,
        }
    }

    /// The same with another hint, where there is one.
    #[must_use]
    pub fn hinted(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }
}

impl From<ComposeError> for Problem {
    fn from(error: ComposeError) -> Self {
        Self::new(error.code, error.message)
    }
}

impl From<PublishError> for Problem {
    fn from(error: PublishError) -> Self {
        let PublishError {
            code,
            message,
            mut cause,
            hint,
            support,
            ..
        } = error;
        if !support.is_empty() {
            let ids: Vec<String> = support
                .iter()
                .map(|(name, value)| format!("{name} {value}"))
                .collect();
            let ids = format!("for support: {}", ids.join(", "));
            cause = Some(cause.map_or_else(|| ids.clone(), |cause| format!("{cause} ({ids})")));
        }
        Self::new(code, message).hinted(hint).caused_by(cause)
    }
}

impl Problem {
    /// The same with what somebody else said about it, if anybody did.
    #[must_use]
    pub fn caused_by(mut self, cause: Option<String>) -> Self {
        self.cause = cause;
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(cause) = &self.cause {
            write!(f, "; caused by: {cause}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "; hint: {hint}")?;
        }
        Ok(())
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
