//! The result of a creating request.

use serde::Serialize;

/// The identifier and URL of a created post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The platform's identifier, unchanged.
    pub id: String,
    /// The public URL of the post.
    pub url: Option<String>,
}
