//! Microformats 2 (microformats.org, "h-entry") of the first entry on a page, and the older
//! `rel=tag`, `rel=author` and, in `hatom`, the dates of hAtom.

mod hatom;
mod value;

use scraper::ElementRef;

use crate::collector::Collector;
use crate::tag_links;
use crate::text::visible;
use crate::tree::{self, Node, attribute, has_word, name, words};
use value::{address, date, plain};

/// The root classes of microformats 2. A list, because style sheets have classes that begin with
/// `h-` too, such as `h-full`.
const ROOTS: &[&str] = &[
    "h-adr",
    "h-app",
    "h-card",
    "h-cite",
    "h-entry",
    "h-event",
    "h-feed",
    "h-geo",
    "h-item",
    "h-listing",
    "h-product",
    "h-recipe",
    "h-resume",
    "h-review",
];

/// Collects what microformats state about the article, whose text is in `article`.
pub(crate) fn read(root: Node<'_>, article: ElementRef<'_>, collector: &mut Collector) {
    let mut elements = tree::elements(root);
    match elements.find(|element| has_word(*element, "class", "h-entry")) {
        Some(entry) => read_entry(entry, collector),
        None => hatom::read(root, article, collector),
    }
    let tags = tag_links::marked(article, collector);
    collector.tags(tags, "rel=tag");
    collector.authors(authors(article), "rel=author");
}

/// Returns whether the page marks itself as a list of entries.
pub(crate) fn has_feed(root: Node<'_>) -> bool {
    tree::elements(root).any(|element| has_word(element, "class", "h-feed"))
}

fn read_entry(entry: ElementRef<'_>, collector: &mut Collector) {
    let mut categories = Vec::new();
    let mut authors = Vec::new();
    for (property, element) in properties(entry) {
        match property {
            "p-name" => collector.title(&plain(element), property),
            "p-summary" => collector.description(&plain(element), property),
            "dt-published" => collector.published(date(element), property),
            "dt-updated" => collector.updated(date(element), property),
            "u-photo" | "u-featured" => {
                collector.image(address(element), attribute(element, "alt"), property);
            }
            "u-url" => collector.url(address(element), property),
            "p-category" => match tag_links::within(element, collector) {
                Some(links) => categories.extend(links),
                None => categories.push(plain(element)),
            },
            "p-author" => authors.push(author(element)),
            _ => {}
        }
    }
    collector.tags(categories, "p-category");
    collector.authors(authors, "p-author");
}

/// Returns the properties of `item`, not those of items within it.
fn properties<'a>(item: ElementRef<'a>) -> impl Iterator<Item = (&'a str, ElementRef<'a>)> {
    tree::elements(*item)
        .filter(move |element| {
            let mut outer = element.ancestors().filter_map(ElementRef::wrap);
            outer.find(|outer| is_root(*outer)) == Some(item)
        })
        .flat_map(|element| words(element, "class").map(move |class| (class, element)))
}

fn is_root(element: ElementRef<'_>) -> bool {
    words(element, "class").any(|class| ROOTS.contains(&class))
}

/// Returns the name on an author's card, or the author's name alone.
fn author(element: ElementRef<'_>) -> String {
    let name = is_root(element).then(|| properties(element).find(|(class, _)| *class == "p-name"));
    match name.flatten() {
        Some((_, name)) => plain(name),
        None => plain(element),
    }
}

/// Returns the texts of the links to authors.
fn authors(scope: ElementRef<'_>) -> impl Iterator<Item = String> {
    tree::elements_outside(*scope, &["template", "nav", "aside"])
        .filter(|element| name(*element) == "a" && has_word(*element, "rel", "author"))
        .map(visible)
}
