//! Writes a commit with a new version of the ledger, by plumbing commands alone. The work tree, the index
//! and `HEAD` are not used, so this works in every kind of clone.

use std::ffi::OsString;

use jiff::Timestamp;

use super::target::Target;
use crate::ledger::Event;
use crate::ledger::error::RemoteError;
use crate::ledger::git::GitOutput;

/// The author and committer, since a runner has no `user.name`.
const NAME: &str = "syndicate";
const EMAIL: &str = "syndicate@localhost";

/// Maximum length of a commit's subject, in characters.
const MAX_SUBJECT: usize = 120;

/// The mode of a new file in a tree.
const FILE_MODE: &[u8] = b"100644";

/// An entry in the listing of a tree.
struct Entry<'l> {
    mode: &'l [u8],
    kind: &'l [u8],
    object: &'l [u8],
    name: &'l [u8],
}

impl<'l> Entry<'l> {
    /// Reads `MODE TYPE OBJECT<TAB>NAME`, as `git ls-tree -z` prints it.
    fn parse(line: &'l [u8]) -> Option<Self> {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let mut fields = line[..tab].split(|byte| *byte == b' ');
        Some(Self {
            mode: fields.next()?,
            kind: fields.next()?,
            object: fields.next()?,
            name: &line[tab + 1..],
        })
    }

    fn line(&self) -> Vec<u8> {
        let head = [self.mode, self.kind, self.object].join(&b' ');
        [&head, self.name].join(&b'\t')
    }
}

impl Target {
    /// Returns the text of the ledger at `commit`, or `None` if the commit does not have it.
    pub(super) fn file_at(&self, commit: &str) -> Result<Option<Vec<u8>>, RemoteError> {
        let mut tree = commit.to_owned();
        let Some((file, folders)) = self.path.split_last() else {
            return Ok(None);
        };
        for folder in folders {
            match self.find_entry(&tree, folder, b"tree")? {
                Some(object) => tree = object,
                None => return Ok(None),
            }
        }
        let Some(blob) = self.find_entry(&tree, file, b"blob")? else {
            return Ok(None);
        };
        let read = self.remote.run(&["cat-file", "blob", &blob], b"");
        read.into_stdout().map(Some)
    }

    /// Writes a commit on top of `parent` in which only the ledger's file differs. Returns its id.
    pub(super) fn write_commit(
        &self,
        parent: Option<&str>,
        text: &[u8],
        (message, at): (&str, Timestamp),
    ) -> Result<String, RemoteError> {
        let git = self.remote.git();
        let blob = id(git.run(&["hash-object", "-t", "blob", "-w", "--stdin"], text))?;
        let tree = self.tree_with(parent, &self.path, &blob)?;
        let mut arguments = vec!["commit-tree", "--no-gpg-sign"];
        arguments.extend(parent.iter().flat_map(|parent| ["-p", *parent]));
        arguments.push(&tree);
        let date = format!("@{} +0000", at.as_second().max(0));
        let variables = ["AUTHOR", "COMMITTER"].into_iter().flat_map(|role| {
            [("NAME", NAME), ("EMAIL", EMAIL), ("DATE", &date)]
                .map(|(part, value)| (format!("GIT_{role}_{part}"), value.to_owned()))
        });
        let settings = ["-c", "i18n.commitEncoding=UTF-8"].map(OsString::from);
        let arguments = settings
            .into_iter()
            .chain(arguments.iter().map(OsString::from));
        let arguments: Vec<OsString> = arguments.collect();
        id(git.run_with(variables, &arguments, message.as_bytes()))
    }

    /// Writes `tree` with the file at `path` replaced by `blob`. Returns the id of the new tree.
    fn tree_with(
        &self,
        tree: Option<&str>,
        path: &[Vec<u8>],
        blob: &str,
    ) -> Result<String, RemoteError> {
        let Some((name, rest)) = path.split_first() else {
            return Ok(blob.to_owned());
        };
        let listed = tree.map(|tree| self.list(tree)).transpose()?;
        let listed = listed.unwrap_or_default();
        let mut entries: Vec<Entry<'_>> = listed
            .split(|byte| *byte == 0)
            .filter_map(Entry::parse)
            .collect();
        let place = entries.iter().position(|entry| entry.name == name);
        let old = place.map(|place| entries.remove(place));
        let object;
        if rest.is_empty() {
            let is_file = |old: &&Entry<'_>| old.kind == b"blob";
            let mode = old
                .as_ref()
                .filter(is_file)
                .map_or(FILE_MODE, |old| old.mode);
            entries.push(Entry {
                mode,
                kind: b"blob",
                object: blob.as_bytes(),
                name,
            });
        } else {
            let folder = old.filter(|old| old.kind == b"tree");
            let folder = folder.map(|old| String::from_utf8_lossy(old.object).into_owned());
            object = self.tree_with(folder.as_deref(), rest, blob)?;
            entries.push(Entry {
                mode: b"040000",
                kind: b"tree",
                object: object.as_bytes(),
                name,
            });
        }
        let lines = entries.iter().flat_map(|entry| {
            let mut line = entry.line();
            line.push(0);
            line
        });
        let input: Vec<u8> = lines.collect();
        // The objects of the other entries need not be in a partial clone.
        let git = self.remote.git();
        id(git.run(&["mktree", "-z", "--missing"], &input))
    }

    /// Returns the object of the entry `name` of a tree.
    fn find_entry(
        &self,
        tree: &str,
        name: &[u8],
        kind: &[u8],
    ) -> Result<Option<String>, RemoteError> {
        let listed = self.list(tree)?;
        let mut entries = listed.split(|byte| *byte == 0).filter_map(Entry::parse);
        let found = entries.find(|entry| entry.name == name && entry.kind == kind);
        Ok(found.map(|entry| String::from_utf8_lossy(entry.object).into_owned()))
    }

    /// Lists the entries of a tree or of a commit's root.
    fn list(&self, tree: &str) -> Result<Vec<u8>, RemoteError> {
        let listed = self
            .remote
            .run(&["ls-tree", "-z", "--full-tree", tree], b"");
        listed.into_stdout()
    }
}

/// Returns the object id that a command printed.
fn id(output: GitOutput) -> Result<String, RemoteError> {
    let printed = output.into_stdout()?;
    Ok(String::from_utf8_lossy(&printed).trim().to_owned())
}

/// Returns the message of the commit with `events`: the first one in the subject, all of them in the body.
pub(super) fn message(events: &[Event]) -> String {
    let lines: Vec<String> = events.iter().map(describe).collect();
    let subject = match lines.as_slice() {
        [] => "no events".to_owned(),
        [only] => return format!("{only}\n"),
        [first, rest @ ..] => format!("{first} (+{})", rest.len()),
    };
    format!("{subject}\n\n{}\n", lines.join("\n"))
}

/// Describes an event in one line, such as `sent: posts/a.md to linkedin`.
fn describe(event: &Event) -> String {
    let kind = event.kind.name();
    let text = match (event.item(), event.sink()) {
        (Some(item), Some(sink)) => format!("{kind}: {item} to {sink}"),
        (Some(item), None) => format!("{kind}: {item}"),
        (None, _) => kind.to_owned(),
    };
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(MAX_SUBJECT).collect()
}
