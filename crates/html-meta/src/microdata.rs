//! Microdata (HTML standard, "Microdata") of the first thing on a page that schema.org calls an
//! article. `itemref` is not followed; no generator writes it.

use scraper::ElementRef;

use crate::collector::Collector;
use crate::json_ld::{is_article_type, local};
use crate::tag_links;
use crate::text::visible;
use crate::tree::{self, Node, attribute, name, words};

/// Collects what microdata states about the article.
pub(crate) fn read(root: Node<'_>, collector: &mut Collector) {
    let mut elements = tree::elements(root);
    let Some(article) =
        elements.find(|element| is_item(*element) && types(*element).any(is_article_type))
    else {
        return;
    };
    let mut authors = Vec::new();
    let mut keywords = Vec::new();
    let mut sections = Vec::new();
    for (property, element) in properties(article) {
        let origin = format!("itemprop {property}");
        match property {
            "headline" | "name" => collector.title(&words_of(element), &origin),
            "description" | "abstract" => collector.description(&words_of(element), &origin),
            "image" | "thumbnailUrl" => image(element, &origin, collector),
            "datePublished" | "dateCreated" => collector.published(value(element), &origin),
            "dateModified" => collector.updated(value(element), &origin),
            "author" | "creator" => authors.push(person(element)),
            "keywords" => match tag_links::within(element, collector) {
                Some(links) => keywords.extend(links),
                None => keywords.extend(words_of(element).split(',').map(str::to_owned)),
            },
            // As a text it is the part of a site, as links it is a list of tags.
            "articleSection" => {
                sections.extend(tag_links::within(element, collector).unwrap_or_default());
            }
            "inLanguage" => collector.lang(&words_of(element), &origin),
            "url" | "mainEntityOfPage" => {
                let address = attribute(element, "itemid");
                collector.url(address.unwrap_or(&value(element)), &origin);
            }
            _ => {}
        }
    }
    collector.authors(authors, "itemprop author");
    collector.tags(keywords, "itemprop keywords");
    collector.tags(sections, "itemprop articleSection");
}

/// Returns the types of all items on the page, without namespaces.
pub(crate) fn kinds(root: Node<'_>) -> Vec<String> {
    tree::elements(root)
        .filter(|element| is_item(*element))
        .flat_map(types)
        .map(|kind| local(kind).to_owned())
        .collect()
}

fn is_item(element: ElementRef<'_>) -> bool {
    element.value().attrs().any(|(key, _)| key == "itemscope")
}

fn types<'a>(element: ElementRef<'a>) -> impl Iterator<Item = &'a str> {
    words(element, "itemtype")
}

/// Returns the properties of `item`, not those of items within it.
fn properties<'a>(item: ElementRef<'a>) -> impl Iterator<Item = (&'a str, ElementRef<'a>)> {
    tree::elements(*item)
        .filter(move |element| {
            let mut outer = element.ancestors().filter_map(ElementRef::wrap);
            outer.find(|outer| is_item(*outer)) == Some(item)
        })
        .flat_map(|element| words(element, "itemprop").map(move |property| (property, element)))
}

/// Returns the value of a property (HTML standard, "Values").
fn value(element: ElementRef<'_>) -> String {
    let attribute_name = match name(element) {
        "meta" => "content",
        "audio" | "embed" | "iframe" | "img" | "source" | "track" | "video" => "src",
        "a" | "area" | "link" => "href",
        "object" => "data",
        "data" | "meter" => "value",
        "time" => "datetime",
        // Beyond the standard, but many themes do it and search engines take it.
        _ => "content",
    };
    match attribute(element, attribute_name) {
        Some(value) => value.to_owned(),
        None => visible(element),
    }
}

/// Returns the value of a property that is text: of a link its words, whatever it leads to.
fn words_of(element: ElementRef<'_>) -> String {
    match name(element) {
        "a" => visible(element),
        _ => value(element),
    }
}

/// Returns the name of a person, who may be an item.
fn person(element: ElementRef<'_>) -> String {
    if is_item(element) {
        property(element, &["name"]).map_or_else(String::new, words_of)
    } else {
        words_of(element)
    }
}

/// Returns a picture, which may be an item.
fn image(element: ElementRef<'_>, origin: &str, collector: &mut Collector) {
    let target = if is_item(element) {
        property(element, &["url", "contentUrl"])
    } else {
        Some(element)
    };
    if let Some(target) = target {
        collector.image(&value(target), attribute(target, "alt"), origin);
    }
}

/// Returns the first of `names` that an item has.
fn property<'a>(item: ElementRef<'a>, names: &[&str]) -> Option<ElementRef<'a>> {
    names.iter().find_map(|wanted| {
        let mut all = properties(item);
        all.find(|(property, _)| property == wanted)
            .map(|(_, element)| element)
    })
}
