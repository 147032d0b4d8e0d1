//! Writes the element that closes a gap, with the values of the post.

use head_editor::HeadElement;
use syndicate_api::{Item, PageElement, PagePart, PartRule};
use url::Url;

use crate::engine::render::clean_line;

/// Returns the element that gives the part of `rule` a value. A value that the post does not have is a word in capitals.
pub(super) fn suggested(item: &Item, rule: &PartRule) -> Option<HeadElement> {
    with_content(rule.suggested_element()?, &content(item, rule))
}

/// Returns the element with this content. `None` if it is not an element of the head.
pub(super) fn with_content(element: PageElement, content: &str) -> Option<HeadElement> {
    match element {
        PageElement::Meta(key) => Some(HeadElement::meta(key, content)),
        PageElement::Link(relation) => Some(HeadElement::link(relation, content)),
        PageElement::Title | PageElement::JsonLd { .. } => None,
    }
}

fn content(item: &Item, rule: &PartRule) -> String {
    if let Some(value) = &rule.value {
        return value.example.to_owned();
    }
    let text = |text: &Option<String>, word: &str| {
        let text = text.as_deref().map(clean_line);
        let text = text.filter(|text| !text.is_empty());
        text.unwrap_or_else(|| word.to_owned())
    };
    let image = item.image.as_ref();
    match rule.part {
        PagePart::Title => text(&item.title, "TITLE"),
        PagePart::Description => text(&item.description, "DESCRIPTION"),
        PagePart::Picture => {
            let known = image.and_then(|image| image.url.clone());
            known.unwrap_or_else(|| picture_of_site(item))
        }
        PagePart::PictureAlt => {
            let alt = image.and_then(|image| image.alt.clone());
            text(&alt.or_else(|| item.title.clone()), "ALT")
        }
        PagePart::Site => text(&item.site.title, "SITE"),
        PagePart::Author => text(&item.author, "AUTHOR"),
        PagePart::Address => text(&item.url, "URL"),
        PagePart::Layout | PagePart::Proof => String::new(),
    }
}

/// Returns the address of a picture that the site does not have yet.
fn picture_of_site(item: &Item) -> String {
    const NAME: &str = "/PICTURE.png";
    let url = item.url.as_deref().and_then(|url| Url::parse(url).ok());
    let picture = url.and_then(|url| url.join(NAME).ok());
    picture.map_or_else(|| NAME.to_owned(), String::from)
}
