//! The rules by which LinkedIn makes a card from a page that people share. Posts of this sink have a card of their own.

use syndicate_api::page_elements::*;
use syndicate_api::{
    PageElement, PageOccasion, PagePart, PagePictureRule, PageRules, PartRule, RuleBasis,
};

/// The rules of LinkedIn's crawler. It ignores the elements of Twitter cards.
pub(crate) static RULES: PageRules = PageRules {
    crawler: "LinkedIn",
    occasion: PageOccasion::SharedLinks,
    parts: &[
        PartRule::needed(
            PagePart::Title,
            &[OG_TITLE],
            "the card shows only an address",
        )
        .or_else(&[PageElement::Title], "the card shows its `<title>`"),
        PartRule::advised(
            PagePart::Description,
            &[OG_DESCRIPTION],
            "the card has no description",
        )
        .or_else(&[META_DESCRIPTION], "the card may have no description"),
        PartRule::needed(PagePart::Picture, &[OG_IMAGE], "the card has no picture"),
        PartRule::optional(PagePart::Address, &[OG_URL]),
    ],
    picture: PagePictureRule {
        formats: &[],
        max_bytes: Some(5_000_000),
        min_pixels: None,
        resolves_relative: false,
    },
    basis: RuleBasis::Observation,
    sources: &[
        "https://www.techcompare.app/open-graph-viewer/linkedin-og-tags",
        "https://ogproof.veridux.ai/blog/linkedin-open-graph-tags",
    ],
};
