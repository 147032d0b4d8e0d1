//! Reads the files that the options name.

use std::path::Path;

use syndicate_api::{Diagnostic, Result};

/// Reads the file at `path`, relative to `base`, which the option `key` names.
///
/// # Errors
/// Returns an error of the option if the file cannot be read.
pub(crate) fn read(base: &Path, path: &str, key: &str) -> Result<Vec<u8>> {
    let read = std::fs::read(base.join(path));
    let read = read.map_err(|error| {
        let message = match error.kind() {
            std::io::ErrorKind::NotFound => format!("the file `{path}` does not exist"),
            _ => format!("cannot read `{path}`: {error}"),
        };
        let fault = Diagnostic::option(&[key], message);
        fault.with_hint("check its path, which is relative to pipeline.yaml")
    });
    Ok(read?)
}
