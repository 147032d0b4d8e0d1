//! The requests that a plugin has not answered. Their number and size are limited.

use std::collections::BTreeMap;

use plugin_protocol::MAX_LINE;

/// Maximum number of requests that are open at the same time.
const MAX_OPEN: usize = 64;

/// Maximum size of the open requests, in bytes, if there is more than one.
const MAX_OPEN_BYTES: usize = MAX_LINE;

/// The requests without an answer.
#[derive(Default)]
pub(super) struct OpenRequests {
    /// The index of the task and the length of the request, by its number.
    requests: BTreeMap<u64, (usize, usize)>,
    /// The length of all requests.
    bytes: usize,
}

impl OpenRequests {
    /// Returns `true` if one more may be sent. A long one may be the only one.
    pub(super) fn has_capacity(&self) -> bool {
        self.is_empty() || self.requests.len() < MAX_OPEN && self.bytes < MAX_OPEN_BYTES
    }

    pub(super) fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }

    /// Adds the request with the number `id` for the task at `index`.
    pub(super) fn add(&mut self, id: u64, index: usize, length: usize) {
        self.requests.insert(id, (index, length));
        self.bytes += length;
    }

    /// Returns the index of the task of an open request.
    pub(super) fn index_of(&self, id: u64) -> Option<usize> {
        self.requests.get(&id).map(|(index, _)| *index)
    }

    pub(super) fn remove(&mut self, id: u64) {
        if let Some((_, length)) = self.requests.remove(&id) {
            self.bytes -= length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_and_size_are_limited() {
        let mut open = OpenRequests::default();
        for id in 0..MAX_OPEN as u64 {
            assert!(open.has_capacity(), "{id}");
            open.add(id, id as usize, 1);
        }
        assert!(!open.has_capacity());
        open.remove(7);
        assert!(open.has_capacity());
        open.add(7, 7, MAX_OPEN_BYTES);
        open.remove(8);
        assert!(!open.has_capacity());
        open.remove(7);
        assert!(open.has_capacity());
        assert_eq!((open.index_of(7), open.index_of(9)), (None, Some(9)));
    }
}
