//! Parts of a page that hold pictures of something else than the post: teasers of other posts, the
//! author's box, buttons, comments. Themes that print no `og:image` put these beside or into the post,
//! so that elements alone do not decide; a picture of theirs on a card would be a wrong one, while a
//! picture of the post that is missed leaves the card bare and says so.

use std::collections::HashMap;

use ego_tree::NodeId;
use scraper::ElementRef;
use url::Url;

use crate::text::{is_hidden, weight};
use crate::tree::{self, attribute, name, words};

/// Elements that hold no picture of the post.
const ELEMENTS: &[&str] = &["aside", "dialog", "footer", "form", "nav", "template"];

/// Words in the class or the id of such a part.
const WORDS: &[&str] = &[
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
    "donate",
    "flags",
    "footer",
    "masthead",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "next",
    "pager",
    "pagination",
    "prev",
    "previous",
    "recommend",
    "recommended",
    "recommendations",
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
    "widget",
    "widgets",
];

/// What generators put before the name of a tag to make a class of it; the name may be any word.
const TAXONOMIES: &[&str] = &["cat", "category", "tag"];

/// The endings of addresses that are pictures, to which a picture may lead.
const PICTURES: &[&str] = &[
    ".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp",
];

/// The number of elements from which on a part of a page is more than the teaser of one post.
const CARD: usize = 40;

/// Returns whether all that `element` holds is something else than the post.
pub(crate) fn is_furniture(element: ElementRef<'_>) -> bool {
    ELEMENTS.contains(&name(element)) || is_hidden(element) || is_marked(element)
}

/// Returns whether the class or the id names furniture.
fn is_marked(element: ElementRef<'_>) -> bool {
    let named = ["class", "id"].into_iter();
    named
        .flat_map(|key| words(element, key))
        .filter(|word| {
            let first = word.split(['-', '_']).next().unwrap_or_default();
            !TAXONOMIES.contains(&first)
        })
        .flat_map(|word| word.split(['-', '_']))
        .any(|part| WORDS.iter().any(|word| part.eq_ignore_ascii_case(word)))
}

/// Returns the element in `scope` whose paragraphs hold most of its text; `is_prose` says which
/// paragraphs count. A post may be parted into sections, so that half of the text counts for the
/// element above.
pub(crate) fn text_block<'a>(
    scope: ElementRef<'a>,
    is_prose: impl Fn(ElementRef<'a>) -> bool,
) -> Option<ElementRef<'a>> {
    let mut weights: HashMap<NodeId, usize> = HashMap::new();
    let mut best: Option<(usize, ElementRef<'a>)> = None;
    let paragraphs = tree::walk(*scope, is_furniture)
        .filter_map(ElementRef::wrap)
        .filter(|element| name(*element) == "p" && is_prose(*element));
    for paragraph in paragraphs {
        let own = weight(paragraph);
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

/// Returns whether `image` belongs to a teaser of another post of the site: it links there, outside of
/// a paragraph, or stands under or over a heading that does. `block` holds the text of the post.
pub(crate) fn is_teaser(
    image: ElementRef<'_>,
    scope: ElementRef<'_>,
    block: Option<ElementRef<'_>>,
    elsewhere: &impl Fn(&str) -> bool,
) -> bool {
    let leads = |element: ElementRef<'_>| {
        name(element) == "a" && attribute(element, "href").is_some_and(elsewhere)
    };
    let mut is_in_paragraph = false;
    let mut is_small = true;
    let above = image.ancestors().filter_map(ElementRef::wrap);
    for ancestor in above.take_while(|ancestor| *ancestor != scope && Some(*ancestor) != block) {
        is_in_paragraph |= name(ancestor) == "p";
        if leads(ancestor) && !is_in_paragraph && !is_within_paragraph(ancestor, scope) {
            return true;
        }
        is_small = is_small && tree::elements(*ancestor).nth(CARD).is_none();
        if is_small && !holds(ancestor, block) && heading_leads(ancestor, &leads) {
            return true;
        }
    }
    false
}

/// Returns whether a heading in `element` is a link for which `leads` holds.
fn heading_leads(element: ElementRef<'_>, leads: &impl Fn(ElementRef<'_>) -> bool) -> bool {
    let headings = tree::elements(*element)
        .filter(|element| matches!(name(*element), "h2" | "h3" | "h4" | "h5"));
    let mut links = headings.flat_map(|heading| {
        let around = heading.parent().and_then(ElementRef::wrap);
        tree::elements(*heading).chain(around)
    });
    links.any(leads)
}

fn holds(element: ElementRef<'_>, block: Option<ElementRef<'_>>) -> bool {
    block.is_some_and(|block| block == element || block.ancestors().any(|node| node == *element))
}

fn is_within_paragraph(element: ElementRef<'_>, scope: ElementRef<'_>) -> bool {
    let above = element.ancestors().filter_map(ElementRef::wrap);
    above
        .take_while(|ancestor| *ancestor != scope)
        .any(|ancestor| name(ancestor) == "p")
}

/// Returns whether `target` is another page of the site of `page` than that page itself.
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
