//! Appends lines to a journal. Its file stays open, because a run writes several lines for each post.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

use super::file::JournalFile;
use crate::ledger::file_stamp::FileStamp;

/// Appends lines to the journal of one ledger.
pub(super) struct JournalWriter {
    journal: JournalFile,
    open: Option<OpenJournal>,
}

/// An open journal.
struct OpenJournal {
    file: File,
    /// The stamp of the file when it was opened.
    opened: FileStamp,
    /// The length after the last line of this process, in bytes.
    length: u64,
}

impl JournalWriter {
    /// Returns the writer of `journal`.
    pub(super) fn new(journal: JournalFile) -> Self {
        Self {
            journal,
            open: None,
        }
    }

    /// Returns the journal.
    pub(super) fn journal(&self) -> &JournalFile {
        &self.journal
    }

    /// Appends `text`, which consists of whole lines. Ends a truncated last line first.
    pub(super) fn append(&mut self, text: &str) -> io::Result<()> {
        if let Some(mut open) = self.open.take()
            && self.is_current(&open)
        {
            open.file.write_all(text.as_bytes())?;
            open.length += text.len() as u64;
            self.open = Some(open);
            return Ok(());
        }
        let mut file = OpenOptions::new()
            .create(true)
            .read(true)
            .append(true)
            .open(self.journal.path())?;
        match is_torn(&mut file)? {
            true => file.write_all(format!("\n{text}").as_bytes())?,
            false => file.write_all(text.as_bytes())?,
        }
        let opened = FileStamp::of(&file)?;
        self.open = opened.map(|opened| OpenJournal {
            file,
            opened,
            length: opened.length(),
        });
        Ok(())
    }

    /// Returns `true` if the journal is still the open file and as long as this process left it.
    fn is_current(&self, open: &OpenJournal) -> bool {
        let stamp = self.journal.stamp();
        stamp.is_some_and(|stamp| stamp.is_same_file(&open.opened) && stamp.length() == open.length)
    }
}

/// Returns `true` if the last line of `file` has no line feed.
fn is_torn(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn replaced_or_changed_journal_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let journal = JournalFile::new(folder.path(), "id");
        let path = journal.path().to_owned();
        let mut writer = JournalWriter::new(journal);
        let text = || fs::read_to_string(&path).unwrap();
        writer.append("a\n").unwrap();
        writer.append("b\n").unwrap();
        assert_eq!(text(), "a\nb\n");
        fs::write(&path, "a\nb\ntorn").unwrap();
        writer.append("c\n").unwrap();
        assert_eq!(text(), "a\nb\ntorn\nc\n");
        let new = folder.path().join("new");
        fs::write(&new, "a\nb\ntorn\nx\n").unwrap();
        fs::rename(&new, &path).unwrap();
        writer.append("d\n").unwrap();
        assert_eq!(text(), "a\nb\ntorn\nx\nd\n");
        fs::remove_file(&path).unwrap();
        writer.append("e\n").unwrap();
        writer.append("f\n").unwrap();
        assert_eq!(text(), "e\nf\n");
    }
}
