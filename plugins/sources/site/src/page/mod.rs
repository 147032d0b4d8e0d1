//! What a built HTML page says of itself: for each field of an item every value that the page
//! offers, the most deliberate first, and the facts that tell a post from a list, a redirect or an
//! error page. It decides nothing: which value wins, whether the page is a post and which file of
//! the site a picture is are for those who know the other pages and the Markdown.
//!
//! The order is the same for each field: what was written for sharing (Open Graph, Twitter), what is
//! marked up as being about the article (JSON-LD, microdata, microformats), what the head says of
//! the page, what readers see. `candidates` holds the values, `collector` cleans them on their way
//! there, and there is a room for each place that they come from.

mod article;
mod article_words;
mod base;
mod candidates;
mod charset;
mod collector;
mod head;
mod json_ld;
mod microdata;
mod microformats;
mod pictures;
mod redirect;
mod signs;
#[cfg(test)]
mod tests;
mod text;
mod tree;

use jiff::tz::TimeZone;
use scraper::ElementRef;
use syndicate_api::{ArticleText, Image, Moment, TextKind};
use url::Url;

use collector::Collector;
use head::Head;

pub(crate) use candidates::Candidates;
pub(crate) use json_ld::is_article;
pub(crate) use signs::Signs;

/// No more of a page is read, in bytes. Ten times what long posts have; what comes later is the end
/// of a text of which a card shows the beginning.
pub(crate) const MAX_BYTES: usize = 4 << 20;

/// What a page offers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page {
    /// The page's own address, as it gives it; the host may be a wrong one.
    pub(crate) url: Candidates<String>,
    /// The title; those of the head often carry the site's name.
    pub(crate) title: Candidates<String>,
    /// What the post is about.
    pub(crate) description: Candidates<String>,
    /// Its pictures; several of one origin stand in the page's order. No file is known here.
    pub(crate) images: Candidates<Image>,
    /// When it appeared.
    pub(crate) published: Candidates<Moment>,
    /// When it was last changed.
    pub(crate) updated: Candidates<Moment>,
    /// All tags that one place names.
    pub(crate) tags: Candidates<Vec<String>>,
    /// Who wrote it; several names have commas between.
    pub(crate) author: Candidates<String>,
    /// The language, as a BCP 47 tag.
    pub(crate) lang: Candidates<String>,
    /// The name of the site, which titles may carry.
    pub(crate) site_name: Candidates<String>,
    /// What tells whether it is a post.
    pub(crate) signs: Signs,
    /// The digest of the article's words, where it was asked for.
    pub(crate) text: Option<ArticleText>,
    /// Whether the page was too long, too large or too deeply nested to be read to its end.
    pub(crate) partial: bool,
}

/// Reads a page. `address` is where it lies, if that is known: without it, and without an address of
/// its own, relative addresses on the page say nothing and are left out. Dates without an offset are
/// meant in `zone`.
///
/// Any bytes make a page, though perhaps an empty one.
pub(crate) fn read(bytes: &[u8], address: Option<&Url>, zone: &TimeZone) -> Page {
    read_parts(bytes, address, zone, |_| None)
}

/// Reads a page together with the words of its article, which takes longer.
pub(crate) fn read_with_text(bytes: &[u8], address: Option<&Url>, zone: &TimeZone) -> Page {
    read_parts(bytes, address, zone, |post| {
        ArticleText::of(TextKind::Page, &article_words::read(post))
    })
}

fn read_parts(
    bytes: &[u8],
    address: Option<&Url>,
    zone: &TimeZone,
    text: impl Fn(ElementRef<'_>) -> Option<ArticleText>,
) -> Page {
    let kept = &bytes[..bytes.len().min(MAX_BYTES)];
    let (html, whole) = tree::parse(&charset::decode(kept));
    let root = html.tree.root();
    let head = Head::read(root);
    let base = head.base(address);
    let article = article::Scopes::find(root);
    let documents = json_ld::documents(root);
    let schema = json_ld::Schema::new(&documents);

    let mut collector = Collector::new(base, zone);
    head.shared(&mut collector);
    schema.read(&mut collector);
    microdata::read(root, &mut collector);
    microformats::read(root, article.post(), &mut collector);
    head.described(&mut collector);
    collector.end_of_statements();
    article.read(&mut collector);

    let signs = signs::read(root, &head, &schema, &article, &collector);
    Page {
        signs,
        text: text(article.post()),
        partial: !whole || kept.len() < bytes.len(),
        ..collector.finish()
    }
}

/// All words that a page shows, in any place of it and with no order promised between title and text:
/// for finding a sentence in it. Letters and digits alone, in lower case, for each generator has its
/// own idea of quotation marks and dashes.
pub(crate) fn words(bytes: &[u8]) -> String {
    let (html, _) = tree::parse(&charset::decode(&bytes[..bytes.len().min(MAX_BYTES)]));
    let mut words = String::new();
    for node in tree::walk(html.tree.root(), |element| {
        matches!(tree::name(element), "script" | "style" | "template")
    }) {
        if let Some(text) = node.value().as_text() {
            words.push_str(&fold(text));
        }
    }
    words
}

/// The letters and digits of a text, in lower case.
pub(crate) fn fold(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
