//! The rules by which the crawler of a platform reads the page of a post. A sink declares them, and the engine applies
//! them to the built page, so that gaps are known before the post is sent.

use std::fmt;

/// The rules of one crawler.
#[derive(Clone, Copy, Debug)]
pub struct PageRules {
    /// The name of the platform, or of the program that reads the page.
    pub crawler: &'static str,
    /// The occasion on which the crawler reads the page.
    pub occasion: PageOccasion,
    /// The parts that it reads, in the order of display.
    pub parts: &'static [PartRule],
    /// The pictures that it accepts.
    pub picture: PagePictureRule,
    /// The basis of these rules.
    pub basis: RuleBasis,
    /// The URLs of the source files or documents that state these rules.
    pub sources: &'static [&'static str],
}

/// The basis of the rules of a crawler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleBasis {
    /// The source code of the crawler.
    SourceCode,
    /// The documentation of the platform.
    Documentation,
    /// Observations of others, because the platform documents less.
    Observation,
}

/// The occasion on which a crawler reads a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOccasion {
    /// After each post that this program sends.
    EachPost,
    /// When people share the link themselves. Posts of this program have a card of their own.
    SharedLinks,
}

/// A part of a card or a proof, and the elements that it is read from.
#[derive(Clone, Copy, Debug)]
pub struct PartRule {
    /// The part.
    pub part: PagePart,
    /// The elements that hold it, the preferred first.
    pub elements: &'static [PageElement],
    /// Elements that the crawler falls back to, with a worse result.
    pub fallback: &'static [PageElement],
    /// The effect on readers if only a fallback has a value, such as `the card shows its <title>`.
    pub fallback_effect: &'static str,
    /// The weight of a missing value.
    pub need: PartNeed,
    /// The effect on readers if the value is missing.
    pub missing_effect: &'static str,
    /// The rule for the value itself.
    pub value: Option<ValueRule>,
}

impl PartRule {
    /// Returns the rule of a part that is fine to be missing.
    #[must_use]
    pub const fn optional(part: PagePart, elements: &'static [PageElement]) -> Self {
        Self {
            part,
            elements,
            fallback: &[],
            fallback_effect: "",
            need: PartNeed::Optional,
            missing_effect: "",
            value: None,
        }
    }

    /// Returns the rule of a part without which the card lacks something important.
    #[must_use]
    pub const fn needed(
        part: PagePart,
        elements: &'static [PageElement],
        missing_effect: &'static str,
    ) -> Self {
        Self {
            need: PartNeed::Needed,
            missing_effect,
            ..Self::optional(part, elements)
        }
    }

    /// Returns the rule of a part that improves the card.
    #[must_use]
    pub const fn advised(
        part: PagePart,
        elements: &'static [PageElement],
        missing_effect: &'static str,
    ) -> Self {
        Self {
            need: PartNeed::Advised,
            missing_effect,
            ..Self::optional(part, elements)
        }
    }

    /// Returns the element to suggest for a missing value: the preferred one that is not part of a script.
    #[must_use]
    pub fn suggested_element(&self) -> Option<PageElement> {
        let mut elements = self.elements.iter().copied();
        elements.find(|element| !matches!(element, PageElement::JsonLd { .. }))
    }

    /// Adds elements that the crawler falls back to.
    #[must_use]
    pub const fn or_else(self, fallback: &'static [PageElement], effect: &'static str) -> Self {
        Self {
            fallback,
            fallback_effect: effect,
            ..self
        }
    }

    /// Sets the rule for the value.
    #[must_use]
    pub const fn with_value(self, value: ValueRule) -> Self {
        Self {
            value: Some(value),
            ..self
        }
    }
}

/// A part of a card, in the order of display.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PagePart {
    /// The title.
    Title,
    /// The description.
    Description,
    /// The picture.
    Picture,
    /// The alternative text of the picture.
    PictureAlt,
    /// The name of the site.
    Site,
    /// The author.
    Author,
    /// The address that the card leads to.
    Address,
    /// The layout of the card.
    Layout,
    /// The link by which the page confirms a record of the platform.
    Proof,
}

impl PagePart {
    /// Returns the name in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Description => "description",
            Self::Picture => "picture",
            Self::PictureAlt => "alternative text",
            Self::Site => "site",
            Self::Author => "author",
            Self::Address => "address",
            Self::Layout => "layout",
            Self::Proof => "proof",
        }
    }

    /// Returns the name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PictureAlt => "picture_alt",
            other => other.name(),
        }
    }
}

/// The weight of a missing value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartNeed {
    /// Readers miss something important.
    Needed,
    /// The card would be better with it.
    Advised,
    /// Nothing is missing.
    Optional,
}

/// A rule for a value.
#[derive(Clone, Copy, Debug)]
pub struct ValueRule {
    /// A value that satisfies the rule. It is part of the suggested element.
    pub example: &'static str,
    /// Returns `true` if a value satisfies the rule.
    pub is_met: fn(&str) -> bool,
    /// The effect on readers if the value does not.
    pub effect: &'static str,
}

