//! The rules by which Mastodon makes a card from a page. Servers with the same API read nearly the same elements.

use syndicate_api::page_elements::*;
use syndicate_api::{
    PageElement, PageOccasion, PagePart, PagePictureRule, PageRules, PartRule, RuleBasis, ValueRule,
};

use crate::text::handle;

/// The types of JSON-LD objects that Mastodon prefers to the elements of the head.
const ARTICLES: &[&str] = &["NewsArticle", "WebPage"];

/// The rules of Mastodon 4. Its oEmbed requests, which come first, are left out: blogs answer them with the type `rich`,
/// which Mastodon does not use.
pub(crate) static RULES: PageRules = PageRules {
    crawler: "Mastodon",
    occasion: PageOccasion::EachPost,
    parts: &[
        PartRule::needed(
            PagePart::Title,
            &[json_ld("headline"), OG_TITLE],
            "the post has no card",
        )
        .or_else(&[PageElement::Title], "the card shows its `<title>`"),
        PartRule::needed(
            PagePart::Description,
            &[json_ld("description"), OG_DESCRIPTION, META_DESCRIPTION],
            "the card has no description",
        ),
        PartRule::needed(PagePart::Picture, &[OG_IMAGE], "the card has no picture"),
        PartRule::advised(
            PagePart::PictureAlt,
            &[OG_IMAGE_ALT],
            "screen readers do not describe the picture",
        ),
        PartRule::optional(PagePart::Site, &[OG_SITE_NAME]),
        PartRule::advised(
            PagePart::Author,
            &[PageElement::Meta("fediverse:creator")],
            "the card names no author",
        )
        .with_value(ValueRule {
            example: "@you@example.social",
            is_met: |creator| handle(creator).is_some(),
            effect: "that is not the address of an account, so the card names no author",
        }),
        PartRule::optional(PagePart::Address, &[PageElement::Link("canonical"), OG_URL]),
    ],
    picture: PagePictureRule {
        formats: &["image/jpeg", "image/png", "image/gif", "image/webp"],
        // Servers that use ImageMagick instead of libvips accept 2 MiB only.
        max_bytes: Some(8 << 20),
        min_pixels: None,
        resolves_relative: true,
    },
    basis: RuleBasis::SourceCode,
    sources: &[
        "https://github.com/mastodon/mastodon/blob/main/app/lib/link_details_extractor.rb",
        "https://github.com/mastodon/mastodon/blob/main/app/models/preview_card.rb",
        "https://github.com/mastodon/mastodon/pull/30398",
    ],
};

const fn json_ld(key: &'static str) -> PageElement {
    PageElement::JsonLd {
        types: ARTICLES,
        key,
    }
}
