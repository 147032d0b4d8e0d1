//! The names of changed files, collected from file events.

use std::collections::BTreeMap;
use std::path::PathBuf;

use notify::event::{AccessKind, CreateKind, ModifyKind, RemoveKind};
use notify::{Event, EventKind};

/// Maximum number of names that are collected. After more changes, reading everything is as fast.
const MAX_FILES: usize = 64;

/// The files that changed since they were last read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ChangedFiles {
    /// These files, and as far as the events tell no others.
    Named(Vec<PathBuf>),
    /// An unknown part of the files.
    Unknown,
}

/// Collects names of changed files.
#[derive(Debug, Default)]
pub(super) struct FileNames {
    /// `true` for a file that did not exist before its first event.
    files: BTreeMap<PathBuf, bool>,
    /// `true` if other files may have changed, too.
    has_others: bool,
}

impl FileNames {
    /// Adds the files among `paths`, those of `event` that matter.
    pub(super) fn add<'p>(&mut self, event: &Event, paths: impl Iterator<Item = &'p PathBuf>) {
        let is_of_files = match event.kind {
            EventKind::Create(CreateKind::File)
            | EventKind::Remove(RemoveKind::File)
            // A folder among the paths is recognised later.
            | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_) | ModifyKind::Name(_))
            | EventKind::Access(AccessKind::Close(_)) => !event.paths.is_empty(),
            _ => false,
        };
        if !is_of_files {
            return self.add_unknown();
        }
        let is_new = event.kind == EventKind::Create(CreateKind::File);
        for path in paths {
            if self.has_others {
                return;
            }
            self.files.entry(path.clone()).or_insert(is_new);
            if self.files.len() > MAX_FILES {
                self.add_unknown();
            }
        }
    }

    /// Records that an unknown part of the files changed.
    pub(super) fn add_unknown(&mut self) {
        self.files.clear();
        self.has_others = true;
    }

    /// Returns the changed files. A file that only existed since its first event is left out: editors write such files and
    /// rename them.
    pub(super) fn changed(self) -> ChangedFiles {
        if self.has_others || self.files.keys().any(|path| path.is_dir()) {
            return ChangedFiles::Unknown;
        }
        let files = self.files.into_iter();
        let files = files.filter(|(path, is_new)| !is_new || path.symlink_metadata().is_ok());
        ChangedFiles::Named(files.map(|(path, _)| path).collect())
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{DataChange, RenameMode};

    use super::*;

    fn changed(events: &[(EventKind, &std::path::Path)]) -> ChangedFiles {
        let mut names = FileNames::default();
        for (kind, path) in events {
            let event = Event::new(*kind).add_path(path.to_path_buf());
            names.add(&event, event.paths.iter());
        }
        names.changed()
    }

    #[test]
    fn scratch_file_of_atomic_save_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let (post, scratch) = (folder.path().join("post.md"), folder.path().join("4913"));
        std::fs::write(&post, "text").unwrap();
        let rename = |mode| EventKind::Modify(ModifyKind::Name(mode));
        let events = [
            (EventKind::Create(CreateKind::File), scratch.as_path()),
            (
                EventKind::Modify(ModifyKind::Data(DataChange::Any)),
                &scratch,
            ),
            (rename(RenameMode::From), &scratch),
            (rename(RenameMode::To), &post),
        ];
        assert_eq!(changed(&events), ChangedFiles::Named(vec![post]));
    }

    #[test]
    fn removed_file_is_named() {
        let gone = std::path::Path::new("/no/such/file.md");
        let events = [(EventKind::Remove(RemoveKind::File), gone)];
        assert_eq!(
            changed(&events),
            ChangedFiles::Named(vec![gone.to_path_buf()])
        );
    }

    #[test]
    fn folders_and_many_files_are_unknown() {
        let folder = tempfile::tempdir().unwrap();
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::To));
        assert_eq!(changed(&[(renamed, folder.path())]), ChangedFiles::Unknown);
        let created = EventKind::Create(CreateKind::Folder);
        assert_eq!(changed(&[(created, folder.path())]), ChangedFiles::Unknown);
        let names: Vec<PathBuf> = (0..=MAX_FILES)
            .map(|number| folder.path().join(number.to_string()))
            .collect();
        let removed = EventKind::Remove(RemoveKind::File);
        let events: Vec<_> = names.iter().map(|name| (removed, name.as_path())).collect();
        assert_eq!(changed(&events), ChangedFiles::Unknown);
        assert!(matches!(changed(&events[1..]), ChangedFiles::Named(_)));
    }
}
