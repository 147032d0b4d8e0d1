//! The files that a generator wrote.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The content of each file in an output folder, without the values that differ between two builds.
#[derive(PartialEq)]
pub(super) struct Output(BTreeMap<PathBuf, Vec<u8>>);

impl Output {
    /// Reads every file in `folder`. After each of the `volatile` markers, the text up to the next quote
    /// or tag differs between two builds and is left out.
    pub(super) fn read(folder: &Path, volatile: &[&str]) -> Self {
        let files = ignore::WalkBuilder::new(folder)
            .standard_filters(false)
            .build();
        let files = files
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
        let files: BTreeMap<_, _> = files
            .map(|entry| {
                let path = entry.path().strip_prefix(folder).unwrap().to_owned();
                let content = std::fs::read(entry.path()).unwrap();
                (path, stable(content, volatile))
            })
            .collect();
        assert!(files.contains_key(Path::new("index.html")), "no index.html");
        Self(files)
    }

    /// Returns the files that differ from those of `other`, in order.
    pub(super) fn difference(&self, other: &Self) -> Vec<PathBuf> {
        let paths = self.0.keys().chain(other.0.keys());
        let mut paths: Vec<PathBuf> = paths
            .filter(|path| self.0.get(*path) != other.0.get(*path))
            .cloned()
            .collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

/// Leaves out the values behind the markers. A file that is not a text is returned unchanged.
fn stable(content: Vec<u8>, volatile: &[&str]) -> Vec<u8> {
    let Ok(mut text) = String::from_utf8(content.clone()) else {
        return content;
    };
    for marker in volatile {
        let mut parts = text.split(marker);
        let first = parts.next().unwrap_or_default().to_owned();
        text = parts.fold(first, |text, part| {
            let end = part.find(['"', '<']).unwrap_or(part.len());
            text + marker + part.split_at(end).1
        });
    }
    text.into_bytes()
}
