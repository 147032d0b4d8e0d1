//! The fields of an item that an entry gives by itself, each with its origin.

use syndicate_api::text::{distinct, shorten};
use syndicate_api::{Image, Origin};
use url::Url;

use crate::feed::Entry;
use crate::html::{self, VisibleContent};

/// Returns the origin of a value in this element of the feed.
pub(super) fn origin(element: &str) -> Origin {
    Origin::Feed(element.to_owned())
}

/// The title, free of markup.
pub(super) fn title(entry: &Entry) -> Option<(String, Origin)> {
    let title = entry.title.as_ref()?.plain();
    (!title.is_empty()).then(|| (title, origin("title")))
}

/// The summary, else the beginning of the content.
pub(super) fn description(entry: &Entry, visible: &VisibleContent) -> Option<(String, Origin)> {
    let own = entry
        .summary
        .as_ref()
        .map(|(text, element)| (text.plain(), origin(element)));
    let own = own.filter(|(text, _)| !text.is_empty());
    let content = || Origin::Body("beginning of the content".to_owned());
    let (text, origin) = own.unwrap_or_else(|| (visible.text.clone(), content()));
    // How WordPress and others mark what they cut.
    let cut = text
        .strip_suffix("[…]")
        .or_else(|| text.strip_suffix("[...]"));
    let text = cut.map_or_else(|| text.clone(), |cut| format!("{}…", cut.trim_end()));
    (!text.is_empty()).then(|| (shorten(&text), origin))
}

/// The picture that the entry names, else the first one of its content that makes a card.
pub(super) fn image(
    entry: &Entry,
    visible: &VisibleContent,
    page: Option<&Url>,
) -> Option<(Image, Origin)> {
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
                Origin::Body("first picture in the content".to_owned()),
            ))
        })
    })
}

/// Vector drawings make no card.
fn is_drawing(source: &str) -> bool {
    let path = source.split(['?', '#']).next().unwrap_or(source);
    path.to_ascii_lowercase().ends_with(".svg")
}

/// The tags in their order, each once regardless of case.
pub(super) fn tags(entry: &Entry) -> Option<(Vec<String>, Origin)> {
    let tags = distinct(entry.tags.iter().map(|tag| html::plain_line(tag)));
    (!tags.is_empty()).then(|| (tags, origin("category")))
}

pub(super) fn names(authors: &[String]) -> Option<String> {
    let names: Vec<String> = authors.iter().map(|name| html::plain_line(name)).collect();
    let names = names.join(", ");
    (!names.is_empty()).then_some(names)
}
