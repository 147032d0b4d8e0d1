//! Replaces the file by one without redundant lines. The new file is flushed to the disk and then
//! renamed over the old one; a run that waits for the old file's lock then finds the new file.
//!
//! A symbolic link is kept and its target replaced. Permissions are kept, and the owner if the system
//! allows it. Hard links cannot be kept, because the rename replaces only one name; the other names keep
//! the longer text, which gives the same states.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::file::JsonLines;
use super::session::LockedFileSession;
use crate::ledger::{Event, LedgerError, LedgerSession as _, LedgerState, compact, wire};

impl JsonLines {
    /// Removes the lines that are redundant at `now`, waiting at most `timeout` for the lock. Returns the
    /// number of lines before and after.
    ///
    /// # Errors
    /// Those of [`super::LedgerStore::lock`], if the new file cannot be written, and if the old one was
    /// changed meanwhile. The old file is left unchanged then.
    pub(crate) async fn compact(
        &self,
        now: Timestamp,
        timeout: Duration,
    ) -> Result<(usize, usize), LedgerError> {
        let mut session = LockedFileSession::begin(self, timeout).await?;
        let ledger_state = session.ledger_state();
        let kept = compact::compact(ledger_state, now);
        let counts = (ledger_state.event_count(), kept.len());
        let new: LedgerState = kept.iter().cloned().collect();
        if counts.0 == counts.1 || !compact::agree(ledger_state, &new) {
            return Ok((counts.0, counts.0));
        }
        self.replace(&kept, &mut session)?;
        Ok(counts)
    }

    fn replace(
        &self,
        events: &[Event],
        session: &mut LockedFileSession,
    ) -> Result<(), LedgerError> {
        let target = fs::canonicalize(&self.path).map_err(self.io("write"))?;
        let new = beside(&target);
        let replaced = write_like(&target, &new, events)
            .map_err(self.io("write"))
            .and_then(|()| self.check_unchanged(session))
            .and_then(|()| fs::rename(&new, &target).map_err(self.io("write")));
        if replaced.is_err() {
            // The unused new file must not stay behind.
            fs::remove_file(&new).ok();
        }
        replaced?;
        self.sync_folder().map_err(self.io("write"))
    }

    /// Returns an error if another program changed the file since it was read.
    fn check_unchanged(&self, session: &mut LockedFileSession) -> Result<(), LedgerError> {
        if session.is_current()? {
            return Ok(());
        }
        let changed = io::Error::other("another program changed it meanwhile");
        Err(self.io("write")(changed))
    }
}

/// Writes `events` to the file `new`, with the owner and the permissions of `old`.
fn write_like(old: &Path, new: &Path, events: &[Event]) -> io::Result<()> {
    let text: String = events.iter().map(wire::line).collect();
    let metadata = fs::metadata(old)?;
    let mut file = File::create(new)?;
    file.write_all(text.as_bytes())?;
    copy_owner(&metadata, &file);
    file.set_permissions(metadata.permissions())?;
    file.sync_all()
}

/// Gives `file` the owner and group in `metadata`, so that a ledger compacted by root can still be
/// written by its user. Only root can do this.
#[cfg(unix)]
fn copy_owner(metadata: &fs::Metadata, file: &File) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    fchown(file, Some(metadata.uid()), Some(metadata.gid())).ok();
}

/// Does nothing, since the folder determines the owner on this platform.
#[cfg(not(unix))]
fn copy_owner(_metadata: &fs::Metadata, _file: &File) {}

/// Returns the path of the new file. It must be in the same folder, so that a rename can replace the old
/// file.
fn beside(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    target.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str) -> Event {
        let at = "2026-05-01T10:00:00Z";
        let line = format!(r#"{{"v":1,"id":"{id}","at":"{at}","kind":"created"}}"#);
        wire::parse(line.as_bytes()).unwrap()
    }

    #[tokio::test]
    async fn changed_ledger_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = JsonLines::new(folder.path().join("l.jsonl"));
        let created = event("1");
        for (case, in_place) in [("overwritten", true), ("replaced", false)] {
            fs::write(&ledger.path, wire::line(&created)).unwrap();
            let mut session = LockedFileSession::begin(&ledger, Duration::ZERO)
                .await
                .unwrap();
            let text = wire::line(&created) + &wire::line(&event("2"));
            let path = if in_place {
                &ledger.path
            } else {
                &folder.path().join("new")
            };
            fs::write(path, &text).unwrap();
            fs::rename(path, &ledger.path).unwrap();
            let error = ledger.replace(std::slice::from_ref(&created), &mut session);
            let error = error.unwrap_err();
            let cause = std::error::Error::source(&error).unwrap().to_string();
            assert_eq!(cause, "another program changed it meanwhile", "{case}");
            assert_eq!(fs::read_to_string(&ledger.path).unwrap(), text, "{case}");
            let files = fs::read_dir(folder.path()).unwrap();
            assert_eq!(files.count(), 1, "{case}: nothing is left over");
        }
    }
}
