//! Reads the first `h-entry` of microformats 2 (microformats.org, "h-entry") and the older
//! `rel=tag` and `rel=author`. `hatom` reads the dates of hAtom.

mod hatom;
mod value;

use scraper::ElementRef;

use crate::collector::Collector;
use crate::tag_links;
use crate::text::visible_text;
use crate::tree::{self, Node, attribute, attribute_words, has_word, name};
use value::{date_value, text_value, url_value};

/// The root classes of microformats 2. They are listed because style sheets also use classes with
/// the prefix `h-`, such as `h-full`.
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

/// Collects the metadata of the entry. `article` is the element with its text.
pub(crate) fn read(root: Node<'_>, article: ElementRef<'_>, collector: &mut Collector) {
    let mut elements = tree::elements(root);
    match elements.find(|element| has_word(*element, "class", "h-entry")) {
        Some(entry) => read_entry(entry, collector),
        None => hatom::read(root, article, collector),
    }
    let tags = tag_links::rel_tags(article, collector);
    collector.add_tags(tags, "rel=tag");
    collector.add_authors(linked_authors(article), "rel=author");
}

/// Returns `true` if the page contains an `h-feed`, a list of entries.
pub(crate) fn has_feed(root: Node<'_>) -> bool {
    tree::elements(root).any(|element| has_word(element, "class", "h-feed"))
}

fn read_entry(entry: ElementRef<'_>, collector: &mut Collector) {
    let mut categories = Vec::new();
    let mut authors = Vec::new();
    for (property, element) in properties(entry) {
        match property {
            "p-name" => collector.add_title(&text_value(element), "p-name"),
            "p-summary" => collector.add_description(&text_value(element), "p-summary"),
            "dt-published" => collector.add_published(date_value(element), "dt-published"),
            "dt-updated" => collector.add_updated(date_value(element), "dt-updated"),
            "u-photo" | "u-featured" => {
                let origin = property.to_owned();
                collector.add_image(url_value(element), attribute(element, "alt"), origin);
            }
            "u-url" => collector.add_url(url_value(element), "u-url"),
            "p-category" => match tag_links::linked_tags(element, collector) {
                Some(links) => categories.extend(links),
                None => categories.push(text_value(element)),
            },
            "p-author" => authors.push(author_name(element)),
            _ => {}
        }
    }
    collector.add_tags(categories, "p-category");
    collector.add_authors(authors, "p-author");
}

/// Returns the properties of `item`, without those of nested items.
fn properties<'a>(item: ElementRef<'a>) -> impl Iterator<Item = (&'a str, ElementRef<'a>)> {
    tree::elements(*item)
        .filter(move |element| {
            let mut outer = element.ancestors().filter_map(ElementRef::wrap);
            outer.find(|outer| is_root(*outer)) == Some(item)
        })
        .flat_map(|element| attribute_words(element, "class").map(move |class| (class, element)))
}

fn is_root(element: ElementRef<'_>) -> bool {
    attribute_words(element, "class").any(|class| ROOTS.contains(&class))
}

/// Returns the name of an author. The element may be an `h-card` or only the name.
fn author_name(element: ElementRef<'_>) -> String {
    let name = is_root(element).then(|| properties(element).find(|(class, _)| *class == "p-name"));
    match name.flatten() {
        Some((_, name)) => text_value(name),
        None => text_value(element),
    }
}

/// Returns the texts of the links with `rel=author`.
fn linked_authors(scope: ElementRef<'_>) -> impl Iterator<Item = String> {
    tree::elements_outside(*scope, &["template", "nav", "aside"])
        .filter(|element| name(*element) == "a" && has_word(*element, "rel", "author"))
        .map(visible_text)
}
