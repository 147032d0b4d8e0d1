//! The errors on which somebody decides. Everything else is carried by `anyhow`: a variant that
//! nobody branches on has no place here.

use std::fmt;

use jiff::Timestamp;

use crate::{Code, Receipt};

/// Something wrong with one file of a source; the other files go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, relative to pipeline.yaml.
    pub path: String,
    /// The line, counted from 1, where one can be named.
    pub line: Option<usize>,
    /// The column, counted from 1.
    pub column: Option<usize>,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        write!(f, ": {}", self.message)
    }
}

/// An error with the next thing to do. The program prints the hint below the causes, wherever in the
/// chain of an error it stands.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Hinted {
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// What it comes from.
    #[source]
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Hinted {
    /// An error that comes from nothing else.
    #[must_use]
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: hint.into(),
            cause: None,
        }
    }

    /// The same with what it comes from.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

/// A post that a sink cannot encode.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ComposeError {
    /// The stable code.
    pub code: Code,
    /// What is wrong, naming the value.
    pub message: String,
}

impl ComposeError {
    /// An error of this code.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

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

/// A request that failed. Its texts never hold a header, a token or an upload address.
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
        let message = message.into();
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
        self.cause = Some(cause.into());
        self
    }

    /// The same with the next thing to do.
    #[must_use]
    pub fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
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
