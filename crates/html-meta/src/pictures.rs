//! The pictures that a part of a page shows and that could stand on a card: not its icons, avatars,
//! emoji and badges, not the dots that count readers, not what is written into the page itself.

use scraper::ElementRef;

use crate::candidates::MAX;
use crate::text::is_hidden;
use crate::tree::{self, attribute, name, words};

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

/// Words in a class that mark decoration.
const DECORATION: &[&str] = &[
    "avatar", "badge", "emoji", "favicon", "gravatar", "icon", "logo", "pixel", "profile",
];

/// Parts of the addresses of avatars, emoji, badges and counters, as their makers name them; a word
/// alone may be that of a post.
const FOREIGN: &[&str] = &[
    "/avatar.",
    "/avatars/",
    "/badge.svg",
    "/favicon.",
    "badge.fury.io",
    "badgen.net",
    "circleci.com",
    "codecov.io",
    "coveralls.io",
    "facebook.com/tr",
    "google-analytics.com",
    "gravatar.com",
    "shields.io",
    "travis-ci.",
    "twemoji",
];

/// The size in CSS pixels below which a picture is an icon, if both sides are smaller.
const SMALLEST: f32 = 65.0;

/// A picture as the page shows it.
pub(crate) struct Shown<'a> {
    /// Its address, perhaps a relative one.
    pub(crate) target: String,
    /// The alternative text.
    pub(crate) alt: Option<&'a str>,
}

/// Returns the first pictures in `scope`, each once, in their order.
pub(crate) fn shown<'a>(scope: ElementRef<'a>) -> Vec<Shown<'a>> {
    let mut pictures: Vec<Shown<'a>> = Vec::new();
    let elements = tree::walk(*scope, |element| {
        is_hidden(element) || matches!(name(element), "aside" | "footer" | "nav" | "template")
    });
    for image in elements
        .filter_map(ElementRef::wrap)
        .filter(|element| name(*element) == "img" && !is_decoration(*element))
    {
        if let Some(target) = target(image)
            && !is_foreign(&target)
            && pictures.iter().all(|known| known.target != target)
        {
            if pictures.len() == MAX {
                break;
            }
            pictures.push(Shown {
                target,
                alt: attribute(image, "alt"),
            });
        }
    }
    pictures
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

fn is_decoration(image: ElementRef<'_>) -> bool {
    let marked = words(image, "class")
        .flat_map(|class| class.split(['-', '_']))
        .any(|word| {
            DECORATION
                .iter()
                .any(|mark| word.eq_ignore_ascii_case(mark))
        });
    let side = |key| {
        let length = attribute(image, key)?.trim_end_matches("px");
        length.parse::<f32>().ok()
    };
    let is_small = match (side("width"), side("height")) {
        (Some(width), Some(height)) => width.max(height) < SMALLEST || width.min(height) <= 1.0,
        (Some(side), None) | (None, Some(side)) => side < SMALLEST,
        (None, None) => false,
    };
    marked || is_small
}

fn is_foreign(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    FOREIGN.iter().any(|part| target.contains(part))
}
