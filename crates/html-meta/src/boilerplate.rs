//! Recognizes the parts of a page whose pictures do not belong to the post: teasers of other posts,
//! the author box, buttons, comments.
//!
//! Themes that write no `og:image` put these parts beside or into the post, so element names alone
//! are not sufficient. Rejecting too many pictures is the safer mistake: a card with a foreign
//! picture is wrong, but a card without a picture is reported to the user.

use std::collections::HashMap;

use ego_tree::NodeId;
use scraper::ElementRef;
use url::Url;

use crate::text::{is_hidden, text_len};
use crate::tree::{self, attribute, attribute_words, has_word, name};

/// Elements that never contain a picture of the post.
const ELEMENTS: &[&str] = &["aside", "dialog", "footer", "form", "nav", "template"];

/// Words in the class or id of a boilerplate element.
const NAME_WORDS: &[&str] = &[
    "adjacent",
    "ads",
    "advert",
    "author",
    "authors",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "comment",
    "comments",
    "contributor",
    "contributors",
    "donate",
    "flags",
    "footer",
    "hcard",
    "masthead",
    "menu",
    "meta",
    "metadata",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "next",
    "pager",
    "pagination",
    "prev",
    "previous",
    "profile",
    "recommend",
    "recommendations",
    "recommended",
    "related",
    "share",
    "sharing",
    "sidebar",
    "similar",
    "social",
    "sponsor",
    "sponsors",
    "subscribe",
    "suggested",
    "topbar",
    "vcard",
    "widget",
    "widgets",
];

/// Class prefixes that generators put before the name of a tag. The name itself may be any word.
const TAXONOMIES: &[&str] = &["cat", "category", "tag"];

/// File extensions of pictures. A picture may link to its larger version.
const PICTURES: &[&str] = &[
    ".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp",
];

/// Maximum number of elements in the teaser of one post.
const MAX_TEASER_ELEMENTS: usize = 40;

/// Returns `true` if nothing in `element` belongs to the post.
pub(crate) fn is_boilerplate(element: ElementRef<'_>) -> bool {
    ELEMENTS.contains(&name(element))
        || is_hidden(element)
        || has_boilerplate_name(element)
        || describes_person(element)
}

/// Returns `true` if microdata, microformats or `rel` mark `element` as a person or an
/// organisation.
fn describes_person(element: ElementRef<'_>) -> bool {
    let has = |key: &str, values: &[&str]| values.iter().any(|value| has_word(element, key, value));
    has("itemprop", &["author", "creator", "publisher"])
        || has("rel", &["author"])
        || has("class", &["h-card"])
}

/// Returns `true` if the class or id contains one of [`NAME_WORDS`].
fn has_boilerplate_name(element: ElementRef<'_>) -> bool {
    let named = ["class", "id"].into_iter();
    named
        .flat_map(|key| attribute_words(element, key))
        .filter(|word| {
            let first = word.split(['-', '_']).next().unwrap_or_default();
            !TAXONOMIES.contains(&first)
        })
        .flat_map(|word| word.split(['-', '_']))
        .any(|part| {
            NAME_WORDS
                .iter()
                .any(|word| part.eq_ignore_ascii_case(word))
        })
}

/// Returns the element in `scope` whose paragraphs contain most of the text. Only paragraphs that
/// pass `is_prose` count. A paragraph counts in full for its parent and by half for its
/// grandparent, because a post may be divided into sections.
pub(crate) fn text_block<'a>(
    scope: ElementRef<'a>,
    is_prose: impl Fn(ElementRef<'a>) -> bool,
) -> Option<ElementRef<'a>> {
    let mut weights: HashMap<NodeId, usize> = HashMap::new();
    let mut best: Option<(usize, ElementRef<'a>)> = None;
    let paragraphs = tree::descendants(*scope, is_boilerplate)
        .filter_map(ElementRef::wrap)
        .filter(|element| name(*element) == "p" && is_prose(*element));
    for paragraph in paragraphs {
        let own = text_len(paragraph);
        let above = paragraph.ancestors().filter_map(ElementRef::wrap);
        for (ancestor, share) in above.zip([own, own / 2]) {
            let sum = weights.entry(ancestor.id()).or_default();
            *sum += share;
            if best.is_none_or(|(most, _)| *sum > most) {
                best = Some((*sum, ancestor));
            }
            if ancestor == scope {
                break;
            }
        }
    }
    best.map(|(_, block)| block)
}

