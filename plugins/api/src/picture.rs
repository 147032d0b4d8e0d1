//! A picture that a post shows.

use crate::Medium;

/// A picture and what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The bytes to upload.
    pub medium: Medium,
    /// For readers who cannot see it.
    pub alt: Option<String>,
    /// Its public address, for platforms that fetch pictures themselves.
    pub url: Option<String>,
}
