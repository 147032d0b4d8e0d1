//! The input for the URL path of a Hugo page.

use syndicate_api::dates::ParsedDate;

use super::super::languages::Language;
use super::super::path::Style;
use super::super::tree::{ContentTree, Location};
use crate::generators::model::RouteInput;
use crate::value::scalar;

/// A page whose URL path is derived.
pub(in super::super) struct Page<'a> {
    pub(in super::super) location: &'a Location<'a>,
    pub(in super::super) tree: &'a ContentTree,
    pub(in super::super) language: &'a Language,
    /// `true` if languages have their own hosts.
    pub(in super::super) is_multihost: bool,
    pub(in super::super) style: Style,
    /// `true` if URLs end in `.html`.
    pub(in super::super) has_ugly_urls: bool,
    /// The default for `slug`: the rest of a name that begins with a date.
    pub(in super::super) named_slug: Option<&'a str>,
    pub(in super::super) date: Option<ParsedDate>,
    pub(in super::super) post: &'a RouteInput<'a>,
}

impl Page<'_> {
    /// Returns the front matter's slug without leading and trailing hyphens. Without a slug, returns
    /// the rest of a file name that begins with a date.
    pub(super) fn slug(&self) -> Option<String> {
        let own = self.post.front.get("slug").and_then(scalar);
        let own = own.map(|slug| slug.trim_matches('-').to_owned());
        own.filter(|slug| !slug.is_empty())
            .or_else(|| self.named_slug.map(str::to_owned))
    }
}
