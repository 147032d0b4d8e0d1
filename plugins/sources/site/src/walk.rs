//! Lists the files of a content folder. Its `.gitignore`, `.ignore` and `.eleventyignore` files apply,
//! inside and outside a git repository. Rules of a single machine (`core.excludesFile`,
//! `.git/info/exclude`) do not, so that every machine finds the same posts. Hidden files, such as swap
//! files of editors, are not posts. Links are followed only to files inside the site.

use std::fs::FileType;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

pub(crate) use globset::GlobSet as Globs;
use globset::{Glob, GlobBuilder, GlobSetBuilder};
use ignore::{DirEntry, WalkBuilder};
use syndicate_api::{Diagnostic, Result, nfc};

use crate::paths::{join, path_below, trim_folder};
use crate::post_file::PostFile;
use crate::unlisted::UnlistedFolder;
use crate::value::unreadable;

/// The extensions of Markdown files.
pub(crate) const EXTENSIONS: &[&str] = &["md", "markdown", "mdown", "mkd"];

/// A folder of third-party packages; its READMEs are never posts, even if it is not ignored.
pub(crate) const NODE_MODULES: &str = "node_modules";

/// Eleventy's own ignore file.
const IGNORED_BY_ELEVENTY: &str = ".eleventyignore";

/// Rules for choosing files by name.
#[derive(Debug)]
pub(crate) struct Selection {
    extensions: &'static [&'static str],
    /// The extensions of posts in unsupported formats.
    unsupported: &'static [&'static str],
    include: Option<Globs>,
    exclude: Globs,
    /// The folder of built pages, relative to the site's root. Generators copy Markdown files there too.
    output: Option<String>,
}

impl Selection {
    /// Returns the selection of all files with one of `extensions`.
    pub(crate) fn all(extensions: &'static [&'static str]) -> Self {
        Self {
            extensions,
            unsupported: &[],
            include: None,
            exclude: Globs::empty(),
            output: None,
        }
    }

    /// Also lists files with one of the extensions `unsupported`.
    pub(crate) fn with_unsupported(self, unsupported: &'static [&'static str]) -> Self {
        Self {
            unsupported,
            ..self
        }
    }

    /// Narrows the selection to files that match `include` (unless it is empty), do not match `exclude` and
    /// are not in the folder `output`.
    ///
    /// # Errors
    /// Returns an error if a pattern is not a glob.
    pub(crate) fn narrow(
        self,
        include: &[String],
        exclude: &[String],
        output: Option<&str>,
    ) -> Result<Self> {
        Ok(Self {
            include: match include {
                [] => None,
                include => Some(globs(include)?),
            },
            exclude: globs(exclude)?,
            output: output.map(str::to_owned),
            ..self
        })
    }

    fn accepts(&self, below: &str) -> bool {
        let included = self.include.as_ref().is_none_or(|set| set.is_match(below));
        included && !self.exclude.is_match(below)
    }
}

/// Compiles a pattern whose `*` matches within one folder.
pub(crate) fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).build()
}

/// Compiles a set of patterns.
pub(crate) fn globs(patterns: &[String]) -> Result<Globs> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        // Names are compared in form C, in any form that an editor writes.
        set.add(glob(&nfc(pattern))?);
    }
    Ok(set.build()?)
}

/// The path of a file to read, or the reason why it cannot be read. The reason is boxed, because a list of all files is kept
/// while they are read.
pub(crate) type ReadablePath = Result<PathBuf, Box<Diagnostic>>;

/// The contents of a content folder.
#[derive(Debug, Default)]
pub(crate) struct FolderListing {
    /// The Markdown files, sorted by path.
    pub(crate) files: Vec<(PostFile, ReadablePath)>,
    /// The posts in unsupported formats, sorted by path.
    pub(crate) unsupported: Vec<PostFile>,
    /// The folders that cannot be listed.
    pub(crate) unlisted: Vec<UnlistedFolder>,
}

/// Lists the files below `root/folder`.
pub(crate) fn files(root: &Path, folder: &str, selection: &Selection) -> FolderListing {
    list(root, folder, selection, None)
}

