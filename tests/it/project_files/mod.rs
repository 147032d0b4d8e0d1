//! The files around the code: manifests, links between documents, the commands in the workflow, the
//! justfile and CONTRIBUTING.md, the sets of tools for tests, and the form of text files.

mod commands;
mod links;
mod manifests;
mod text;
mod tool_sets;

use std::path::{Path, PathBuf};

/// Folders whose files are fixtures or the output of generators, or are not part of the project.
const EXCLUDED_FOLDERS: [&str; 9] = [
    ".git",
    "target",
    "content",
    "docs/completions",
    "docs/man",
    "plugins/sources/feed/fixtures",
    "tests/browser/pictures",
    "tests/configs",
    "tests/sites",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the project's own files, relative to the root, in order. Files that git ignores are left
/// out.
fn files() -> Vec<PathBuf> {
    let walk = ignore::WalkBuilder::new(root())
        .hidden(false)
        .require_git(false)
        .parents(false)
        .filter_entry(|entry| {
            let path = entry.path().strip_prefix(root()).unwrap();
            !EXCLUDED_FOLDERS
                .iter()
                .any(|folder| path == Path::new(folder))
        })
        .build();
    let mut files: Vec<PathBuf> = walk
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(|entry| entry.path().strip_prefix(root()).unwrap().to_owned())
        .collect();
    files.sort();
    assert!(files.len() > 100, "{} files", files.len());
    files
}
