//! A cache of downloaded bytes that outlives a run, such as a feed that has not changed. It does not record
//! deliveries; the ledger does.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

/// A cache of bytes that outlives a run. A lost entry costs a download, so writes do not report errors. Each
/// entry is read back whole or not at all. Values must not contain secrets; keys may, because only their hash
/// is stored.
pub trait BlobCache: fmt::Debug + Send + Sync {
    /// Returns the bytes of `key`, or `None` if there are none.
    fn get(&self, key: &str) -> Option<Bytes>;
    /// Stores `bytes` under `key`.
    fn put(&self, key: &str, bytes: &[u8]);
}

/// A cache in memory, for tests and the sandbox.
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
