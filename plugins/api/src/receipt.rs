//! The answer to a creating request.

use serde::Serialize;

/// The answer of a platform to a creating request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The platform's identifier, word for word.
    pub id: String,
    /// The address at which readers find it.
    pub url: Option<String>,
}
