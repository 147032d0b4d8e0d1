//! Finds and reads the config files of generators.

use std::io::ErrorKind;
use std::path::Path;

use jiff::tz::TimeZone;
use syndicate_api::{Code, Diagnostic, Error, FileSpan, Result};

use crate::value::{cannot_read, unreadable};

/// Returns the first of `names` that is a file in `root`.
pub(super) fn find(root: &Path, names: &[&'static str]) -> Option<&'static str> {
    names.iter().copied().find(|name| root.join(name).is_file())
}

/// Reads a text file, without its byte order mark.
///
/// # Errors
/// Returns an error that names the file if it cannot be read.
pub(super) fn read(path: &Path) -> Result<String> {
    let mut text = std::fs::read_to_string(path).map_err(|error| {
        let is_text = error.kind() != ErrorKind::InvalidData;
        let diagnostic = match is_text {
            true => cannot_read(error).with_hint("check the permissions of the file"),
            false => unreadable("the file is not valid UTF-8").with_hint("save the file as UTF-8"),
        };
        diagnostic.in_file(path.to_string_lossy())
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// Returns the diagnostic of a config file at `path` that cannot be parsed.
pub(super) fn broken(path: &Path, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic
        .with_code(Code::UnreadableFile)
        .in_file(path.to_string_lossy())
        .with_default_hint("correct the file, which the generator cannot read either")
}

/// Checks the time zone that the config file at `path` names.
///
/// # Errors
/// Returns an error with the line of the key if the time zone does not exist.
pub(super) fn check_time_zone(path: &Path, zone: &str) -> Result<()> {
    if TimeZone::get(zone).is_ok() {
        return Ok(());
    }
    let text = read(path)?;
    let names_zone = |line: &str| {
        let key = line.trim_start().trim_start_matches(['"', '\'']);
        let key = key.get(.."timezone".len()).unwrap_or_default();
        key.eq_ignore_ascii_case("timezone") && line.contains(zone)
    };
    let line = text.lines().position(names_zone);
    let diagnostic = Diagnostic::new(Code::InvalidConfig, format!("unknown time zone `{zone}`"));
    Err(diagnostic
        .in_file(path.to_string_lossy())
        .at(line.map(|index| FileSpan::of_line(index + 1)))
        .with_hint("use a name of the IANA database, such as `Europe/Oslo`")
        .into())
}

/// Returns the error for a folder without the config file that `generator` requires.
pub(super) fn missing(generator: &str, root: &Path, name: &str) -> Error {
    let root = root.display();
    let message = format!("no {generator} site found in `{root}`: missing `{name}`");
    Diagnostic::option(&["generator"], message)
        .with_hint("remove `generator`, or set `path` to the folder with that file")
        .into()
}
