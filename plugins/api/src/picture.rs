//! A picture of a post.

use crate::Medium;

/// A picture with its alternative text.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The bytes to upload.
    pub medium: Medium,
    /// The alternative text.
    pub alt: Option<String>,
    /// Its public URL, for platforms that fetch pictures.
    pub url: Option<String>,
}