/// Returns `true` if `image` belongs to a byline or to the teaser of another post of the site.
///
/// An image of a teaser is in a link to the other post that is not part of a paragraph, or shares a
/// small element with a heading that links there. An image of a byline shares a small element with
/// a date. `block` is the element with the text of the post.
pub(crate) fn is_teaser(
    image: ElementRef<'_>,
    scope: ElementRef<'_>,
    block: Option<ElementRef<'_>>,
    is_elsewhere: &impl Fn(&str) -> bool,
) -> bool {
    let links_elsewhere = |element: ElementRef<'_>| {
        name(element) == "a" && attribute(element, "href").is_some_and(is_elsewhere)
    };
    let mut is_in_paragraph = false;
    let mut is_small = true;
    let above = image.ancestors().filter_map(ElementRef::wrap);
    for ancestor in above.take_while(|ancestor| *ancestor != scope && Some(*ancestor) != block) {
        is_in_paragraph |= name(ancestor) == "p";
        if links_elsewhere(ancestor) && !is_in_paragraph && !is_within_paragraph(ancestor, scope) {
            return true;
        }
        is_small = is_small && tree::elements(*ancestor).nth(MAX_TEASER_ELEMENTS).is_none();
        if !is_small || contains(ancestor, block) {
            continue;
        }
        if heading_links_elsewhere(ancestor, &links_elsewhere) || is_byline(ancestor) {
            return true;
        }
    }
    false
}

/// Returns `true` if `element` is a line with a date. Such a line may show the author's portrait.
fn is_byline(element: ElementRef<'_>) -> bool {
    let has = |names: &[&str]| tree::elements(*element).any(|inner| names.contains(&name(inner)));
    has(&["time"]) && !has(&["h1", "h2", "h3", "figure"])
}

/// Returns `true` if a heading in `element` contains or is in a link that passes `links_elsewhere`.
fn heading_links_elsewhere(
    element: ElementRef<'_>,
    links_elsewhere: &impl Fn(ElementRef<'_>) -> bool,
) -> bool {
    let headings = tree::elements(*element)
        .filter(|element| matches!(name(*element), "h2" | "h3" | "h4" | "h5"));
    let mut links = headings.flat_map(|heading| {
        let around = heading.parent().and_then(ElementRef::wrap);
        tree::elements(*heading).chain(around)
    });
    links.any(links_elsewhere)
}

fn contains(element: ElementRef<'_>, block: Option<ElementRef<'_>>) -> bool {
    block.is_some_and(|block| block == element || block.ancestors().any(|node| node == *element))
}

fn is_within_paragraph(element: ElementRef<'_>, scope: ElementRef<'_>) -> bool {
    let above = element.ancestors().filter_map(ElementRef::wrap);
    above
        .take_while(|ancestor| *ancestor != scope)
        .any(|ancestor| name(ancestor) == "p")
}

/// Returns `true` if `target` is a page of the same site as `page`, but not `page` itself.
pub(crate) fn is_other_page(target: &str, page: Option<&str>) -> bool {
    let (Ok(target), Some(Ok(page))) = (Url::parse(target), page.map(Url::parse)) else {
        return false;
    };
    let path = target.path().to_ascii_lowercase();
    let is_picture = PICTURES.iter().any(|ending| path.ends_with(ending));
    let trimmed = |url: &Url| {
        let path = url.path().trim_end_matches("index.html");
        path.trim_end_matches('/').to_owned()
    };
    target.host() == page.host() && !is_picture && trimmed(&target) != trimmed(&page)
}
