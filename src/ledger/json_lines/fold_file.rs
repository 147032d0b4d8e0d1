//! The tables of a large ledger, kept in the cache, so that the next run parses only the lines that were appended since.
//!
//! The tables stand for the start of the ledger's file. They are used only if the start has the same bytes: its length
//! and a hash of 128 bits of every byte are kept with them and compared each time. Reading and hashing the bytes takes a
//! small part of the time of parsing them, and nothing less would do: inode and times show a replaced file but not one
//! that was restored with its times, and the last lines are the same after a merge that inserted lines before them. A
//! ledger that was rewritten, compacted, merged or checked out from another branch therefore never has the state of
//! other bytes. The hash is not made against attackers: a person who can write such a ledger can also remove its lines.
//!
//! The file itself has a hash of its content and the identity of the program that wrote it. One that is damaged, incomplete
//! or of another program is like a missing one, which costs the time to parse the ledger.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use packed_events::{FileHash, FoldReader, FoldWriter};
use syndicate_api::sha256_hex;

use super::expected::Expected;
use crate::ledger::LedgerState;
use crate::ledger::file_stamp::FileStamp;
use crate::release::version;

/// The form of the tables. It changes with each change of what they mean.
const FORM: u32 = 1;

/// Number of bytes that are read at once.
pub(super) const PIECE: usize = 256 * 1024;

/// Number of bytes of lines without tables that are parsed before new tables are written.
const MIN_BYTES: u64 = 1024 * 1024;

/// The file with the tables of one ledger.
#[derive(Clone, Debug)]
pub(super) struct FoldFile {
    path: PathBuf,
}

/// The start of a ledger's file, which was read.
#[derive(Debug, Default)]
pub(super) struct FileStart {
    pub(super) ledger_state: LedgerState,
    /// Number of lines and bytes.
    pub(super) lines: usize,
    pub(super) length: u64,
    /// The hash of the bytes.
    pub(super) hash: FileHash,
    /// The end of the start.
    pub(super) expected: Expected,
}

impl FoldFile {
    /// Returns the file for the ledger at `ledger` in `folder`.
    pub(super) fn new(folder: &Path, ledger: &Path) -> Self {
        let ledger = std::path::absolute(ledger).unwrap_or_else(|_| ledger.to_owned());
        let name = sha256_hex(ledger.as_os_str().as_encoded_bytes());
        Self {
            path: folder.join(format!("{name}.tables")),
        }
    }

    /// Reads the tables, if `ledger` starts with the bytes that they stand for.
    pub(super) fn load(&self, ledger: &mut File) -> Option<FileStart> {
        let file = File::open(&self.path).ok()?;
        let length = file.metadata().ok()?.len();
        load(FoldReader::new(BufReader::new(file), length), ledger)
            .ok()
            .flatten()
    }

    /// Writes the tables of `start`, of which the last `parsed` bytes were parsed, if the next run would save time by them.
    pub(super) fn save_if_worthwhile(&self, start: &FileStart, parsed: u64) {
        if parsed >= MIN_BYTES.max(start.length / 8) {
            // Without the file, the next run parses the ledger again.
            self.save(start).ok();
        }
    }

    pub(super) fn save(&self, start: &FileStart) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let partial = self
            .path
            .with_extension(format!("{}.partial", std::process::id()));
        let saved = write(start, &partial).and_then(|()| fs::rename(&partial, &self.path));
        if saved.is_err() {
            fs::remove_file(&partial).ok();
        }
        saved
    }
}

fn load(mut fold: FoldReader<BufReader<File>>, ledger: &mut File) -> io::Result<Option<FileStart>> {
    if fold.bytes()? != header().as_bytes() {
        return Ok(None);
    }
    let (length, lines) = (fold.number()?, fold.number()?);
    let hash = u128::from(fold.number()?) << 64 | u128::from(fold.number()?);
    let Some(found) = hash_start(ledger, length)?.filter(|found| found.value() == hash) else {
        return Ok(None);
    };
    Ok(Some(FileStart {
        ledger_state: LedgerState::load(fold)?,
        lines: usize::try_from(lines).unwrap_or(usize::MAX),
        length,
        hash: found,
        expected: Expected::of_start(ledger, length)?,
    }))
}

fn write(start: &FileStart, path: &Path) -> io::Result<()> {
    let mut fold = FoldWriter::new(BufWriter::new(File::create(path)?));
    fold.bytes(header().as_bytes())?;
    fold.number(start.length)?;
    fold.number(start.lines as u64)?;
    let hash = start.hash.value();
    fold.number((hash >> 64) as u64)?;
    fold.number(hash as u64)?;
    start.ledger_state.save(&mut fold)?;
    fold.finish().map(drop)
}

/// Returns the start of each file of this program. Another build of the same version may have tables of another form.
fn header() -> String {
    let program = std::env::current_exe().ok();
    let program = program.and_then(|program| FileStamp::at(&program));
    format!("syndicate {} {program:?} tables {FORM}", version())
}

/// Returns the hash of the first `length` bytes of `file`, or `None` if it is shorter.
fn hash_start(file: &mut File, length: u64) -> io::Result<Option<FileHash>> {
    if file.metadata()?.len() < length {
        return Ok(None);
    }
    file.rewind()?;
    let mut hash = FileHash::default();
    let mut start = file.take(length);
    let mut piece = vec![0; PIECE];
    let mut left = length;
    while left > 0 {
        let count = match start.read(&mut piece) {
            Ok(0) => return Ok(None),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hash.add(&piece[..count]);
        left -= count as u64;
    }
    Ok(Some(hash))
}
