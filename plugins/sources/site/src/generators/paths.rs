//! Paths as generators' settings and posts write them.

use super::PostFile;
use crate::fields::lexical;

/// A folder without slashes and dots at its ends.
pub(super) fn trimmed(folder: &str) -> &str {
    match folder.trim_start_matches("./").trim_end_matches('/') {
        "." => "",
        folder => folder,
    }
}

/// What of `path` lies below `folder`; `None` unless it does.
pub(super) fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() {
        return Some(path);
    }
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix('/')
    }
}

/// `name` in `folder`; either may be empty.
pub(super) fn joined(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", path) | (path, "") => path.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

/// What `target` names from the folder of `file`, relative to the site's root; `None` where that leads
/// out of it.
pub(super) fn beside(file: &PostFile, target: &str) -> Option<String> {
    lexical(&joined(file.folder_on_disk(), target))
}
