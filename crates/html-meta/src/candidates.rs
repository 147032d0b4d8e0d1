//! The values that a page offers for one field.

use std::borrow::Cow;

/// Maximum number of values of one field. Further values, as of a picture gallery, are dropped.
pub(crate) const MAX_CANDIDATES: usize = 64;

/// A value and its origin on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate<T> {
    /// The value.
    pub value: T,
    /// The origin of the value, such as `og:title`, `JSON-LD headline`, `meta description` or
    /// `article h1`.
    pub origin: Cow<'static, str>,
    /// `true` if the value is metadata, `false` if it was taken from the visible content.
    pub is_metadata: bool,
}

/// The values that a page offers for one field, the most reliable first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidates<T>(Vec<Candidate<T>>);

impl<T> Candidates<T> {
    /// Returns the most reliable value, or `None` without candidates.
    #[must_use]
    pub fn best(&self) -> Option<&Candidate<T>> {
        self.0.first()
    }

    /// Returns all values in order of reliability.
    pub fn iter(&self) -> std::slice::Iter<'_, Candidate<T>> {
        self.0.iter()
    }

    /// Adds a value. Does nothing if there are [`MAX_CANDIDATES`] values already.
    pub(crate) fn push(&mut self, candidate: Candidate<T>) {
        if self.0.len() < MAX_CANDIDATES {
            self.0.push(candidate);
        }
    }
}

impl<T> IntoIterator for Candidates<T> {
    type Item = Candidate<T>;
    type IntoIter = std::vec::IntoIter<Candidate<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Candidates<T> {
    type Item = &'a Candidate<T>;
    type IntoIter = std::slice::Iter<'a, Candidate<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Default for Candidates<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
