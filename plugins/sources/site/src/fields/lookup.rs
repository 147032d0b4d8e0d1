//! How a field is looked for in front matter.

use syndicate_api::FieldOrigin;

use crate::document::Front;
use crate::value::{Sourced, scalar};

/// Returns the keys to look at for a field: the user's, then the built-in ones.
pub(super) fn with_own<'a>(own: &'a [String], built_in: &[&'a str]) -> Vec<&'a str> {
    let own = own.iter().map(String::as_str);
    own.chain(built_in.iter().copied()).collect()
}

/// Returns the first of `paths` whose value is a text.
pub(super) fn first_text(front: &Front, paths: &[&str]) -> Sourced<String> {
    paths.iter().find_map(|path| {
        let text = scalar(front.get(path)?)?;
        Some((text, FieldOrigin::FrontMatter((*path).to_owned())))
    })
}
