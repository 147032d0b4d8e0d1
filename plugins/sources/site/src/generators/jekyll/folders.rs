//! Finds the folders of posts: `_posts` and `_drafts` in every folder that Jekyll enters ("Directory
//! Structure", Jekyll's documentation). It does not enter folders that begin with `_`, `.`, `#` or `~`, or
//! that `exclude` names.

use std::path::Path;

use globset::{GlobSet, GlobSetBuilder};

use super::config::Config;
use crate::paths::join;

/// Paths that Jekyll always excludes.
const EXCLUDED: &[&str] = &[
    ".jekyll-cache",
    ".sass-cache",
    "Gemfile",
    "Gemfile.lock",
    "gemfiles",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

/// The settings `include` and `exclude`, matched against paths relative to the site's source.
#[derive(Clone, Debug, Default)]
pub(super) struct EntryFilter {
    include: Patterns,
    exclude: Patterns,
    destination: String,
}

impl EntryFilter {
    pub(super) fn read(config: &Config) -> Self {
        let include = config.settings.list("include");
        let mut exclude = config.settings.list("exclude");
        exclude.extend(EXCLUDED.iter().map(|name| (*name).to_owned()));
        exclude.retain(|pattern| !include.contains(pattern));
        let destination = match config.folder("destination") {
            "" => "_site",
            folder => folder,
        };
        Self {
            include: Patterns::new(include),
            exclude: Patterns::new(exclude),
            destination: destination.to_owned(),
        }
    }

    /// Returns `true` if Jekyll reads the entry at `path`, relative to the source, and at `entry`, relative to
    /// the folder that it lists.
    pub(super) fn includes(&self, path: &str, entry: &str) -> bool {
        let name = entry.rsplit('/').next().unwrap_or(entry);
        if self.include.match_start(entry) || self.include.match_start(name) {
            return true;
        }
        let special = [entry, name]
            .iter()
            .any(|text| text.starts_with(['.', '_', '#', '~']));
        !special && !self.exclude.match_start(path)
    }

    /// Returns the folders of posts and drafts in the folder `collections` of `root/source`, relative to `root`.
    pub(super) fn folders(&self, root: &Path, source: &str, collections: &str) -> Vec<String> {
        let mut found = Vec::new();
        self.search(root, source, collections, &mut found);
        found.sort();
        found
    }

    fn search(&self, root: &Path, source: &str, below: &str, found: &mut Vec<String>) {
        let folder = join(source, below);
        let Ok(entries) = std::fs::read_dir(root.join(&folder)) else {
            return;
        };
        let folders = entries.flatten().filter(|entry| {
            // Symbolic links are not followed, because they may form a cycle.
            entry.file_type().is_ok_and(|kind| kind.is_dir())
        });
        for entry in folders {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = join(below, &name);
            if matches!(name.as_str(), "_posts" | "_drafts") {
                found.push(join(&folder, &name));
            } else if self.includes(&path, &name) && path != self.destination {
                self.search(root, source, &path, found);
            }
        }
    }
}

/// Patterns that match as a prefix of a path or as a glob whose `*` crosses folders.
#[derive(Clone, Debug, Default)]
struct Patterns {
    starts: Vec<String>,
    globs: GlobSet,
}

impl Patterns {
    fn new(patterns: Vec<String>) -> Self {
        let mut globs = GlobSetBuilder::new();
        let mut starts = Vec::new();
        for pattern in patterns {
            let pattern = pattern.trim_start_matches('/');
            if pattern.contains(['*', '?', '['])
                && let Ok(glob) = globset::Glob::new(pattern)
            {
                globs.add(glob);
            } else if !pattern.is_empty() {
                starts.push(pattern.to_owned());
            }
        }
        Self {
            starts,
            globs: globs.build().unwrap_or_default(),
        }
    }

    fn match_start(&self, path: &str) -> bool {
        let begins = |start: &String| {
            path.starts_with(start.as_str()) || start.strip_suffix('/') == Some(path)
        };
        self.starts.iter().any(begins) || self.globs.is_match(path)
    }
}
