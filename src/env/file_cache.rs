//! Caches downloads as files in the user's cache folder. A lost file costs one more download, so
//! I/O errors are ignored.

use std::path::PathBuf;

use bytes::Bytes;
use syndicate_api::{BlobCache, Env, sha256_hex};

use super::folders::cache_folder;

/// A cache with one file for each key.
#[derive(Debug)]
pub(super) struct FileCache {
    folder: Option<PathBuf>,
}

impl FileCache {
    /// Opens the cache in the user's cache folder.
    pub(super) fn open(env: &Env) -> Self {
        Self {
            folder: cache_folder(env).map(|folder| folder.join("fetched")),
        }
    }

    fn save(&self, name: &str, bytes: &[u8]) -> Option<()> {
        let folder = self.folder.as_ref()?;
        std::fs::create_dir_all(folder).ok()?;
        let partial = folder.join(format!("{name}.{}.partial", std::process::id()));
        std::fs::write(&partial, bytes).ok()?;
        std::fs::rename(&partial, folder.join(name)).ok()
    }
}

impl BlobCache for FileCache {
    fn get(&self, key: &str) -> Option<Bytes> {
        let file = self.folder.as_ref()?.join(name(key));
        std::fs::read(file).ok().map(Bytes::from)
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        // If saving fails, the next run downloads it again.
        let _ = self.save(&name(key), bytes);
    }
}

/// Returns the file name of a key: a hash, because a key may be a URL with a secret in its query.
fn name(key: &str) -> String {
    sha256_hex(key.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::FileCache;
    use syndicate_api::{BlobCache as _, Env};

    #[test]
    fn cache_survives_the_process() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().to_str().unwrap();
        let open = || FileCache::open(&Env::from_pairs([("XDG_CACHE_HOME", path)]));
        open().put("https://example.org/?token=x", b"one");
        open().put("https://example.org/?token=x", b"two");
        let got = open().get("https://example.org/?token=x");
        assert_eq!(got.as_deref(), Some(&b"two"[..]));
        assert_eq!(open().get("https://example.org/"), None);
        let files = std::fs::read_dir(home.path().join("syndicate/fetched")).unwrap();
        assert_eq!(files.count(), 1);
    }

    #[test]
    fn cache_without_home_keeps_nothing() {
        let cache = FileCache::open(&Env::empty());
        cache.put("a", b"one");
        assert_eq!(cache.get("a"), None);
    }
}
