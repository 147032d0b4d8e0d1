//! Adds the picture of link cards to a page that has none.

use crate::{HeadEditor, HeadElement};

/// A picture for link cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardPicture<'a> {
    /// The absolute URL.
    pub url: &'a str,
    /// Width and height in pixels. Crawlers that know them show the picture before they have fetched it.
    pub pixels: (u32, u32),
    /// The alternative text; empty if there is none.
    pub alt: &'a str,
}

/// The layout of a card with a large picture, as Twitter cards name it.
const LARGE: &str = "summary_large_image";

/// The names of elements with a picture. The properties of a picture follow it (The Open Graph protocol, "Structured
/// Properties").
const NAMES: [&str; 4] = [
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
];

impl HeadEditor<'_> {
    /// Returns the URL of the page's picture for link cards, if it has one.
    #[must_use]
    pub fn picture(&self) -> Option<&str> {
        let mut names = NAMES.iter();
        names.find_map(|name| self.value(&HeadElement::meta(*name, "")))
    }

    /// Gives the page a picture for link cards: `og:image` with its size and alternative text, and `twitter:card`. A page
    /// with a picture is left alone, unless `is_own` returns `true` for the URL of that picture: then it is one that an
    /// earlier edit added, and the new one replaces it. Returns `true` if the page has the new picture now.
    pub fn add_picture(
        &mut self,
        picture: &CardPicture<'_>,
        is_own: impl FnOnce(&str) -> bool,
    ) -> bool {
        let image = HeadElement::meta("og:image", picture.url);
        if self
            .picture()
            .is_some_and(|url| url != picture.url && !is_own(url))
        {
            return false;
        }
        let (width, height) = picture.pixels;
        self.set(&image);
        self.set(&HeadElement::meta("og:image:width", width.to_string()));
        self.set(&HeadElement::meta("og:image:height", height.to_string()));
        if !picture.alt.is_empty() {
            self.set(&HeadElement::meta("og:image:alt", picture.alt));
        }
        self.add_missing(&HeadElement::meta("twitter:card", LARGE));
        true
    }
}
