//! Which files of a content folder to read. The folder's `.gitignore`, `.ignore` and `.eleventyignore`
//! files hold, in a git repository or not; what is ignored on one machine only (`core.excludesFile`,
//! `.git/info/exclude`) does not, so that every machine finds the same posts. Hidden files are no
//! posts, which covers editors' swap files; their backups end in something else than `.md`. Links are
//! followed to files inside the site and nowhere else.

use std::fs::FileType;
use std::path::{Path, PathBuf};

pub(crate) use globset::GlobSet as Globs;
use globset::{Glob, GlobBuilder, GlobSetBuilder};
use ignore::{DirEntry, WalkBuilder};
use syndicate_api::{Diagnostic, Result, nfc};

use crate::paths::{join, trim_folder};
use crate::post_file::PostFile;
use crate::value::unreadable;

/// The extensions of Markdown files.
pub(crate) const EXTENSIONS: &[&str] = &["md", "markdown", "mdown", "mkd"];

/// A folder of other people's READMEs, whether it is ignored or not.
pub(crate) const NODE_MODULES: &str = "node_modules";

/// Eleventy's own list of what it leaves out, which no other generator has.
const IGNORED_BY_ELEVENTY: &str = ".eleventyignore";

/// Which files to take by name, as the user says.
#[derive(Debug)]
pub(crate) struct Selection {
    extensions: &'static [&'static str],
    /// The extensions of posts that are not read.
    unsupported: &'static [&'static str],
    include: Option<Globs>,
    exclude: Globs,
    /// The folder of built pages, relative to the site's root; generators copy Markdown there too.
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

    /// Takes note of files with one of `unread` as well.
    pub(crate) fn with_unsupported(self, unsupported: &'static [&'static str]) -> Self {
        Self {
            unsupported,
            ..self
        }
    }

    /// Narrows the selection to the files that `include` matches, unless it is empty, that `exclude`
    /// does not, and that are not in the folder `output`.
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
        // Names are compared in form C, whichever form an editor writes.
        set.add(glob(&nfc(pattern))?);
    }
    Ok(set.build()?)
}

/// What lies in a content folder.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// The Markdown files, sorted by path, each with the path to read or what is wrong with it.
    pub(crate) files: Vec<(PostFile, Result<PathBuf, Diagnostic>)>,
    /// The files that are posts in formats which are not read, sorted by path.
    pub(crate) unsupported: Vec<PostFile>,
    /// The folders that cannot be listed, relative to the site's root.
    pub(crate) unlisted: Vec<(String, Diagnostic)>,
}

/// The Markdown files below `root/folder`.
pub(crate) fn files(root: &Path, folder: &str, selection: &Selection) -> Walked {
    let start = root.join(folder);
    let mut walked = Walked::default();
    let output = selection.output.as_ref().map(|output| root.join(output));
    let walk = WalkBuilder::new(&start)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .add_custom_ignore_filename(IGNORED_BY_ELEVENTY)
        .filter_entry(move |entry| {
            let is_foreign =
                entry.file_name() == NODE_MODULES || Some(entry.path()) == output.as_deref();
            entry.depth() == 0 || !is_foreign
        })
        .build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let diagnostic = unreadable(format!("a folder cannot be listed: {error}"));
                walked.unlisted.push((folder.to_owned(), diagnostic));
                continue;
            }
        };
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else {
            continue;
        };
        let is_unsupported = has_extension(entry.path(), selection.unsupported);
        if (is_unsupported || has_extension(entry.path(), selection.extensions))
            && let Some(file) = post_file(&entry, &start, folder)
            && selection.accepts(&file.content_path)
        {
            if is_unsupported {
                walked.unsupported.push(file);
            } else {
                walked.files.push((file, check(&entry, kind, root)));
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

/// Whether a path has one of Markdown's extensions.
pub(crate) fn is_markdown(path: &Path) -> bool {
    has_extension(path, EXTENSIONS)
}

/// Whether a path has the extension of Markdown with components.
pub(crate) fn is_mdx(path: &Path) -> bool {
    has_extension(path, &["mdx"])
}

/// Whether a path has one of `extensions`, which are in lower case.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extensions.contains(&extension.to_lowercase().as_str()))
}

/// The entry as a file of posts.
fn post_file(entry: &DirEntry, start: &Path, folder: &str) -> Option<PostFile> {
    let parts: Vec<_> = entry
        .path()
        .strip_prefix(start)
        .ok()?
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    let below = parts.join("/");
    let path = join(trim_folder(folder), &below);
    Some(PostFile::new(path, &below))
}

/// The path to read, if the entry can be read as a file.
fn check(entry: &DirEntry, kind: FileType, root: &Path) -> Result<PathBuf, Diagnostic> {
    if entry.path().to_str().is_none() {
        return Err(unreadable("the file's name is not in UTF-8").with_hint("rename it"));
    }
    if kind.is_file() {
        return Ok(entry.path().to_path_buf());
    }
    if !kind.is_symlink() {
        return Err(unreadable("it is not a regular file"));
    }
    let target = entry
        .path()
        .canonicalize()
        .map_err(|_| unreadable("it is a link to a file that is not there"))?;
    let inside = root
        .canonicalize()
        .is_ok_and(|root| target.starts_with(root));
    if !inside {
        return Err(unreadable("it is a link to a file outside of the site")
            .with_hint("copy the file, or set `path` to a folder that holds both"));
    }
    if target.is_file() {
        Ok(target)
    } else {
        Err(unreadable("it is not a regular file"))
    }
}
