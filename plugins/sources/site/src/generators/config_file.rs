//! Finds and reads the config files of generators.

use std::path::Path;

use syndicate_api::{Error, Result};

/// Returns the first of `names` that is a file in `root`.
pub(super) fn find(root: &Path, names: &[&'static str]) -> Option<&'static str> {
    names.iter().copied().find(|name| root.join(name).is_file())
}

/// Reads a text file, without its byte order mark.
///
/// # Errors
/// Returns an error that names the file if it cannot be read.
pub(super) fn read(path: &Path) -> Result<String> {
    let mut text = std::fs::read_to_string(path)
        .map_err(|error| Error::msg(format!("cannot read `{}`: {error}", path.display())))?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// Returns the error for a folder without the config file that `generator` requires.
pub(super) fn missing(generator: &str, root: &Path, name: &str) -> Error {
    let root = root.display();
    Error::msg(format!(
        "no {generator} site found in `{root}`: missing `{name}`"
    ))
}
