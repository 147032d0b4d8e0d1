//! The addresses of pictures on a page, which differ between an exported and a served one.

use syndicate_api::Medium;

/// Returns the `src` of a medium on the page.
pub(super) type Pictures<'p> = &'p dyn Fn(&Medium) -> String;
