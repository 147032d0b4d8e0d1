//! The pictures of a post that could stand on a card: not its icons, avatars, emoji and badges, not the
//! dots that count readers, not what is written into the page itself, and not those of other posts.

use scraper::ElementRef;

use crate::candidates::MAX;
use crate::decoration::{is_decoration, is_decoration_url};
use crate::furniture::{is_furniture, is_teaser};
use crate::tree::{self, attribute, name};

/// The attributes that hold a picture's address while it waits to be scrolled to; `src` then shows
/// a grey box.
const LAZY: &[&str] = &[
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-orig-src",
];

/// The same with several sizes.
const LAZY_SETS: &[&str] = &["data-srcset", "data-lazy-srcset"];

/// A picture as the page shows it.
pub(crate) struct Shown<'a> {
    /// Its address, perhaps a relative one.
    pub(crate) target: String,
    /// The alternative text.
    pub(crate) alt: Option<&'a str>,
}

/// Returns the first pictures of the post in `scope`, each once, in their order. `block` holds its
/// text: where no element marks the post, only what stands in the text counts, and in `<main>` also
/// what stands above it. `elsewhere` says which addresses are other pages of the site.
pub(crate) fn shown<'a>(
    scope: ElementRef<'a>,
    block: Option<ElementRef<'a>>,
    elsewhere: impl Fn(&str) -> bool,
) -> Vec<Shown<'a>> {
    let mut pictures: Vec<Shown<'a>> = Vec::new();
    let is_marked = name(scope) == "article";
    let mut is_above = true;
    let elements = tree::walk(*scope, |element| {
        is_furniture(element) || name(element) == "article"
    });
    for element in elements.filter_map(ElementRef::wrap) {
        is_above &= Some(element) != block;
        if name(element) != "img" {
            continue;
        }
        let is_part = is_marked
            || is_within(element, block)
            || (is_above && name(scope) != "body" && name(scope) != "html");
        if !is_part || is_teaser(element, scope, block, &elsewhere) {
            continue;
        }
        let written = |key: &str| attribute(element, key).map(str::to_owned);
        if let Some(target) = target(element)
            && !is_decoration(&target, written)
            && !attribute(element, "src").is_some_and(is_decoration_url)
            && pictures.iter().all(|known| known.target != target)
        {
            if pictures.len() == MAX {
                break;
            }
            pictures.push(Shown {
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

/// Returns the address of the picture itself, in the best size that the page offers.
fn target(image: ElementRef<'_>) -> Option<String> {
    let first = |keys: &[&str]| keys.iter().find_map(|key| attribute(image, key));
    let lazy = first(LAZY).map(str::to_owned);
    lazy.or_else(|| first(LAZY_SETS).and_then(largest))
        .or_else(|| attribute(image, "src").map(str::to_owned))
        .filter(|target| !is_inline(target))
        .or_else(|| attribute(image, "srcset").and_then(largest))
        .or_else(|| sources(image).find_map(largest))
}

/// Returns the sets of the `<picture>` that an image stands in.
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

/// Returns the picture with the highest width or density of a `srcset` (HTML standard, "Parsing a
/// srcset attribute"); an address may hold commas but no white space.
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
        if !is_inline(address) && best.is_none_or(|(known, _)| size > known) {
            best = Some((size, address));
        }
    }
    best.map(|(_, address)| address.to_owned())
}

fn is_inline(target: &str) -> bool {
    let scheme = target.split(':').next().unwrap_or_default();
    ["data", "blob", "about"]
        .iter()
        .any(|inline| scheme.eq_ignore_ascii_case(inline))
}
