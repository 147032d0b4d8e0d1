//! Reads the text files that git tracks.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Files that are not checked, because they quote a text that must keep its words. Each entry is a
/// file, or a folder with a `/` at its end.
const QUOTATIONS: [&str; 2] = [
    // The list of the words itself, and the texts that its tests check.
    "xtask/src/prose/",
    // Values of Mastodon's API.
    "crates/platform-fakes/src/mastodon/quote_policy.rs",
];

/// Endings of the names of text files.
const EXTENSIONS: [&str; 14] = [
    "rs", "md", "toml", "yaml", "yml", "html", "css", "js", "mjs", "hbs", "sh", "py", "txt", "svg",
];

/// Text files without such an ending.
const SCRIPTS: [&str; 3] = ["tests/run", ".ci/run", "justfile"];

/// A tracked text file.
#[derive(Debug)]
pub(crate) struct TextFile {
    /// Path of the file, relative to the workspace's root folder.
    pub(crate) path: String,
    /// Content of the file.
    pub(crate) text: String,
}

/// Reads the tracked files that are to be checked. Files that are not UTF-8 are left out, because
/// they are fixtures in another charset.
///
/// # Errors
/// Fails if git cannot list the files or a file cannot be read.
pub(crate) fn read() -> Result<Vec<TextFile>> {
    let root = git(&["rev-parse", "--show-toplevel"])?;
    let root = Path::new(root.trim());
    let listed = git(&["ls-files", "-z", "--full-name", ":/"])?;
    let mut files = Vec::new();
    for path in listed.split('\0').filter(|path| is_checked(path)) {
        match std::fs::read_to_string(root.join(path)) {
            Ok(text) => files.push(TextFile {
                path: path.to_owned(),
                text,
            }),
            // A tracked file can be deleted in the work tree.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::NotFound) => {}
            Err(error) => return Err(error).context(format!("cannot read `{path}`")),
        }
    }
    Ok(files)
}

/// Returns `true` if the file at `path` is a text file and not listed in `QUOTATIONS`.
pub(crate) fn is_checked(path: &str) -> bool {
    let extension = Path::new(path).extension().and_then(|text| text.to_str());
    let is_text = SCRIPTS.contains(&path)
        || extension.is_some_and(|extension| EXTENSIONS.contains(&extension));
    is_text && !QUOTATIONS.iter().any(|quotation| covers(quotation, path))
}

/// Returns `true` if `quotation` is `path` or a folder that contains it.
fn covers(quotation: &str, path: &str) -> bool {
    quotation == path || (quotation.ends_with('/') && path.starts_with(quotation))
}

/// Runs git and returns its standard output.
fn git(arguments: &[&str]) -> Result<String> {
    let output = Command::new("git")
        .args(arguments)
        .output()
        .context("cannot run git")?;
    if !output.status.success() {
        bail!(
            "`git {}` failed: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    String::from_utf8(output.stdout).context("git printed something other than UTF-8")
}
