//! What a template can do with a value: `{{upper title}}`. A helper is a row of [`HELPERS`], which says
//! how it is called, and a function from values to a value; the checks of a template and the
//! reference page are made from the same rows. Helpers see no clock, no file and no item but what
//! they are given.

mod arguments;
mod case;
mod check_call;
mod date;
mod fallback;
mod first_sentence;
mod fit;
mod hashtags;
mod helper;
mod join;
mod len;
mod mention;
mod print;
mod signature;
mod truncate;

use std::sync::LazyLock;

use handlebars::Handlebars;

use self::helper::Helper;
use self::signature::{BLOCKS, Signature};
use super::clean::clean;
use super::marks;

pub(super) use self::check_call::check;
pub(super) use self::mention::MENTION;
pub(super) use self::print::PRINT;
pub(super) use self::signature::CallSite;

/// The helpers of ours, as the reference page lists them.
pub(super) const HELPERS: &[&Helper] = &[
    &date::DATE,
    &fallback::DEFAULT,
    &first_sentence::FIRST_SENTENCE,
    &fit::FIT,
    &hashtags::HASHTAG,
    &hashtags::HASHTAGS,
    &join::JOIN,
    &len::LEN,
    &case::LOWER,
    &mention::HELPER,
    &fallback::OPTIONAL,
    &truncate::TRUNCATE,
    &case::UPPER,
];

/// Handlebars with our helpers, strict, and with values marked instead of HTML-escaped.
pub(super) static REGISTRY: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_escape_fn(|text| marks::value(&clean(text)));
    for helper in HELPERS.iter().copied().chain([&print::HELPER]) {
        registry.register_helper(helper.signature.name, Box::new(helper));
    }
    registry
});

/// How `name` is called, if a template may call it.
pub(super) fn find(name: &str) -> Option<&'static Signature> {
    signatures().find(|signature| signature.name == name)
}

/// The names that a template may call.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    signatures().map(|signature| signature.name)
}

fn signatures() -> impl Iterator<Item = &'static Signature> {
    HELPERS.iter().map(|helper| &helper.signature).chain(BLOCKS)
}
