//! Candidate values of a page for one field of an item.

use html_meta::Candidate;
use syndicate_api::FieldOrigin;

/// Values for one field with their origins, most reliable first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidates<T> {
    values: Vec<(T, FieldOrigin)>,
    /// The number of leading values that the page states in its metadata; the rest is visible text.
    stated: usize,
}

impl<T> Candidates<T> {
    /// Converts candidates with `read` and drops those that `read` returns `None` for.
    pub(super) fn read<U>(
        candidates: html_meta::Candidates<U>,
        mut read: impl FnMut(Candidate<U>) -> Option<T>,
    ) -> Self {
        let mut read_all = Self::default();
        for mut candidate in candidates {
            let origin = FieldOrigin::Page(std::mem::take(&mut candidate.origin));
            let is_stated = candidate.is_metadata;
            if let Some(value) = read(candidate) {
                read_all.values.push((value, origin));
                read_all.stated += usize::from(is_stated);
            }
        }
        read_all
    }

    /// Returns the first value.
    pub(crate) fn best(&self) -> Option<&(T, FieldOrigin)> {
        self.values.first()
    }

    /// Returns the first value that the page states.
    pub(crate) fn best_stated(&self) -> Option<&(T, FieldOrigin)> {
        self.stated().first()
    }

    /// Returns the values that the page states, in their order.
    pub(crate) fn stated(&self) -> &[(T, FieldOrigin)] {
        &self.values[..self.stated]
    }

    /// Returns the values from visible text, in their order.
    pub(crate) fn shown(&self) -> &[(T, FieldOrigin)] {
        &self.values[self.stated..]
    }

    /// Iterates over all values in their order.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, (T, FieldOrigin)> {
        self.values.iter()
    }
}

impl<T> From<html_meta::Candidates<T>> for Candidates<T> {
    fn from(candidates: html_meta::Candidates<T>) -> Self {
        Self::read(candidates, |candidate| Some(candidate.value))
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
