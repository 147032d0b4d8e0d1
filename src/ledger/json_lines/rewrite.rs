//! Replaces the file by one without the lines that tell nothing any more. The old file is replaced in
//! one step, once the new one is on the disk; a run that waits for the old one's lock then finds the
//! new one.
//!
//! A symbolic link stays: its target is replaced. Permissions stay, and the owner where the system
//! allows it. Hard links cannot stay, as only another file can take a file's place in one step; the
//! other names keep the longer text, which says the same about every post.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::file::JsonLines;
use super::session::LockedFileSession;
use crate::ledger::{Event, LedgerError, LedgerSession as _, LedgerState, compact, wire};

impl JsonLines {
    /// Leaves out the lines that tell nothing any more at `now`, waiting for another holder at most
    /// `timeout`. Returns how many lines there were and are.
    ///
    /// # Errors
    /// Those of [`super::LedgerStore::lock`], and when the new file cannot be written or the old one was
    /// changed meanwhile; the old one is left as it was then.
    pub(crate) async fn compact(
        &self,
        now: Timestamp,
        timeout: Duration,
    ) -> Result<(usize, usize), LedgerError> {
        let mut session = LockedFileSession::begin(self, timeout).await?;
        let ledger_state = session.ledger_state();
        let kept = compact::compact(ledger_state, now);
        let counts = (ledger_state.events().len(), kept.len());
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
            // What could not take the ledger's place is of no use to anybody.
            fs::remove_file(&new).ok();
        }
        replaced?;
        self.sync_folder().map_err(self.io("write"))
    }

    /// Refuses to replace what another program wrote since the ledger was read.
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
/// written by its user. Others than root may not give files away.
#[cfg(unix)]
fn copy_owner(metadata: &fs::Metadata, file: &File) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    fchown(file, Some(metadata.uid()), Some(metadata.gid())).ok();
}

/// Elsewhere the folder decides who owns a file.
#[cfg(not(unix))]
fn copy_owner(_metadata: &fs::Metadata, _file: &File) {}

/// Returns where the new file is written: in the same folder, as only there it can replace the old one
/// in one step.
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
