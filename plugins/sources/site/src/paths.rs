//! Operations on paths of files and folders as strings, with `/` between parts.

use std::path::Path;

/// Returns a folder without a leading `./` and trailing slashes; empty for `.`.
pub(crate) fn trim_folder(folder: &str) -> &str {
    match folder.trim_start_matches("./").trim_end_matches('/') {
        "." => "",
        folder => folder,
    }
}

/// Returns a folder, or `.` if it is empty.
pub(crate) fn or_dot(folder: &str) -> String {
    if folder.is_empty() { "." } else { folder }.to_owned()
}

/// Returns `path` relative to `folder`; `None` if it is outside that folder.
pub(crate) fn relative_to<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
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

/// Joins a folder and a name; either may be empty.
pub(crate) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", path) | (path, "") => path.to_owned(),
        (folder, name) => [folder, "/", name].concat(),
    }
}

/// Returns the part after the last slash.
pub(crate) fn basename(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns a path without `.` parts, and with each `..` resolved unless it leads out of the path.
pub(crate) fn normalize(path: &str) -> String {
    if is_certainly_normal(path) {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    for (index, part) in path.split('/').enumerate() {
        match part {
            "" if index == 0 => parts.push(part),
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, "" | "..")) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Returns `true` if no part of `path` is empty or begins with a dot. Most paths are such.
pub(crate) fn is_certainly_normal(path: &str) -> bool {
    let is_plain = |(before, byte): (u8, u8)| before != b'/' || !matches!(byte, b'/' | b'.');
    let before = std::iter::once(b'/').chain(path.bytes());
    before.zip(path.bytes()).all(is_plain) && !path.ends_with('/')
}

/// Returns `path` without `.` and `..`; `None` if it leaves the folder that it is relative to.
pub(crate) fn normalize_inside(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns `true` if `path` is a regular file in `root` after all links are resolved.
pub(crate) fn is_file_inside(root: &Path, path: &str) -> bool {
    let full = root.join(path);
    if !full.is_file() {
        return false;
    }
    match (full.canonicalize(), root.canonicalize()) {
        (Ok(real), Ok(root)) => real.starts_with(root),
        _ => false,
    }
}
