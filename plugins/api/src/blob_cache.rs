//! What was read from elsewhere, kept for the next time: a feed that has not changed need not come
//! again, and without a network it is still there. It is no record of anything that was done; that
//! is the ledger's.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

/// Bytes that outlive a run. A loss costs a download, never correctness, so writing cannot fail as
/// far as a plugin sees. What is put at once is got back whole or not at all. Never put a secret
/// here; keys may hold one, as they are not kept.
pub trait BlobCache: fmt::Debug + Send + Sync {
    /// What was last put under `key`.
    fn get(&self, key: &str) -> Option<Bytes>;
    /// Keeps `bytes` under `key`.
    fn put(&self, key: &str, bytes: &[u8]);
}

/// A cache that ends with the process.
#[derive(Debug, Default)]
pub struct InMemoryBlobCache(Mutex<BTreeMap<String, Bytes>>);

impl BlobCache for InMemoryBlobCache {
    fn get(&self, key: &str) -> Option<Bytes> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned()
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key.to_owned(), Bytes::copy_from_slice(bytes));
    }
}
