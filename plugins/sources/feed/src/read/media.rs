//! Reads the Media RSS elements of an entry: its picture, which can also be an enclosure or an iTunes
//! image, and its title and description. Entries of video feeds have no other text.

use url::Url;

use super::namespace::Namespace;
use super::values::{non_empty, resolve};
use super::xml::XmlElement;
use crate::feed::{FeedText, FromElement};

/// Returns the URL of the entry's picture, if it has one.
pub(super) fn picture(entry: &XmlElement, base: Option<&Url>) -> Option<FromElement<String>> {
    let media = media(entry);
    let named = |name: &str| {
        // Reversed, so that the first of equally wide pictures wins: `max_by_key` returns the last.
        let named = media.iter().rev().filter(|element| element.name == name);
        let pictures = named.filter(|element| name != "content" || is_picture(element));
        pictures.copied().max_by_key(|element| width(element))
    };
    let content = named("content").map(|content| (content, "media:content"));
    let chosen = content.or_else(|| Some((named("thumbnail")?, "media:thumbnail")));
    let from_media = chosen.and_then(|(element, name)| address(element, "url", name, base));
    from_media.or_else(|| enclosure(entry, base)).or_else(|| {
        let image = entry.children_named(Namespace::Itunes, "image").next()?;
        address(image, "href", "itunes:image", base)
    })
}

/// Returns the title of the entry's media.
pub(super) fn title(entry: &XmlElement) -> Option<FeedText> {
    text(entry, "title")
}

/// Returns the description of the entry's media.
pub(super) fn description(entry: &XmlElement) -> Option<FromElement<FeedText>> {
    Some((text(entry, "description")?, "media:description"))
}

/// Returns the text named `name` of the entry, a media group or a medium (Media RSS, "Optional
/// Elements"). The text of a picture is skipped, because it is a caption and does not describe the
/// entry.
fn text(entry: &XmlElement, name: &str) -> Option<FeedText> {
    let groups = entry.children_named(Namespace::Media, "group");
    let contents = groups.clone().chain([entry]);
    let contents = contents.flat_map(|group| group.children_named(Namespace::Media, "content"));
    let contents = contents.filter(|content| !is_picture(content));
    let mut holders = [entry].into_iter().chain(groups).chain(contents);
    holders.find_map(|holder| {
        let found = holder.children_named(Namespace::Media, name).next()?;
        let inner = non_empty(&found.content())?;
        Some(match found.attribute("type") {
            Some("html") => FeedText::Html(inner),
            _ => FeedText::Plain(inner),
        })
    })
}

/// Returns the Media RSS elements of an entry, including those inside a `group` or a `content`.
fn media(entry: &XmlElement) -> Vec<&XmlElement> {
    let mut found = Vec::new();
    let mut next: Vec<&XmlElement> = entry.children().collect();
    next.retain(|element| element.namespace == Namespace::Media);
    next.reverse();
    while let Some(element) = next.pop() {
        found.push(element);
        let inner = element
            .children()
            .filter(|child| child.namespace == Namespace::Media);
        let inner: Vec<&XmlElement> = inner.collect();
        next.extend(inner.into_iter().rev());
    }
    found.retain(|element| {
        // Some hosts include the author's avatar as the first picture of each post.
        element
            .attribute("url")
            .is_some_and(|url| !url.contains("gravatar.com/avatar"))
    });
    found
}

fn is_picture(element: &XmlElement) -> bool {
    let url = element.attribute("url").unwrap_or_default();
    match (element.attribute("medium"), element.attribute("type")) {
        (Some(medium), _) => medium == "image",
        (None, Some(media_type)) => media_type.starts_with("image/"),
        (None, None) => {
            let path = url
                .split(['?', '#'])
                .next()
                .unwrap_or(url)
                .to_ascii_lowercase();
            let endings = [".jpg", ".jpeg", ".png", ".gif", ".webp"];
            endings.iter().any(|ending| path.ends_with(ending))
        }
    }
}

fn width(element: &XmlElement) -> u32 {
    let width = element
        .attribute("width")
        .and_then(|width| width.trim().parse().ok());
    width.unwrap_or(0)
}

/// Returns the first enclosure that is a picture: an element in RSS, a link in Atom.
fn enclosure(entry: &XmlElement, base: Option<&Url>) -> Option<FromElement<String>> {
    entry.children().find_map(|element| {
        let attribute = match element.name.as_str() {
            "enclosure" => "url",
            "link" if element.attribute("rel") == Some("enclosure") => "href",
            _ => return None,
        };
        let media_type = element.attribute("type")?;
        let is_picture = media_type.trim().starts_with("image/");
        is_picture.then(|| address(element, attribute, "enclosure", base))?
    })
}

fn address(
    element: &XmlElement,
    attribute: &str,
    name: &'static str,
    base: Option<&Url>,
) -> Option<FromElement<String>> {
    let text = non_empty(element.attribute(attribute)?)?;
    Some((resolve(&text, element.base.as_deref().or(base)), name))
}
