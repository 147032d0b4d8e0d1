//! The values that a page offers for one field.

use syndicate_api::Origin;

/// A page that offers more for one field, such as a gallery of pictures, is not read further for it.
pub(super) const MAX: usize = 64;

/// Values for one field and where each stands, the most deliberate first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidates<T> {
    values: Vec<(T, Origin)>,
    /// How many of them the page states of itself; the others are what readers see of the post.
    stated: usize,
}

impl<T> Candidates<T> {
    /// The value to take, if there is one.
    pub(crate) fn best(&self) -> Option<&(T, Origin)> {
        self.values.first()
    }

    /// The value to take of those that the page states of itself.
    pub(crate) fn best_stated(&self) -> Option<&(T, Origin)> {
        self.values[..self.stated].first()
    }

    /// All of them in their order.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, (T, Origin)> {
        self.values.iter()
    }

    pub(super) fn push(&mut self, value: T, origin: &str) {
        if self.values.len() < MAX {
            self.values.push((value, Origin::Page(origin.to_owned())));
        }
    }

    /// Notes that whatever comes now is what readers see.
    pub(super) fn end_of_statements(&mut self) {
        self.stated = self.values.len();
    }
}

impl<T> Default for Candidates<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            stated: 0,
        }
    }
}
