//! Caches short responses of platforms in one file of the user's cache folder. A lost file costs
//! one more request, so I/O errors are ignored.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use syndicate_api::{Env, KvCache};

use super::folders::cache_folder;

/// Key-value pairs stored in a file.
#[derive(Debug)]
pub(super) struct KvCacheFile {
    file: Option<PathBuf>,
    pairs: Mutex<BTreeMap<String, String>>,
}

impl KvCacheFile {
    /// Opens the file in the user's cache folder.
    pub(super) fn open(env: &Env) -> Self {
        let file = cache_folder(env).map(|folder| folder.join("memory.json"));
        let pairs = file
            .as_ref()
            .and_then(|file| std::fs::read(file).ok())
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        Self {
            file,
            pairs: Mutex::new(pairs),
        }
    }

    fn save(&self, pairs: &BTreeMap<String, String>) -> Option<()> {
        let file = self.file.as_ref()?;
        let folder = file.parent()?;
        std::fs::create_dir_all(folder).ok()?;
        let partial = folder.join(format!("memory.{}.partial", std::process::id()));
        std::fs::write(&partial, serde_json::to_vec_pretty(pairs).ok()?).ok()?;
        std::fs::rename(&partial, file).ok()
    }
}

impl KvCache for KvCacheFile {
    fn get(&self, key: &str) -> Option<String> {
        self.pairs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned()
    }

    fn put(&self, key: &str, value: &str) {
        let mut pairs = self.pairs.lock().unwrap_or_else(PoisonError::into_inner);
        pairs.insert(key.to_owned(), value.to_owned());
        // If saving fails, the next run requests it again.
        let _ = self.save(&pairs);
    }
}
