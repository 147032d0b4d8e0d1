//! Diagnostics for folders below the content folders that cannot be listed.

use std::error::Error as _;
use std::io::ErrorKind;
use std::path::Path;

use ignore::Error;
use syndicate_api::Diagnostic;

use crate::value::unreadable;
use crate::vanished::has_vanished;

/// A folder that cannot be listed.
#[derive(Debug)]
pub(crate) struct UnlistedFolder {
    /// The path relative to the site's root.
    pub(crate) path: String,
    /// The reason, without the path.
    reason: String,
    is_forbidden: bool,
}

impl UnlistedFolder {
    /// Returns the folder that `error`, which the walk below `root` found, is about. If the error names none, it is
    /// `folder`, the content folder.
    pub(crate) fn new(root: &Path, folder: &str, error: &Error) -> Self {
        let path = path_of(error).map(|path| path.strip_prefix(root).unwrap_or(path));
        let io = error.io_error();
        Self {
            path: path.map_or_else(
                || folder.to_owned(),
                |path| path.to_string_lossy().replace('\\', "/"),
            ),
            reason: match io {
                // The text of the outer error repeats the path.
                Some(io) => io
                    .source()
                    .map_or_else(|| io.to_string(), ToString::to_string),
                None => error.to_string(),
            },
            is_forbidden: io.is_some_and(|io| io.kind() == ErrorKind::PermissionDenied),
        }
    }

    /// Returns `true` if a folder below the content folder `folder` was removed while the walk below `root` ran.
    pub(crate) fn has_vanished(&self, root: &Path, folder: &str) -> bool {
        self.path != folder && has_vanished(&root.join(&self.path))
    }

    /// Returns the diagnostic; `shown` is the folder's path relative to pipeline.yaml.
    pub(crate) fn diagnostic(&self, shown: &str) -> Diagnostic {
        let hint = match self.is_forbidden {
            true => "allow your account to read the folder, or move it out of `content`",
            false => "check the folder, or move it out of `content`",
        };
        unreadable(format!("cannot list the folder `{shown}`: {}", self.reason)).with_hint(hint)
    }
}

/// Returns the path that an error is about.
fn path_of(error: &Error) -> Option<&Path> {
    match error {
        Error::WithPath { path, .. } => Some(path),
        Error::WithDepth { err, .. } | Error::WithLineNumber { err, .. } => path_of(err),
        Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    fn shown(root: &str, error: &Error) -> Diagnostic {
        let folder = UnlistedFolder::new(Path::new(root), ".", error);
        folder.diagnostic(&folder.path)
    }

    #[test]
    fn unlisted_folder_is_named_once() {
        let denied = Error::Io(ErrorKind::PermissionDenied.into());
        let denied = Error::WithDepth {
            depth: 2,
            err: Box::new(Error::WithPath {
                path: "././content/priv".into(),
                err: Box::new(denied),
            }),
        };
        let found = shown(".", &denied);
        assert_eq!(
            found.to_string(),
            "cannot list the folder `content/priv`: permission denied"
        );
        let hint = found.hint.unwrap();
        assert!(hint.starts_with("allow your account to read"), "{hint}");
    }

    #[test]
    fn error_of_walk_does_not_repeat_path() {
        let root = tempfile::tempdir().unwrap();
        let missing = root.path().join("a/b");
        let error = ignore::Walk::new(&missing).find_map(Result::err).unwrap();
        let found = shown(&root.path().to_string_lossy(), &error);
        let message = found.to_string();
        assert!(
            message.starts_with("cannot list the folder `a/b`: "),
            "{message}"
        );
        assert_eq!(message.matches("a/b").count(), 1, "{message}");
        let folder = UnlistedFolder::new(root.path(), "a", &error);
        assert!(folder.has_vanished(root.path(), "a"));
        assert!(
            !folder.has_vanished(root.path(), "a/b"),
            "the content folder"
        );
        std::fs::create_dir_all(&missing).unwrap();
        assert!(!folder.has_vanished(root.path(), "a"));
        let bare = shown(".", &Error::Io(io::Error::other("broken disk")));
        assert_eq!(bare.to_string(), "cannot list the folder `.`: broken disk");
    }
}
