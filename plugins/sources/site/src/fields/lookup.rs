//! Looks up the value of a field in front matter.

use syndicate_api::FieldOrigin;

use crate::document::FrontMatter;
use crate::value::{Sourced, scalar};

/// Returns the keys of a field in order: the user's, then the built-in ones.
pub(super) fn with_user_keys<'a>(own: &'a [String], built_in: &[&'a str]) -> Vec<&'a str> {
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
