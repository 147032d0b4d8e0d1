//! A cache of small text values that outlives a run.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// A cache of small text values that outlives a run. A lost value costs a request to the platform, so writes
/// do not report errors. Values must not contain secrets.
pub trait KvCache: fmt::Debug + Send + Sync {
    /// Returns the value of `key`, or `None` if there is none.
    fn get(&self, key: &str) -> Option<String>;
    /// Stores `value` under `key`.
    fn put(&self, key: &str, value: &str);
}

/// A cache in memory, for tests and the sandbox.
#[derive(Debug, Default)]
pub struct InMemoryKvCache(Mutex<BTreeMap<String, String>>);

impl KvCache for InMemoryKvCache {
    fn get(&self, key: &str) -> Option<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned()
    }

    fn put(&self, key: &str, value: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key.to_owned(), value.to_owned());
    }
}
