//! Reads the fields of an item from an entry, each with its origin.

use syndicate_api::text::{distinct, shorten};
use syndicate_api::{FieldOrigin, Image, ItemAuthor};
use url::Url;

use crate::feed::Entry;
use crate::html::{self, VisibleContent};

/// Returns the origin of a value that was read from `element`.
pub(super) fn origin(element: &str) -> FieldOrigin {
    FieldOrigin::Feed(element.to_owned())
}

/// Returns the title without markup.
pub(super) fn title(entry: &Entry) -> Option<(String, FieldOrigin)> {
    let title = entry.title.as_ref()?.plain();
    (!title.is_empty()).then(|| (title, origin("title")))
}

/// Returns the summary, or else the beginning of the content.
pub(super) fn description(
    entry: &Entry,
    visible: &VisibleContent,
) -> Option<(String, FieldOrigin)> {
    let own = entry
        .summary
        .as_ref()
        .map(|(text, element)| (text.plain(), origin(element)));
    let own = own.filter(|(text, _)| !text.is_empty());
    let content = || FieldOrigin::Body("beginning of the content".to_owned());
    let (text, origin) = own.unwrap_or_else(|| (visible.text.clone(), content()));
    // WordPress and others mark a shortened text this way.
    let cut = text
        .strip_suffix("[…]")
        .or_else(|| text.strip_suffix("[...]"));
    let text = cut.map_or_else(|| text.clone(), |cut| format!("{}…", cut.trim_end()));
    (!text.is_empty()).then(|| (shorten(&text), origin))
}

/// Returns the entry's own picture, or else the first picture of its content that suits a card.
pub(super) fn image(
    entry: &Entry,
    visible: &VisibleContent,
    page: Option<&Url>,
) -> Option<(Image, FieldOrigin)> {
    let remote = |source: &str| {
        let url = Url::options().base_url(page).parse(source).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| url.to_string())
    };
    let own = entry.picture.as_ref().and_then(|(source, element)| {
        let url = remote(source)?;
        let shown = visible
            .pictures
            .iter()
            .find(|picture| remote(&picture.source).as_ref() == Some(&url));
        let alt = shown.and_then(|picture| picture.alt.clone());
        Some((
            Image {
                url: Some(url),
                alt,
                ..Image::default()
            },
            origin(element),
        ))
    });
    own.or_else(|| {
        let mut pictures = visible
            .pictures
            .iter()
            .filter(|picture| !is_drawing(&picture.source));
        pictures.find_map(|picture| {
            let image = Image {
                url: Some(remote(&picture.source)?),
                alt: picture.alt.clone(),
                ..Image::default()
            };
            Some((
                image,
                FieldOrigin::Body("first picture in the content".to_owned()),
            ))
        })
    })
}

/// Returns `true` for SVG, which no card shows.
fn is_drawing(source: &str) -> bool {
    let path = source.split(['?', '#']).next().unwrap_or(source);
    path.to_ascii_lowercase().ends_with(".svg")
}

/// Returns the tags in the order of the feed, without tags that differ from an earlier one only in
/// case.
pub(super) fn tags(entry: &Entry) -> Option<(Vec<String>, FieldOrigin)> {
    let tags = distinct(entry.tags.iter().map(|tag| html::plain_line(tag)));
    (!tags.is_empty()).then(|| (tags, origin("category")))
}

/// Returns the authors with these names, without markup.
pub(super) fn authors(names: &[String]) -> Vec<ItemAuthor> {
    let names = names.iter().map(|name| html::plain_line(name));
    names
        .filter(|name| !name.is_empty())
        .map(ItemAuthor::named)
        .collect()
}
