//! The file of a post, changed at once or not at all: the new text is written beside it and takes its
//! place, unless the file has changed since it was read.

use std::fs;
use std::path::Path;

use serde_json::Value;
use syndicate_api::{Code, Diagnostic};

use super::edit;
use super::refusal::by_hand;

/// The largest file that is read; a post has no such size.
const MOST: u64 = 8 << 20;

/// Sets the key at `path` in the front matter of `file`, or takes it out for `None`; `false` where there
/// was nothing to change.
///
/// # Errors
/// When that cannot be done, and then the file is as it was.
pub(crate) fn change(
    file: &Path,
    path: &[&str],
    value: Option<&Value>,
) -> Result<bool, Diagnostic> {
    // A link stays a link: what it leads to is changed.
    let file = fs::canonicalize(file).map_err(|error| trouble("find", file, &error))?;
    let meta = fs::metadata(&file).map_err(|error| trouble("read", &file, &error))?;
    if meta.len() > MOST {
        return Err(by_hand(format!(
            "`{}` is too large for a post",
            file.display()
        )));
    }
    let before = fs::read(&file).map_err(|error| trouble("read", &file, &error))?;
    let text = std::str::from_utf8(&before)
        .map_err(|_| by_hand(format!("`{}` is not in UTF-8", file.display())))?;
    let after = edit(text, path, value)?;
    if after == text {
        return Ok(false);
    }
    // Its folder alone decides whether another file may take its place.
    if meta.permissions().readonly() {
        let error = std::io::Error::other("it is read-only");
        return Err(trouble("write", &file, &error));
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside = file.with_file_name(format!(".{name}.{}.partial", std::process::id()));
    let written = write(&beside, after.as_bytes(), &meta.permissions()).and_then(|()| {
        if fs::read(&file)? != before {
            return Err(std::io::Error::other("it has changed meanwhile"));
        }
        fs::rename(&beside, &file)
    });
    written.map(|()| true).map_err(|error| {
        // What could not take the file's place is of no use.
        fs::remove_file(&beside).ok();
        trouble("write", &file, &error)
    })
}

fn write(path: &Path, bytes: &[u8], permissions: &fs::Permissions) -> std::io::Result<()> {
    use std::io::Write as _;

    let mut file = fs::File::create(path)?;
    file.set_permissions(permissions.clone())?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn trouble(what: &str, file: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::UnreadableFile,
        format!("cannot {what} `{}`: {error}", file.display()),
    )
    .with_hint("nothing was changed; try again once that is mended")
}
