//! RSS: 0.9x and 2.0 (the RSS Advisory Board's specification), 1.0 (RDF), and the modules that blogs
//! use: Content, Dublin Core, Atom links, Media RSS, iTunes.

use syndicate_api::Diagnostic;
use url::Url;

use super::media;
use super::space::Space;
use super::values::{no_feed, resolve, some};
use super::xml::Element;
use crate::feed::{Entry, Feed, Found, Text};

/// Reads the feed whose root is `rss` or `RDF`.
pub(super) fn read(root: &Element, address: Option<&Url>) -> Result<Feed, Diagnostic> {
    let channel = root.children().find(|child| child.name == "channel");
    let Some(channel) = channel else {
        return Err(no_feed("it has no `channel`, so it is no RSS feed"));
    };
    let home = link(channel, channel.space, address).map(|(home, _)| home);
    let base = home.as_deref().and_then(|home| Url::parse(home).ok());
    let base = base.as_ref().or(address);
    let line = |name| channel.text_of(channel.space, name).map(Text::Line);
    // RSS 1.0 has its items beside the channel.
    let items = channel.children().chain(root.children());
    let items = items.filter(|child| child.space == channel.space && child.name == "item");
    Ok(Feed {
        title: line("title"),
        description: line("description"),
        authors: authors(
            channel,
            &[(Space::Itunes, "author"), (Space::DublinCore, "creator")],
        ),
        lang: channel
            .text_of(channel.space, "language")
            .or_else(|| channel.text_of(Space::DublinCore, "language")),
        entries: items.map(|item| entry(item, base)).collect(),
        home,
    })
}

fn entry(item: &Element, base: Option<&Url>) -> Entry {
    let core = item.space;
    let found = |space, name: &str, element| Some((item.text_of(space, name)?, element));
    let guid = item
        .all(core, "guid")
        .find(|guid| some(&guid.inner()).is_some());
    let content = html(item, Space::Content, "encoded");
    let summary = html(item, core, "description");
    let body = content.as_ref().or(summary.as_ref());
    let body_base = body.and_then(|(_, element)| element.base.as_deref().cloned());
    let content = content.map(|(text, _)| (text, "content:encoded"));
    let summary = summary.map(|(text, _)| (text, "description"));
    let mut tags: Vec<String> = item.all(core, "category").map(Element::inner).collect();
    tags.extend(item.all(Space::DublinCore, "subject").map(Element::inner));
    Entry {
        line: Some(item.line),
        id: guid
            .and_then(|guid| some(&guid.inner()))
            .or_else(|| some(item.attribute("rdf:about")?)),
        link: link(item, core, base).or_else(|| permalink(guid?)),
        title: item
            .text_of(core, "title")
            .map(Text::Line)
            .or_else(|| media::title(item)),
        summary: summary.or_else(|| media::description(item).filter(|_| content.is_none())),
        content,
        base: body_base,
        picture: media::picture(item, base),
        published: found(core, "pubDate", "pubDate")
            .or_else(|| found(Space::DublinCore, "date", "dc:date")),
        updated: found(Space::Atom, "updated", "atom:updated")
            .or_else(|| found(Space::DublinCore, "modified", "dcterms:modified")),
        tags,
        authors: authors(
            item,
            &[
                (Space::DublinCore, "creator"),
                (core, "author"),
                (Space::Itunes, "author"),
            ],
        ),
        lang: item
            .text_of(Space::DublinCore, "language")
            .or_else(|| item.lang.as_deref().and_then(some)),
    }
}

/// The first HTML under `name` that says something, and its element.
fn html<'a>(item: &'a Element, space: Space, name: &'a str) -> Option<(Text, &'a Element)> {
    let mut all = item.all(space, name);
    all.find_map(|found| Some((Text::Html(some(&found.inner())?), found)))
}

/// The page that a channel or an item is about.
fn link(element: &Element, core: Space, base: Option<&Url>) -> Option<Found<String>> {
    let own = element.all(core, "link").find_map(|link| {
        let base = link.base.as_deref().or(base);
        Some((resolve(&some(&link.inner())?, base), "link"))
    });
    own.or_else(|| {
        let mut links = element.all(Space::Atom, "link");
        let link = links.find(|link| matches!(link.attribute("rel"), None | Some("alternate")))?;
        let base = link.base.as_deref().or(base);
        Some((resolve(&some(link.attribute("href")?)?, base), "atom:link"))
    })
}

/// The address that a `guid` is, unless it says that it is none.
fn permalink(guid: &Element) -> Option<Found<String>> {
    if guid
        .attribute("isPermaLink")
        .is_some_and(|is| is.eq_ignore_ascii_case("false"))
    {
        return None;
    }
    let url = Url::parse(guid.inner().trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| (url.to_string(), "guid"))
}

/// The names of the first kind of author that is there.
fn authors(element: &Element, kinds: &[(Space, &str)]) -> Vec<String> {
    let names = |(space, name): &(Space, &str)| {
        let names = element
            .all(*space, name)
            .filter_map(|author| person(&author.inner()));
        Some(names.collect::<Vec<_>>()).filter(|names| !names.is_empty())
    };
    kinds.iter().find_map(names).unwrap_or_default()
}

/// The name in `mail@example.org (Name)` or `Name`. An address alone is nobody's name.
fn person(text: &str) -> Option<String> {
    let text = text.trim();
    let name = match text.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end_matches(')'),
        _ => text,
    };
    some(name).filter(|name| !name.contains('@'))
}
