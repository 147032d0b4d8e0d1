//! The rules by which Bluesky's app makes a card from a page that people share. Posts of this sink have a card of their
//! own.

use syndicate_api::page_elements::*;
use syndicate_api::{
    PageElement, PageOccasion, PagePart, PagePictureRule, PageRules, PartRule, RuleBasis,
};

/// The rules of Bluesky's app, whose service CardyB reads the page.
pub(crate) static RULES: PageRules = PageRules {
    crawler: "Bluesky",
    occasion: PageOccasion::SharedLinks,
    parts: &[
        PartRule::needed(
            PagePart::Title,
            &[OG_TITLE, TWITTER_TITLE],
            "the card shows only an address",
        )
        .or_else(&[PageElement::Title], "the card shows its `<title>`"),
        PartRule::advised(
            PagePart::Description,
            &[OG_DESCRIPTION, TWITTER_DESCRIPTION, META_DESCRIPTION],
            "the card has no description",
        ),
        PartRule::needed(
            PagePart::Picture,
            &[OG_IMAGE, TWITTER_IMAGE],
            "the card has no picture",
        ),
    ],
    picture: PagePictureRule {
        formats: &[],
        max_bytes: None,
        min_pixels: None,
        resolves_relative: true,
    },
    basis: RuleBasis::Observation,
    sources: &[
        "https://opengraphplus.com/consumers/bluesky/tags",
        "https://docs.bsky.app/docs/advanced-guides/posts#website-card-embeds",
    ],
};
