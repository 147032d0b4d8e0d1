//! Operations on paths of files and folders as strings, with `/` between parts.

use std::path::{MAIN_SEPARATOR, Path};

use memchr::memrchr;

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

/// Returns the folder of a path, empty if it has none, and the part after the last slash.
pub(crate) fn split_last(path: &str) -> (&str, &str) {
    match memrchr(b'/', path.as_bytes()) {
        Some(slash) => (&path[..slash], &path[slash + 1..]),
        None => ("", path),
    }
}

/// Returns the part after the last slash.
pub(crate) fn basename(path: &str) -> &str {
    split_last(path).1
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

/// Returns `path` without its beginning `folder`; `None` if it is outside that folder. Most paths were made by joining the
/// folder and a name, so that their bytes begin with those of the folder, which is found out much faster than
/// by comparing the parts.
pub(crate) fn path_below<'a>(path: &'a Path, folder: &Path) -> Option<&'a Path> {
    let joined = || {
        let folder = folder.to_str().filter(|folder| !folder.is_empty())?;
        let path = path.to_str()?.strip_prefix(folder)?;
        let below = path.strip_prefix(MAIN_SEPARATOR)?;
        (!below.starts_with([MAIN_SEPARATOR, '.'])).then_some(Path::new(below))
    };
    joined().or_else(|| path.strip_prefix(folder).ok())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_below_agrees_with_strip_prefix() {
        let paths = [
            "", ".", "/", "/a", "/a/", "/a/b", "/a//b", "/a/./b", "/ab", "/a/b/", "a", "a/b",
            "./a/b", "é/b",
        ];
        for path in paths.map(Path::new) {
            for folder in paths.map(Path::new) {
                let below = path.strip_prefix(folder).ok();
                assert_eq!(path_below(path, folder), below, "{path:?} below {folder:?}");
            }
        }
    }
}
