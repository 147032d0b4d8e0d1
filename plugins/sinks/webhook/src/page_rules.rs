//! The rules by which the platforms make cards from pages, if the sink sends none of its own.

use syndicate_api::page_elements::*;
use syndicate_api::{
    PageElement, PageOccasion, PagePart, PagePictureRule, PageRules, PartRule, RuleBasis, ValueRule,
};

use crate::options::CardStyle;

const TITLE: PartRule = PartRule::needed(
    PagePart::Title,
    &[OG_TITLE, TWITTER_TITLE],
    "the post has no card, or one with only an address",
)
.or_else(&[PageElement::Title], "the card shows its `<title>`");

const DESCRIPTION: PartRule = PartRule::needed(
    PagePart::Description,
    &[OG_DESCRIPTION, TWITTER_DESCRIPTION, META_DESCRIPTION],
    "the card has no description",
);

const PICTURE: PartRule = PartRule::needed(
    PagePart::Picture,
    &[OG_IMAGE, TWITTER_IMAGE],
    "the card has no picture",
);

const SITE: PartRule = PartRule::optional(PagePart::Site, &[OG_SITE_NAME]);

/// The rule for `twitter:card` on platforms that show a large picture only on request.
const LARGE_PICTURE: PartRule = PartRule::advised(
    PagePart::Layout,
    &[TWITTER_CARD],
    "the picture is a small square beside the text",
)
.with_value(ValueRule {
    example: "summary_large_image",
    is_met: |layout| layout.eq_ignore_ascii_case("summary_large_image"),
    effect: "the picture is a small square beside the text",
});

/// The pictures of crawlers that document none.
const ANY_PICTURE: PagePictureRule = PagePictureRule {
    formats: &[],
    max_bytes: None,
    min_pixels: None,
    resolves_relative: true,
};

/// The rules of Slack's "classic unfurls". Slack prefers an oEmbed link, and of the elements of one part the first on the
/// page.
pub(crate) static SLACK: PageRules = PageRules {
    crawler: "Slack",
    occasion: PageOccasion::EachPost,
    parts: &[TITLE, DESCRIPTION, PICTURE, SITE],
    picture: ANY_PICTURE,
    basis: RuleBasis::Documentation,
    sources: &[
        "https://docs.slack.dev/messaging/unfurling-links-in-messages",
        "https://api.slack.com/robots",
    ],
};

/// The rules of Discord's link previews.
pub(crate) static DISCORD: PageRules = PageRules {
    crawler: "Discord",
    occasion: PageOccasion::EachPost,
    parts: &[TITLE, DESCRIPTION, PICTURE, LARGE_PICTURE, SITE],
    picture: ANY_PICTURE,
    basis: RuleBasis::Documentation,
    sources: &["https://docs.discord.com/developers/link-previews/overview"],
};

/// The rules of Telegram's link previews.
pub(crate) static TELEGRAM: PageRules = PageRules {
    crawler: "Telegram",
    occasion: PageOccasion::EachPost,
    parts: &[TITLE, DESCRIPTION, PICTURE, SITE],
    picture: ANY_PICTURE,
    basis: RuleBasis::Observation,
    sources: &[
        "https://share-preview.com/blog/telegram-link-preview",
        "https://www.tryunfurl.com/telegram-link-preview.html",
    ],
};

/// Returns `rules` if the platform makes the card.
pub(crate) fn of(card: CardStyle, rules: &'static PageRules) -> Option<&'static PageRules> {
    (card == CardStyle::Platform).then_some(rules)
}
