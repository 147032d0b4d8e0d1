//! Small facts that are kept between runs.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Small facts that outlive a run. A loss costs a question to the platform, never correctness, so
/// writing cannot fail as far as a plugin sees. Never put a secret here.
pub trait KvCache: fmt::Debug + Send + Sync {
    /// What was last remembered under `key`.
    fn get(&self, key: &str) -> Option<String>;
    /// Remembers `value` under `key`.
    fn put(&self, key: &str, value: &str);
}

/// A memory that ends with the process.
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
