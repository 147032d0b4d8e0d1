//! Helpers of templates, such as `{{upper title}}`.
//!
//! A helper is a row of [`HELPERS`]: its signature and a function from values to a value. The checks of
//! a template and the reference page are made from the same rows. Helpers have no access to the clock,
//! to files or to the item; they see only their arguments.

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
use super::placeholders;

pub(super) use self::check_call::check;
pub(super) use self::mention::MENTION;
pub(super) use self::print::PRINT;
pub(super) use self::signature::CallSite;

/// The helpers of this program, in the order of the reference page.
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

/// The handlebars registry with these helpers: strict, and with placeholders instead of HTML escapes.
pub(super) static REGISTRY: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_escape_fn(|text| placeholders::value(&clean(text)));
    for helper in HELPERS.iter().copied().chain([&print::HELPER]) {
        registry.register_helper(helper.signature.name, Box::new(helper));
    }
    registry
});

/// Returns the signature of `name`, or `None` if templates may not call it.
pub(super) fn find(name: &str) -> Option<&'static Signature> {
    signatures().find(|signature| signature.name == name)
}

/// Returns the names that templates may call.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    signatures().map(|signature| signature.name)
}

fn signatures() -> impl Iterator<Item = &'static Signature> {
    HELPERS.iter().map(|helper| &helper.signature).chain(BLOCKS)
}
