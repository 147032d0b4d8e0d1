//! Edits the file of a post atomically: the new text is written to a temporary file, which replaces the
//! original unless that has changed in the meantime.

use std::fs;
use std::path::Path;

use serde_json::Value;
use syndicate_api::{Code, Diagnostic};

use super::edit;
use super::refusal::edit_by_hand;

/// Maximum size of a file in bytes.
const MAX_BYTES: u64 = 8 << 20;

/// Sets the key at `path` in the front matter of `file`, or removes it for `None`. Returns `false` if the
/// file does not need to change.
///
/// # Errors
/// Returns an error if the key cannot be edited; the file is unchanged then.
pub(crate) fn edit_file(
    file: &Path,
    path: &[&str],
    value: Option<&Value>,
) -> Result<bool, Diagnostic> {
    replace_text(file, |text| edit(text, path, value))
}

/// Replaces the text of `file` by the result of `edit`. Returns `false` if the file does not need to
/// change.
///
/// # Errors
/// Those of `edit`, and if the file cannot be replaced; it is unchanged then.
pub(crate) fn replace_text(
    file: &Path,
    edit: impl FnOnce(&str) -> Result<String, Diagnostic>,
) -> Result<bool, Diagnostic> {
    // For a symbolic link, the target is edited and the link stays.
    let file = fs::canonicalize(file).map_err(|error| io_error("find", file, &error))?;
    let meta = fs::metadata(&file).map_err(|error| io_error("read", &file, &error))?;
    if meta.len() > MAX_BYTES {
        return Err(edit_by_hand(format!(
            "`{}` is larger than 8 MiB, the maximum",
            file.display()
        )));
    }
    let before = fs::read(&file).map_err(|error| io_error("read", &file, &error))?;
    let text = std::str::from_utf8(&before)
        .map_err(|_| edit_by_hand(format!("`{}` is not valid UTF-8", file.display())))?;
    let after = edit(text)?;
    if after == text {
        return Ok(false);
    }
    // A rename would replace a read-only file, because it needs only permission for the folder.
    if meta.permissions().readonly() {
        let error = std::io::Error::other("the file is read-only");
        return Err(io_error("write", &file, &error));
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let temporary = file.with_file_name(format!(".{name}.{}.partial", std::process::id()));
    let written = write(&temporary, after.as_bytes(), &meta.permissions()).and_then(|()| {
        if fs::read(&file)? != before {
            return Err(std::io::Error::other(
                "the file has changed in the meantime",
            ));
        }
        fs::rename(&temporary, &file)
    });
    written.map(|()| true).map_err(|error| {
        fs::remove_file(&temporary).ok();
        io_error("write", &file, &error)
    })
}

fn write(path: &Path, bytes: &[u8], permissions: &fs::Permissions) -> std::io::Result<()> {
    use std::io::Write as _;

    let mut file = fs::File::create(path)?;
    file.set_permissions(permissions.clone())?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn io_error(what: &str, file: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::UnreadableFile,
        format!("cannot {what} `{}`: {error}", file.display()),
    )
    .with_hint("nothing was changed; fix this and try again")
}
