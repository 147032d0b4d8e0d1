//! Reads the microdata (HTML standard, "Microdata") of the first item on a page whose schema.org
//! type is an article. `itemref` is not supported, because no generator writes it.

use scraper::ElementRef;

use crate::collector::Collector;
use crate::json_ld::{is_article_type, strip_namespace};
use crate::tag_links;
use crate::text::visible_text;
use crate::tree::{self, Node, attribute, attribute_words, name};

/// Collects the metadata of the article.
pub(crate) fn read(root: Node<'_>, collector: &mut Collector) {
    let mut elements = tree::elements(root);
    let Some(article) =
        elements.find(|element| is_item(*element) && types_of(*element).any(is_article_type))
    else {
        return;
    };
    let mut authors = Vec::new();
    let mut keywords = Vec::new();
    let mut sections = Vec::new();
    for (property, element) in properties(article) {
        let origin = format!("itemprop {property}");
        match property {
            "headline" | "name" => collector.add_title(&text_value(element), origin),
            "description" | "abstract" => collector.add_description(&text_value(element), origin),
            "image" | "thumbnailUrl" => image(element, origin, collector),
            "datePublished" | "dateCreated" => collector.add_published(value(element), origin),
            "dateModified" => collector.add_updated(value(element), origin),
            "author" | "creator" => authors.push(person_name(element)),
            "keywords" => match tag_links::linked_tags(element, collector) {
                Some(links) => keywords.extend(links),
                None => keywords.extend(text_value(element).split(',').map(str::to_owned)),
            },
            // A plain text names a section of the site; links name tags.
            "articleSection" => {
                sections.extend(tag_links::linked_tags(element, collector).unwrap_or_default());
            }
            "inLanguage" => collector.add_lang(&text_value(element), origin),
            "url" | "mainEntityOfPage" => {
                let address = attribute(element, "itemid");
                collector.add_url(address.unwrap_or(&value(element)), origin);
            }
            _ => {}
        }
    }
    collector.add_authors(authors, "itemprop author");
    collector.add_tags(keywords, "itemprop keywords");
    collector.add_tags(sections, "itemprop articleSection");
}

/// Returns the types of all items on the page, without namespaces.
pub(crate) fn item_types(root: Node<'_>) -> Vec<String> {
    tree::elements(root)
        .filter(|element| is_item(*element))
        .flat_map(types_of)
        .map(|kind| strip_namespace(kind).to_owned())
        .collect()
}

fn is_item(element: ElementRef<'_>) -> bool {
    element.value().attrs().any(|(key, _)| key == "itemscope")
}

fn types_of<'a>(element: ElementRef<'a>) -> impl Iterator<Item = &'a str> {
    attribute_words(element, "itemtype")
}

/// Returns the properties of `item`, without those of nested items.
fn properties<'a>(item: ElementRef<'a>) -> impl Iterator<Item = (&'a str, ElementRef<'a>)> {
    tree::elements(*item)
        .filter(move |element| {
            let mut outer = element.ancestors().filter_map(ElementRef::wrap);
            outer.find(|outer| is_item(*outer)) == Some(item)
        })
        .flat_map(|element| {
            attribute_words(element, "itemprop").map(move |property| (property, element))
        })
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
        // Not in the standard, but common in themes and accepted by search engines.
        _ => "content",
    };
    match attribute(element, attribute_name) {
        Some(value) => value.to_owned(),
        None => visible_text(element),
    }
}

/// Returns the value of a property that must be text. For a link this is its text, not its URL.
fn text_value(element: ElementRef<'_>) -> String {
    match name(element) {
        "a" => visible_text(element),
        _ => value(element),
    }
}

/// Returns the name of a person. The element may be an item or only the name.
fn person_name(element: ElementRef<'_>) -> String {
    if is_item(element) {
        property(element, &["name"]).map_or_else(String::new, text_value)
    } else {
        text_value(element)
    }
}

/// Collects a picture. The element may be an item or only the picture.
fn image(element: ElementRef<'_>, origin: String, collector: &mut Collector) {
    let target = if is_item(element) {
        property(element, &["url", "contentUrl"])
    } else {
        Some(element)
    };
    if let Some(target) = target {
        collector.add_image(&value(target), attribute(target, "alt"), origin);
    }
}

/// Returns the first property among `names` that the item has.
fn property<'a>(item: ElementRef<'a>, names: &[&str]) -> Option<ElementRef<'a>> {
    names.iter().find_map(|wanted| {
        let mut all = properties(item);
        all.find(|(property, _)| property == wanted)
            .map(|(_, element)| element)
    })
}