/// Returns the file at `path`, relative to `root`, as [`files`] lists it below `root/folder`. Visits only the folders
/// that contain it.
pub(crate) fn file(
    root: &Path,
    folder: &str,
    selection: &Selection,
    path: &str,
) -> Option<(PostFile, ReadablePath)> {
    list(root, folder, selection, Some(root.join(path)))
        .files
        .pop()
}

/// Lists the files below `root/folder`, or only the one at the path `only`.
fn list(root: &Path, folder: &str, selection: &Selection, only: Option<PathBuf>) -> FolderListing {
    let start = root.join(folder);
    let mut walked = FolderListing::default();
    let output = selection.output.as_ref().map(|output| root.join(output));
    let walk = WalkBuilder::new(&start)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .add_custom_ignore_filename(IGNORED_BY_ELEVENTY)
        .filter_entry(move |entry| {
            let is_foreign =
                entry.file_name() == NODE_MODULES || Some(entry.path()) == output.as_deref();
            let is_wanted = only
                .as_ref()
                .is_none_or(|only| only.starts_with(entry.path()));
            entry.depth() == 0 || !is_foreign && is_wanted
        })
        .build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let unlisted = UnlistedFolder::new(root, folder, &error);
                if !unlisted.has_vanished(root, folder) {
                    walked.unlisted.push(unlisted);
                }
                continue;
            }
        };
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else {
            continue;
        };
        let is_unsupported = has_extension(entry.path(), selection.unsupported);
        if (is_unsupported || has_extension(entry.path(), selection.extensions))
            && let Some(file) = post_file(&entry, &start, folder)
            && selection.accepts(file.content_path())
        {
            if is_unsupported {
                walked.unsupported.push(file);
            } else {
                let found = resolve_entry(&entry, kind, root).map_err(Box::new);
                walked.files.push((file, found));
            }
        }
    }
    walked
        .files
        .sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
    walked
        .unsupported
        .sort_by(|one, other| one.path.cmp(&other.path));
    walked
}

/// Returns `true` if a path has one of Markdown's extensions.
pub(crate) fn is_markdown(path: &Path) -> bool {
    has_extension(path, EXTENSIONS)
}

/// Returns `true` if a path has the extension `.mdx`, for Markdown with components.
pub(crate) fn is_mdx(path: &Path) -> bool {
    has_extension(path, &["mdx"])
}

/// Returns `true` if a path has one of `extensions`, which are in lower case.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|own| {
        extensions
            .iter()
            .any(|known| known.eq_ignore_ascii_case(own))
    })
}

/// Converts a directory entry below `start`, the content folder `folder`, to a post file. Returns `None`
/// if the entry is not below `start`.
fn post_file(entry: &DirEntry, start: &Path, folder: &str) -> Option<PostFile> {
    let below = path_below(entry.path(), start)?.to_string_lossy();
    let below = match MAIN_SEPARATOR {
        '/' => below,
        separator => below.replace(separator, "/").into(),
    };
    let path = join(trim_folder(folder), &below);
    Some(PostFile::new(&path, &below))
}

/// Returns the diagnostic for a folder, a pipe or a device with the name of a post.
fn irregular() -> Diagnostic {
    let hint = "replace it by a file, or list it under `exclude`";
    unreadable("it is not a regular file").with_hint(hint)
}

/// Returns the path to read, or the reason why the entry cannot be read.
fn resolve_entry(entry: &DirEntry, kind: FileType, root: &Path) -> Result<PathBuf, Diagnostic> {
    if entry.path().to_str().is_none() {
        return Err(unreadable("the file's name is not valid UTF-8").with_hint("rename it"));
    }
    if kind.is_file() {
        return Ok(entry.path().to_path_buf());
    }
    if !kind.is_symlink() {
        return Err(irregular());
    }
    let target = entry.path().canonicalize().map_err(|_| {
        unreadable("it is a link to a missing file").with_hint("correct or remove the link")
    })?;
    let inside = root
        .canonicalize()
        .is_ok_and(|root| target.starts_with(root));
    if !inside {
        return Err(unreadable("it is a link to a file outside the site")
            .with_hint("copy the file, or set `path` to a folder that contains both"));
    }
    if target.is_file() {
        Ok(target)
    } else {
        Err(irregular())
    }
}
