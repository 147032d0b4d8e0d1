//! Reads other local copies of a ledger's file: the upstream branch as last fetched, and the conflict
//! copies that sync tools leave beside the file. They may record posts that another machine sent.
//!
//! This module compares nothing and never contacts a remote. A copy that cannot be read is ignored,
//! because the ledger itself is authoritative.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::git::Git;
use super::{Event, FILE_NAME, LedgerState, wire};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The word for "conflict" in file names of sync tools, in several languages: `conflicted copy`,
/// `conflicto`, `conflit`, `conflitto`, `Konflikt`.
const CONFLICT: [&str; 3] = ["conflict", "conflit", "konflikt"];

/// Another copy of a ledger.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LedgerCopy {
    /// Display name: a file, or a branch such as `origin/main`.
    pub name: String,
    /// The events that could be read.
    pub events: Vec<Event>,
    /// The remedy, if it is not that of [`syndicate_api::Code::LedgerBehind`].
    pub hint: Option<&'static str>,
}

/// Returns the copies of the file `ledger` that differ from it.
#[must_use]
pub(crate) fn other_copies(ledger: &Path) -> Vec<LedgerCopy> {
    let ledger = resolved(ledger);
    let files = conflict_copies(&ledger).into_iter().filter_map(|path| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        Some((name, fs::read(&path).ok()?))
    });
    let mut texts = upstream_copy(&ledger).into_iter().chain(files).peekable();
    if texts.peek().is_none() {
        return Vec::new();
    }
    let own = fs::read(&ledger).unwrap_or_default();
    texts
        .filter(|(_, text)| *text != own)
        .map(|(name, text)| LedgerCopy {
            name,
            events: readable_events(&text),
            hint: None,
        })
        .filter(|copy| !copy.events.is_empty())
        .collect()
}

/// Returns the ledger's file beside pipeline.yaml, if it has the same ledger as a ref. A clone that did not
/// know of the move may have appended to the file, also to one that a merge has closed since.
#[must_use]
pub(crate) fn file_beside_ref(file: &Path, of_ref: &LedgerState) -> Vec<LedgerCopy> {
    let Ok(text) = fs::read(file) else {
        return Vec::new();
    };
    let events = readable_events(&text);
    let of_file: LedgerState = events.iter().cloned().collect();
    let is_same = |id: &&str| of_ref.ledger_ids().contains(id);
    if !of_file.ledger_ids().iter().any(is_same) {
        return Vec::new();
    }
    vec![LedgerCopy {
        name: FILE_NAME.to_owned(),
        events,
        hint: Some("run `syndicate ledger move git` to append what the file records to the ref"),
    }]
}

/// Returns the path with symbolic links resolved, since git and sync tools work on the file itself.
pub(super) fn resolved(ledger: &Path) -> PathBuf {
    let target = if ledger.is_symlink() {
        fs::canonicalize(ledger)
    } else {
        std::path::absolute(ledger)
    };
    target.unwrap_or_else(|_| ledger.to_owned())
}

/// Returns the events of the readable lines of `text`.
pub(super) fn readable_events(text: &[u8]) -> Vec<Event> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    lines.filter_map(|line| wire::parse(line).ok()).collect()
}

/// Returns the name of the upstream branch and its copy of `ledger`, as last fetched.
fn upstream_copy(ledger: &Path) -> Option<(String, Vec<u8>)> {
    let git = Git::around(ledger.parent()?)?;
    let file = ledger.file_name()?.to_str()?;
    let blob = format!("@{{upstream}}:./{file}");
    let text = git.ask(&["cat-file", "blob", &blob])?;
    let branch = git.ask_line(&["rev-parse", "--abbrev-ref", "@{upstream}"])?;
    Some((branch, text))
}

/// Returns the conflict copies beside `ledger`, sorted by name.
fn conflict_copies(ledger: &Path) -> Vec<PathBuf> {
    let folder = ledger.parent().unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| is_conflict_copy(path, ledger) && path.is_file())
        .collect();
    copies.sort();
    copies
}

/// Returns `true` if `path` is named like `ledger` with a conflict marker before the extension, as in
/// `a (conflicted copy 2026-05-01).jsonl`, `a.sync-conflict-20260501-101010-ABCDEFG.jsonl` and
/// `a_conflict-20260501-101010.jsonl`.
fn is_conflict_copy(path: &Path, ledger: &Path) -> bool {
    let text = |part: Option<&OsStr>| part.map(|part| part.to_string_lossy().to_lowercase());
    let remark = text(path.file_stem()).and_then(|stem| {
        let own = text(ledger.file_stem())?;
        stem.strip_prefix(&own).map(str::to_owned)
    });
    text(path.extension()) == text(ledger.extension())
        && remark.is_some_and(|remark| {
            // `ledgers-of-conflicts.jsonl` is a different file.
            !remark.starts_with(char::is_alphanumeric)
                && CONFLICT.iter().any(|word| remark.contains(word))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflict_copy_is_known_by_name() {
        let ledger = Path::new("/site/syndicate.ledger.jsonl");
        for (name, is_copy) in [
            ("syndicate.ledger (conflicted copy 2026-05-01).jsonl", true),
            (
                "syndicate.ledger (conflicted copy 2026-05-01 101010).jsonl",
                true,
            ),
            (
                "syndicate.ledger (Jane's conflicted copy 2026-05-01).jsonl",
                true,
            ),
            (
                "syndicate.ledger (Jane’s MacBook's Conflicted Copy 2026-05-01 (1)).jsonl",
                true,
            ),
            (
                "syndicate.ledger (In Konflikt stehende Kopie von Jane 2026-05-01).jsonl",
                true,
            ),
            (
                "syndicate.ledger (Copie en conflit de Jane 2026-05-01).jsonl",
                true,
            ),
            (
                "syndicate.ledger.sync-conflict-20260501-101010-ABCDEFG.jsonl",
                true,
            ),
            ("syndicate.ledger_conflict-20260501-101010.jsonl", true),
            (
                "syndicate.ledger (SFConflict jane@example.org 2026-05-01-10-10-10).jsonl",
                true,
            ),
            ("syndicate.ledger [conflicted].jsonl", true),
            ("syndicate.ledger.jsonl", false),
            ("syndicate.ledger.jsonl.new", false),
            ("syndicate.ledger (conflicted copy 2026-05-01).md", false),
            ("syndicate.ledger-backup.jsonl", false),
            ("syndicate.ledger copy.jsonl", false),
            ("syndicate.ledgers of conflicts.jsonl", false),
            ("other.ledger (conflicted copy 2026-05-01).jsonl", false),
            (
                "._syndicate.ledger (conflicted copy 2026-05-01).jsonl",
                false,
            ),
        ] {
            let path = Path::new("/site").join(name);
            assert_eq!(is_conflict_copy(&path, ledger), is_copy, "{name}");
        }
    }
}
