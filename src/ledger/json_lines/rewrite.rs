//! The file written anew, without the lines that tell nothing any more. The old file is replaced in
//! one step, once the new one is on the disk; whoever waits for the old one's lock then finds the new
//! one.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::JsonLines;
use super::session::HeldSession;
use crate::ledger::{Book, Event, LedgerError, Session as _, compact, wire};

impl JsonLines {
    /// Leaves out the lines that tell nothing any more at `now`, waiting for another holder at most
    /// `timeout`. Returns how many lines there were and are.
    ///
    /// # Errors
    /// Those of [`super::Store::lock`], and when the new file cannot be written; the old one is left
    /// as it was then.
    pub async fn compact(
        &self,
        now: Timestamp,
        timeout: Duration,
    ) -> Result<(usize, usize), LedgerError> {
        let session = HeldSession::begin(self, timeout).await?;
        let book = session.book();
        let kept = compact::compact(book, now);
        let counts = (book.events().len(), kept.len());
        let new: Book = kept.iter().cloned().collect();
        if counts.0 == counts.1 || !compact::agree(book, &new) {
            return Ok((counts.0, counts.0));
        }
        self.replace(&kept).map_err(self.io("write"))?;
        Ok(counts)
    }

    fn replace(&self, events: &[Event]) -> io::Result<()> {
        let new = self.beside();
        let text: String = events.iter().map(wire::line).collect();
        let written = File::create(&new).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.set_permissions(fs::metadata(&self.path)?.permissions())?;
            file.sync_all()
        });
        let replaced = written.and_then(|()| fs::rename(&new, &self.path));
        if replaced.is_err() {
            // What could not take the ledger's place is of no use to anybody.
            fs::remove_file(&new).ok();
        }
        replaced?;
        self.sync_folder()
    }

    /// Where the new file is written: in the same folder, as only there it can replace the old one in
    /// one step.
    fn beside(&self) -> PathBuf {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        self.path.with_file_name(name)
    }
}
