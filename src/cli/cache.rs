//! What was read from elsewhere, as files in the user's cache folder, one for each key. Losing one
//! costs a download, so trouble with the files is nobody's trouble.

use std::path::PathBuf;

use bytes::Bytes;
use syndicate_api::{Cache, Env, sha256_hex};

/// The program's folder for what it can do without: `$XDG_CACHE_HOME/syndicate`, or
/// `$HOME/.cache/syndicate`, or the like on Windows.
pub(super) fn folder(env: &Env) -> Option<PathBuf> {
    let absolute = |name| {
        env.get(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let cache = absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .or_else(|| absolute("LOCALAPPDATA"))?;
    Some(cache.join("syndicate"))
}

/// Returns the program's folder for what outlives a run and belongs to this machine:
/// `$XDG_STATE_HOME/syndicate`, or `$HOME/.local/state/syndicate`, or the like on Windows.
pub(super) fn state_folder(env: &Env) -> Option<PathBuf> {
    let absolute = |name| {
        env.get(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let state = absolute("XDG_STATE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/state")))
        .or_else(|| absolute("LOCALAPPDATA"))?;
    Some(state.join("syndicate"))
}

#[derive(Debug)]
pub(super) struct FileCache {
    folder: Option<PathBuf>,
}

impl FileCache {
    /// The cache in the user's cache folder.
    pub(super) fn open(env: &Env) -> Self {
        Self {
            folder: folder(env).map(|folder| folder.join("fetched")),
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

impl Cache for FileCache {
    fn get(&self, key: &str) -> Option<Bytes> {
        let file = self.folder.as_ref()?.join(name(key));
        std::fs::read(file).ok().map(Bytes::from)
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        // Not saved, not kept: the next run reads it anew.
        let _ = self.save(&name(key), bytes);
    }
}

/// The file of a key. A key may be an address with a secret in its query, which no listing of a
/// folder is to show.
fn name(key: &str) -> String {
    sha256_hex(key.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::FileCache;
    use syndicate_api::{Cache as _, Env};

    #[test]
    fn what_was_put_is_got_by_the_next_run() {
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
    fn without_a_home_nothing_is_kept() {
        let cache = FileCache::open(&Env::empty());
        cache.put("a", b"one");
        assert_eq!(cache.get("a"), None);
    }
}
