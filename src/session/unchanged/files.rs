//! Digests of the names and the metadata of many files, without reading them.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

/// Folders below a site that hold no posts and may be large.
const PASSED_OVER: [&str; 2] = [".git", "node_modules"];

/// The longest step in which a file system counts the times of files: two seconds, on FAT.
const LONGEST_STEP: Duration = Duration::from_secs(2);

/// More than the step of file systems that count fractions of a second: the tick of the system's clock, at most 10 ms.
const USUAL_STEP: Duration = Duration::from_millis(100);

/// The number of folders that are read before others are read in parallel. Starting the threads takes as long as reading
/// this many.
const SERIAL_FOLDERS: usize = 16;

/// The files below some folders.
#[derive(Default)]
pub(super) struct FileDigests {
    folders: BTreeMap<PathBuf, FolderDigest>,
    /// The time from which on each change of any of the files gives it another time of modification.
    settled_at: Option<SystemTime>,
}

/// A folder's own files.
struct FolderDigest {
    digest: [u8; 32],
    /// As [`FileDigests::settled_at`], of these files.
    settled_at: Option<SystemTime>,
    folders: Vec<PathBuf>,
}

impl FileDigests {
    /// Adds `path`: a file, or a folder with everything below it. A missing path counts as such.
    ///
    /// # Errors
    /// If a folder cannot be listed, or a symbolic link leads to a folder.
    pub(super) fn add_all(&mut self, path: &Path) -> io::Result<()> {
        if !path.is_dir() {
            return self.add_file(path);
        }
        let mut unread = vec![path.to_owned()];
        for _ in 0..SERIAL_FOLDERS {
            let Some(folder) = unread.pop() else {
                return Ok(());
            };
            let digest = read_folder(&folder)?;
            unread.extend(digest.folders.iter().cloned());
            self.insert(folder, digest);
        }
        self.add_in_parallel(unread)
    }

    /// Adds `folders` with everything below them.
    fn add_in_parallel(&mut self, folders: Vec<PathBuf>) -> io::Result<()> {
        let found = Mutex::new(Vec::new());
        rayon::scope(|scope| {
            for folder in folders {
                scope.spawn(|scope| walk(scope, folder, &found));
            }
        });
        for (folder, digest) in found.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.insert(folder, digest?);
        }
        Ok(())
    }

    /// Adds the files of `folder` itself and the names of its subfolders.
    ///
    /// # Errors
    /// As [`FileDigests::add_all`].
    pub(super) fn add_folder(&mut self, folder: &Path) -> io::Result<()> {
        if !self.folders.contains_key(folder) {
            self.insert(folder.to_owned(), read_folder(folder)?);
        }
        Ok(())
    }

    /// Adds one file, which may be missing.
    ///
    /// # Errors
    /// If its metadata cannot be read.
    pub(super) fn add_file(&mut self, path: &Path) -> io::Result<()> {
        let mut hasher = Sha256::new();
        let settled_at = match fs::metadata(path) {
            Ok(metadata) => add_metadata(&mut hasher, &metadata),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let digest = FolderDigest {
            digest: hasher.finalize().into(),
            settled_at,
            folders: Vec::new(),
        };
        self.insert(path.to_owned(), digest);
        Ok(())
    }

    fn insert(&mut self, path: PathBuf, digest: FolderDigest) {
        self.settled_at = self.settled_at.max(digest.settled_at);
        self.folders.insert(path, digest);
    }

    /// Returns the time from which on each change of any of the files gives it another time of modification.
    pub(super) fn settled_at(&self) -> Option<SystemTime> {
        self.settled_at
    }

    /// Adds the digest of all files to `hasher`.
    pub(super) fn finish(&self, hasher: &mut Sha256) {
        for (path, folder) in &self.folders {
            add_text(hasher, path.as_os_str().as_encoded_bytes());
            hasher.update(folder.digest);
        }
    }
}

/// Digests `folder` and, in parallel, the folders below it.
fn walk<'a>(
    scope: &rayon::Scope<'a>,
    folder: PathBuf,
    found: &'a Mutex<Vec<(PathBuf, io::Result<FolderDigest>)>>,
) {
    let digest = read_folder(&folder);
    for below in digest.iter().flat_map(|digest| &digest.folders) {
        let below = below.clone();
        scope.spawn(move |scope| walk(scope, below, found));
    }
    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
    found.push((folder, digest));
}

fn read_folder(folder: &Path) -> io::Result<FolderDigest> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_cached_key(fs::DirEntry::file_name);
    let mut hasher = Sha256::new();
    let mut settled_at = None;
    let mut folders = Vec::new();
    for entry in entries {
        let name = entry.file_name();
        add_text(&mut hasher, name.as_encoded_bytes());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !PASSED_OVER.iter().any(|passed_over| name == *passed_over) {
                folders.push(entry.path());
            }
            continue;
        }
        let metadata = match kind.is_symlink() {
            true => fs::metadata(entry.path()),
            // Relative to the open folder, which is faster than by path.
            false => entry.metadata(),
        };
        match metadata {
            Ok(metadata) if metadata.is_dir() => {
                return Err(io::Error::other("a symbolic link leads to a folder"));
            }
            Ok(metadata) => settled_at = settled_at.max(add_metadata(&mut hasher, &metadata)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(FolderDigest {
        digest: hasher.finalize().into(),
        settled_at,
        folders,
    })
}

/// Adds a text with its length, so that no two lists of texts give the same bytes.
pub(super) fn add_text(hasher: &mut Sha256, text: &[u8]) {
    hasher.update((text.len() as u64).to_le_bytes());
    hasher.update(text);
}

/// Returns the time from which on a change of a file that was modified at `modified` gives it another time of modification.
fn settled_at(modified: SystemTime) -> Option<SystemTime> {
    let since = modified.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    modified.checked_add(match since.subsec_nanos() {
        0 => LONGEST_STEP,
        _ => USUAL_STEP,
    })
}

/// Adds what changes with a file's content, and returns the time from which on its changes show. The time of the last change
/// of the metadata, which no program can set, shows edits that restore the time of modification.
#[cfg(unix)]
fn add_metadata(hasher: &mut Sha256, metadata: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt as _;
    let numbers = [
        metadata.dev() as i64,
        metadata.ino() as i64,
        metadata.size() as i64,
        metadata.mtime(),
        metadata.mtime_nsec(),
        metadata.ctime(),
        metadata.ctime_nsec(),
    ];
    for number in numbers {
        hasher.update(number.to_le_bytes());
    }
    settled_at(metadata.modified().ok()?)
}

/// Adds what changes with a file's content, and returns the time from which on its changes show.
#[cfg(not(unix))]
fn add_metadata(hasher: &mut Sha256, metadata: &Metadata) -> Option<SystemTime> {
    hasher.update(metadata.len().to_le_bytes());
    let modified = metadata.modified().ok();
    let since = modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    hasher.update(since.unwrap_or_default().as_nanos().to_le_bytes());
    settled_at(modified?)
}
