//! Looks up the value of a field in front matter.

use std::borrow::Cow;

use serde_json::Value;
use syndicate_api::{Diagnostic, FieldOrigin, FileSpan};

use crate::document::FrontMatter;
use crate::value::{Sourced, invalid, scalar};

/// Returns the keys of a field in order: the user's, then the built-in ones.
pub(super) fn with_user_keys<'a>(own: &'a [String], built_in: &'a [&'a str]) -> Cow<'a, [&'a str]> {
    if own.is_empty() {
        return built_in.into();
    }
    let own = own.iter().map(String::as_str);
    own.chain(built_in.iter().copied()).collect()
}

/// Returns the first value under `paths` that is a scalar, as text.
pub(super) fn first_text(front: &FrontMatter, paths: &[&str]) -> Sourced<String> {
    paths.iter().find_map(|path| {
        let text = scalar(front.get(path)?)?;
        Some((text, FieldOrigin::FrontMatter((*path).to_owned())))
    })
}

/// Returns the first value under `paths`, as text.
///
/// # Errors
/// Returns a diagnostic if the first value of the file itself is neither text nor a number.
pub(super) fn text_or_error(
    front: &FrontMatter,
    paths: &[&str],
) -> Result<Sourced<String>, Diagnostic> {
    for path in paths {
        let Some(value) = front.get(path) else {
            continue;
        };
        match scalar(value) {
            Some(text) => return Ok(Some((text, FieldOrigin::FrontMatter((*path).to_owned())))),
            None if front.is_own(path) => return Err(not_text(front, path, value)),
            // The value for a whole folder may be meant for its templates.
            None => {}
        }
    }
    Ok(None)
}

/// Returns the diagnostic for the value at `path`, which is not text.
pub(super) fn not_text(front: &FrontMatter, path: &str, value: &Value) -> Diagnostic {
    wrong_type(front, path, value, "text")
        .with_hint("write text, in quotes if it is `true` or `false` or begins with `[` or `{`")
}

/// Returns the diagnostic for the value at `path`, which is not of the type `expected`.
pub(super) fn wrong_type(
    front: &FrontMatter,
    path: &str,
    value: &Value,
    expected: &str,
) -> Diagnostic {
    invalid(format!("`{path}` is not {expected}: `{value}`"))
        .at(front.line_of(path).map(FileSpan::of_line))
}
