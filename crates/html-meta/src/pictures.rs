//! Finds the pictures of a post that are suitable for a link card. Decorations, tracking pixels,
//! pictures in `data:` URLs and pictures of other posts are left out.

use scraper::ElementRef;

use crate::boilerplate::{is_boilerplate, is_teaser};
use crate::candidates::MAX_CANDIDATES;
use crate::decoration::{is_decoration, is_decoration_url};
use crate::tree::{self, attribute, name};

/// Attributes with the URL of a lazily loaded picture. The `src` of such an `<img>` is a
/// placeholder.
const LAZY_ATTRIBUTES: &[&str] = &[
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-orig-src",
];

/// Attributes with the URLs of a lazily loaded picture in several sizes.
const LAZY_SET_ATTRIBUTES: &[&str] = &["data-srcset", "data-lazy-srcset"];

/// A picture of the post.
pub(crate) struct PostPicture<'a> {
    /// The URL, which may be relative.
    pub(crate) target: String,
    /// The alternative text.
    pub(crate) alt: Option<&'a str>,
}

/// Returns the first pictures of the post in `scope`, without duplicates, in document order.
///
/// `block` is the element with the text of the post. If no `<article>` marks the post, only
/// pictures in `block` count, and in a `<main>` also those above it. `is_elsewhere` returns `true`
/// for the URL of another page of the site.
pub(crate) fn post_pictures<'a>(
    scope: ElementRef<'a>,
    block: Option<ElementRef<'a>>,
    is_elsewhere: impl Fn(&str) -> bool,
) -> Vec<PostPicture<'a>> {
    let mut pictures: Vec<PostPicture<'a>> = Vec::new();
    let is_marked = name(scope) == "article";
    let mut is_above = true;
    let elements = tree::descendants(*scope, |element| {
        is_boilerplate(element) || name(element) == "article"
    });
    for element in elements.filter_map(ElementRef::wrap) {
        is_above &= Some(element) != block;
        if name(element) != "img" {
            continue;
        }
        let is_part = is_marked
            || is_within(element, block)
            || (is_above && name(scope) != "body" && name(scope) != "html");
        if !is_part || is_teaser(element, scope, block, &is_elsewhere) {
            continue;
        }
        let attribute_of = |key: &str| attribute(element, key).map(str::to_owned);
        if let Some(target) = best_source(element)
            && !is_decoration(&target, attribute_of)
            && !attribute(element, "src").is_some_and(is_decoration_url)
            && pictures.iter().all(|known| known.target != target)
        {
            if pictures.len() == MAX_CANDIDATES {
                break;
            }
            pictures.push(PostPicture {
                target,
                alt: attribute(element, "alt"),
            });
        }
    }
    pictures
}

fn is_within(element: ElementRef<'_>, block: Option<ElementRef<'_>>) -> bool {
    block.is_some_and(|block| element.ancestors().any(|node| node == *block))
}

/// Returns the URL of the picture in the largest size that the page offers.
fn best_source(image: ElementRef<'_>) -> Option<String> {
    let first = |keys: &[&str]| keys.iter().find_map(|key| attribute(image, key));
    let lazy = first(LAZY_ATTRIBUTES).map(str::to_owned);
    lazy.or_else(|| first(LAZY_SET_ATTRIBUTES).and_then(largest))
        .or_else(|| attribute(image, "src").map(str::to_owned))
        .filter(|target| !is_inline_url(target))
        .or_else(|| attribute(image, "srcset").and_then(largest))
        .or_else(|| sources(image).find_map(largest))
}

/// Returns the `srcset` values of the `<picture>` around an image.
fn sources<'a>(image: ElementRef<'a>) -> impl Iterator<Item = &'a str> {
    let picture = image.parent().and_then(ElementRef::wrap);
    picture
        .filter(|parent| name(*parent) == "picture")
        .into_iter()
        .flat_map(|picture| picture.child_elements())
        .filter(|child| name(*child) == "source")
        .filter_map(|source| {
            attribute(source, "srcset").or_else(|| attribute(source, "data-srcset"))
        })
}

/// Returns the URL with the greatest width or density in a `srcset` (HTML standard, "Parsing a
/// srcset attribute"). A URL may contain commas but no white space.
fn largest(set: &str) -> Option<String> {
    let mut best: Option<(f32, &str)> = None;
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
        if rest.is_empty() {
            break;
        }
        let (word, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        let address = word.trim_end_matches(',');
        let (descriptor, after) = if address.len() < word.len() {
            ("", after)
        } else {
            after.split_at(after.find(',').unwrap_or(after.len()))
        };
        rest = after;
        let size = descriptor.trim().trim_end_matches(['w', 'x', 'h']).parse();
        let size = size.unwrap_or(1.0);
        if !is_inline_url(address) && best.is_none_or(|(known, _)| size > known) {
            best = Some((size, address));
        }
    }
    best.map(|(_, address)| address.to_owned())
}

fn is_inline_url(target: &str) -> bool {
    let scheme = target.split(':').next().unwrap_or_default();
    ["data", "blob", "about"]
        .iter()
        .any(|inline| scheme.eq_ignore_ascii_case(inline))
}
