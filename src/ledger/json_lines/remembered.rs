//! The file's content as this process last read or wrote it, so that an unchanged file is not parsed again.
//!
//! The file counts as unchanged if its stamp is the same and it ends as expected. A file that was changed
//! just before it was read is not remembered, because a second change could leave the stamp as it is. After a
//! write of this process, which holds the lock, the stamp is taken at once.
//!
//! A file that another process appended to is the same one, longer, with the same bytes before the old end. Only its new
//! lines are parsed. Git and most editors replace the file, and a merge moves the old end.

use std::fs::File;
use std::sync::{Arc, Mutex, PoisonError};

use super::expected::Expected;
use super::fold_file::FileStart;
use crate::ledger::LedgerState;
use crate::ledger::file_stamp::FileStamp;

/// The remembered content of one file, shared by all clones of a store.
#[derive(Clone, Debug, Default)]
pub(super) struct Remembered(Arc<Mutex<Option<Content>>>);

/// The content of a file.
#[derive(Debug)]
struct Content {
    stamp: FileStamp,
    expected: Expected,
    ledger_state: LedgerState,
}

impl Remembered {
    /// Returns the state of `file` and its expected end, if it is unchanged.
    pub(super) fn get(&self, file: &File) -> Option<(LedgerState, Expected)> {
        let stamp = FileStamp::of(file).ok()??;
        let content = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let content = content.as_ref().filter(|content| content.stamp == stamp)?;
        let is_met = content.expected.is_met(file, stamp.length(), b"");
        let is_met = is_met.unwrap_or(false);
        is_met.then(|| (content.ledger_state.clone(), content.expected.clone()))
    }

    /// Forgets the content and returns it as the start of `file`, if the file was only appended to since.
    pub(super) fn take_start(&self, file: &mut File) -> Option<FileStart> {
        let stamp = FileStamp::of(file).ok()??;
        let mut content = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let content = content.take_if(|content| content.stamp.has_grown(&stamp))?;
        let is_start = content.expected.is_start_of(file).unwrap_or(false);
        is_start.then(|| FileStart {
            ledger_state: content.ledger_state,
            length: content.expected.length(),
            expected: content.expected,
            ..FileStart::default()
        })
    }

    /// Remembers `ledger_state` as the content of `file`, which was read while it had the stamp `before`.
    pub(super) fn set_read(
        &self,
        file: &File,
        before: Option<FileStamp>,
        expected: &Expected,
        ledger_state: &LedgerState,
    ) {
        if before.is_some_and(|stamp| stamp.is_old()) && FileStamp::of(file).ok() == Some(before) {
            self.set(before, expected, ledger_state);
        }
    }

    /// Remembers `ledger_state` as the content of the file with this stamp, which this process just wrote under its lock.
    pub(super) fn set(
        &self,
        stamp: Option<FileStamp>,
        expected: &Expected,
        ledger_state: &LedgerState,
    ) {
        let stamp = stamp.filter(|stamp| stamp.length() == expected.length());
        let content = stamp.map(|stamp| Content {
            stamp,
            expected: expected.clone(),
            ledger_state: ledger_state.clone(),
        });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = content;
    }

    /// Forgets the content, also so that the state can be changed without a copy.
    pub(super) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
