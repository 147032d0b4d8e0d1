//! The values that a page offers for one field.

use syndicate_api::Origin;

/// A page that offers more for one field, such as a gallery of pictures, is not read further for it.
pub(super) const MAX: usize = 64;

/// Values for one field and where each stands, the most deliberate first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidates<T>(Vec<(T, Origin)>);

impl<T> Candidates<T> {
    /// The value to take, if there is one.
    pub(crate) fn best(&self) -> Option<&(T, Origin)> {
        self.0.first()
    }

    /// All of them in their order.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, (T, Origin)> {
        self.0.iter()
    }

    pub(super) fn push(&mut self, value: T, origin: &str) {
        if self.0.len() < MAX {
            self.0.push((value, Origin::Page(origin.to_owned())));
        }
    }
}

impl<T> Default for Candidates<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
