//! Locks a stored credential, so that parallel processes renew it once and no renewal overwrites a new login. The lock
//! files are beside the folder of the credentials, not in it, and are never deleted: another process may be waiting for
//! the same file.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::super::private_file::{create_private_folder, open_private_file};

/// The longest wait for another process, which makes one request to the platform meanwhile.
const TIMEOUT: Duration = Duration::from_secs(60);

const PAUSE: Duration = Duration::from_millis(20);

/// The lock of a credential, released when dropped.
#[derive(Debug)]
pub(crate) struct CredentialLock {
    _file: File,
}

impl CredentialLock {
    /// Waits for the lock at `path`.
    ///
    /// # Errors
    /// Fails if the file cannot be created, or with `TimedOut` if another process holds the lock too long.
    pub(super) async fn acquire(path: &Path) -> io::Result<Self> {
        let start = Instant::now();
        loop {
            match Self::try_acquire(path)? {
                Some(lock) => return Ok(lock),
                None if start.elapsed() >= TIMEOUT => {
                    let message = format!("another process holds `{}`", path.display());
                    return Err(io::Error::new(io::ErrorKind::TimedOut, message));
                }
                None => sleep(PAUSE).await,
            }
        }
    }

    /// Returns the lock at `path`, or `None` if another process holds it.
    pub(super) fn try_acquire(path: &Path) -> io::Result<Option<Self>> {
        create_private_folder(path.parent().unwrap_or(Path::new(".")))?;
        let file = open_private_file(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// Checks that a file can be created in `folder`.
pub(super) fn check_folder(folder: &Path) -> io::Result<()> {
    create_private_folder(folder)?;
    let probe = folder.join(format!("{}.probe", std::process::id()));
    open_private_file(&probe)?.sync_all()?;
    fs::remove_file(probe)
}
