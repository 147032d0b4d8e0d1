//! Values that are made when they are first asked for.

use std::sync::OnceLock;

/// The number of values that get space at once.
const CHUNK: usize = 64;

/// Values by their number, each made when it is first asked for.
#[derive(Clone, Debug)]
pub(super) struct LazyTable<T> {
    chunks: Vec<OnceLock<Box<[OnceLock<T>; CHUNK]>>>,
}

impl<T> Default for LazyTable<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T> LazyTable<T> {
    /// Reserves space for the values with numbers below `count`.
    pub(super) fn grow(&mut self, count: usize) {
        let chunks = count.div_ceil(CHUNK);
        if chunks > self.chunks.len() {
            self.chunks.resize_with(chunks, OnceLock::new);
        }
    }

    /// Returns the value with this number, which `make` makes unless it is there.
    pub(super) fn get_or_make(&self, number: usize, make: impl FnOnce() -> T) -> &T {
        let empty = || Box::new(std::array::from_fn(|_| OnceLock::new()));
        self.chunks[number / CHUNK].get_or_init(empty)[number % CHUNK].get_or_init(make)
    }

    /// Returns the value with this number, if it was made.
    pub(super) fn get(&self, number: usize) -> Option<&T> {
        self.chunks[number / CHUNK].get()?[number % CHUNK].get()
    }
}
