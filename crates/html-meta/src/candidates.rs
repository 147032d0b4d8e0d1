//! The values that a page offers for one field.

/// The largest number of values that are kept for one field; a gallery of pictures has more.
pub(crate) const MAX: usize = 64;

/// A value and the place that it was found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate<T> {
    /// The value.
    pub value: T,
    /// The place, such as `og:title`, `JSON-LD headline`, `meta description` or `article h1`.
    pub origin: String,
    /// Whether the page states the value as metadata. Other values are only what readers see.
    pub is_metadata: bool,
}

/// The values that a page offers for one field, the most deliberate first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidates<T>(Vec<Candidate<T>>);

impl<T> Candidates<T> {
    /// Returns the most deliberate value.
    #[must_use]
    pub fn best(&self) -> Option<&Candidate<T>> {
        self.0.first()
    }

    /// Returns all values in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Candidate<T>> {
        self.0.iter()
    }

    /// Adds a value, unless there are [`MAX`] already.
    pub(crate) fn push(&mut self, candidate: Candidate<T>) {
        if self.0.len() < MAX {
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
