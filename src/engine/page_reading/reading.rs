//! The values that one crawler reads from one page.

use syndicate_api::{Medium, PageLink, PagePart, PageRules};

use super::gap::PageGap;

/// The parts of a page that one crawler reads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageReading {
    /// The name of the platform.
    pub crawler: String,
    /// `true` if the crawler makes the card of the post from them.
    pub makes_card: bool,
    /// The built page, relative to pipeline.yaml. `None` if it could not be read; then the values are those of the post.
    pub page: Option<String>,
    /// The values, in the order of the rules, without the picture.
    pub parts: Vec<ReadPart>,
    /// The picture.
    pub picture: Option<PagePicture>,
    /// The parts that are missing, or not as they should be.
    pub gaps: Vec<PageGap>,
}

impl PageReading {
    /// Returns the value of a part.
    #[must_use]
    pub fn part(&self, part: PagePart) -> Option<&ReadPart> {
        self.parts.iter().find(|own| own.part == part)
    }
}

/// A value of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadPart {
    /// The part of the card.
    pub part: PagePart,
    /// The text, on one line.
    pub text: String,
    /// The element that it is from, such as `og:title`.
    pub origin: String,
}

/// The picture of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct PagePicture {
    /// Its URL.
    pub url: String,
    /// The alternative text.
    pub alt: Option<String>,
    /// The element that it is from, such as `og:image`.
    pub origin: String,
    /// The file of the built site, if there is one. It is not sent.
    pub medium: Option<Medium>,
}

/// The crawler of a sink, as far as it concerns one post.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct PageCrawler<'a> {
    /// The name of the platform.
    pub name: &'a str,
    /// The rules for the card, if the crawler reads one.
    pub rules: Option<&'a PageRules>,
    /// The links by which the page confirms records of the platform.
    pub links: &'a [PageLink],
    /// `true` if the crawler makes the card of the post.
    pub makes_card: bool,
}