/// An element of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageElement {
    /// `<meta property="…" content="…">`, or with `name`; crawlers accept both.
    Meta(&'static str),
    /// `<title>`.
    Title,
    /// `<link rel="…" href="…">`.
    Link(&'static str),
    /// A key of a JSON-LD object of one of these types.
    JsonLd {
        /// The types of schema.org.
        types: &'static [&'static str],
        /// The key.
        key: &'static str,
    },
}

/// Formats the name of the element: `og:title`, `<title>`, `link rel=canonical`, `JSON-LD headline`.
impl fmt::Display for PageElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Meta(key) if key.contains(':') => f.write_str(key),
            Self::Meta(key) => write!(f, "meta {key}"),
            Self::Title => f.write_str("<title>"),
            Self::Link(rel) => write!(f, "link rel={rel}"),
            Self::JsonLd { key, .. } => write!(f, "JSON-LD {key}"),
        }
    }
}

/// The pictures that a crawler accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PagePictureRule {
    /// The MIME types. Empty if they are not known.
    pub formats: &'static [&'static str],
    /// The maximum size in bytes, if it is known.
    pub max_bytes: Option<u64>,
    /// The smallest width and height that are shown, in pixels, if they are known.
    pub min_pixels: Option<(u32, u32)>,
    /// `true` if the crawler resolves an address without a host. The Open Graph protocol has none of these.
    pub resolves_relative: bool,
}

/// Elements of [The Open Graph protocol](https://ogp.me/) and of Twitter cards, which most crawlers agree on.
pub mod page_elements {
    use super::PageElement::{self, Meta};

    /// `og:title`.
    pub const OG_TITLE: PageElement = Meta("og:title");
    /// `og:description`.
    pub const OG_DESCRIPTION: PageElement = Meta("og:description");
    /// `og:image`.
    pub const OG_IMAGE: PageElement = Meta("og:image");
    /// `og:image:alt`.
    pub const OG_IMAGE_ALT: PageElement = Meta("og:image:alt");
    /// `og:site_name`.
    pub const OG_SITE_NAME: PageElement = Meta("og:site_name");
    /// `og:url`.
    pub const OG_URL: PageElement = Meta("og:url");
    /// `twitter:card`.
    pub const TWITTER_CARD: PageElement = Meta("twitter:card");
    /// `twitter:title`.
    pub const TWITTER_TITLE: PageElement = Meta("twitter:title");
    /// `twitter:description`.
    pub const TWITTER_DESCRIPTION: PageElement = Meta("twitter:description");
    /// `twitter:image`.
    pub const TWITTER_IMAGE: PageElement = Meta("twitter:image");
    /// The older name of `twitter:image`.
    pub const TWITTER_IMAGE_SRC: PageElement = Meta("twitter:image:src");
    /// The description for search engines.
    pub const META_DESCRIPTION: PageElement = Meta("description");
}

/// The effect of a title from `<title>`, which often ends in the name of the site.
const FROM_TITLE: &str = "the card shows its `<title>`";

impl PageRules {
    /// The rules of a platform that are not known in detail: the elements that crawlers agree on.
    pub const OPEN_GRAPH: Self = {
        use page_elements::*;
        Self {
            crawler: "the platform",
            occasion: PageOccasion::EachPost,
            parts: &[
                PartRule::needed(
                    PagePart::Title,
                    &[OG_TITLE, TWITTER_TITLE],
                    "the card shows only an address, or there is none",
                )
                .or_else(&[PageElement::Title], FROM_TITLE),
                PartRule::needed(
                    PagePart::Description,
                    &[OG_DESCRIPTION, TWITTER_DESCRIPTION, META_DESCRIPTION],
                    "the card has no description",
                ),
                PartRule::needed(
                    PagePart::Picture,
                    &[OG_IMAGE, TWITTER_IMAGE, TWITTER_IMAGE_SRC],
                    "the card has no picture",
                ),
                PartRule::advised(
                    PagePart::PictureAlt,
                    &[OG_IMAGE_ALT],
                    "screen readers do not describe the picture",
                ),
                PartRule::optional(PagePart::Site, &[OG_SITE_NAME]),
                PartRule::optional(PagePart::Address, &[PageElement::Link("canonical"), OG_URL]),
            ],
            picture: PagePictureRule {
                formats: &[],
                max_bytes: None,
                min_pixels: None,
                // Crawlers of which nothing is known get the benefit of the doubt.
                resolves_relative: true,
            },
            basis: RuleBasis::Documentation,
            sources: &["https://ogp.me/"],
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn element_names_are_readable() {
        let json_ld = PageElement::JsonLd {
            types: &["WebPage"],
            key: "headline",
        };
        for (element, name) in [
            (page_elements::OG_TITLE, "og:title"),
            (page_elements::META_DESCRIPTION, "meta description"),
            (PageElement::Title, "<title>"),
            (PageElement::Link("canonical"), "link rel=canonical"),
            (json_ld, "JSON-LD headline"),
        ] {
            assert_eq!(element.to_string(), name);
        }
    }
}
