//! Reads RSS: 0.9x and 2.0 (the RSS Advisory Board's specification), 1.0 (RDF), and the modules that
//! blogs use: Content, Dublin Core, Atom links, Media RSS, iTunes.

use syndicate_api::Diagnostic;
use url::Url;

use super::media;
use super::namespace::Namespace;
use super::values::{non_empty, not_a_feed, resolve};
use super::xml::XmlElement;
use crate::feed::{Entry, Feed, FeedText, FromElement};

/// Reads the feed whose root element is `rss` or `RDF`.
pub(super) fn read(root: &XmlElement, feed_url: Option<&Url>) -> Result<Feed, Diagnostic> {
    let channel = root.children().find(|child| child.name == "channel");
    let Some(channel) = channel else {
        return Err(not_a_feed("missing `channel`"));
    };
    let home = link(channel, channel.namespace, feed_url).map(|(home, _)| home);
    let base = home.as_deref().and_then(|home| Url::parse(home).ok());
    let base = base.as_ref().or(feed_url);
    let line = |name| channel.text_of(channel.namespace, name).map(FeedText::Line);
    // In RSS 1.0 the items are siblings of the channel.
    let items = channel.children().chain(root.children());
    let items = items.filter(|child| child.namespace == channel.namespace && child.name == "item");
    Ok(Feed {
        title: line("title"),
        description: line("description"),
        authors: authors(
            channel,
            &[
                (Namespace::Itunes, "author"),
                (Namespace::DublinCore, "creator"),
            ],
        ),
        lang: channel
            .text_of(channel.namespace, "language")
            .or_else(|| channel.text_of(Namespace::DublinCore, "language")),
        entries: items.map(|item| entry(item, base)).collect(),
        home,
    })
}

fn entry(item: &XmlElement, base: Option<&Url>) -> Entry {
    let core = item.namespace;
    let found = |space, name: &str, element| Some((item.text_of(space, name)?, element));
    let guid = item
        .children_named(core, "guid")
        .find(|guid| non_empty(&guid.content()).is_some());
    let content = html(item, Namespace::Content, "encoded");
    let summary = html(item, core, "description");
    let body = content.as_ref().or(summary.as_ref());
    let body_base = body.and_then(|(_, element)| element.base.as_deref().cloned());
    let content = content.map(|(text, _)| (text, "content:encoded"));
    let summary = summary.map(|(text, _)| (text, "description"));
    let mut tags: Vec<String> = item
        .children_named(core, "category")
        .map(XmlElement::content)
        .collect();
    tags.extend(
        item.children_named(Namespace::DublinCore, "subject")
            .map(XmlElement::content),
    );
    Entry {
        line: Some(item.line),
        id: guid
            .and_then(|guid| non_empty(&guid.content()))
            .or_else(|| non_empty(item.attribute("rdf:about")?)),
        link: link(item, core, base).or_else(|| permalink(guid?)),
        title: item
            .text_of(core, "title")
            .map(FeedText::Line)
            .or_else(|| media::title(item)),
        summary: summary.or_else(|| media::description(item).filter(|_| content.is_none())),
        content,
        base: body_base,
        picture: media::picture(item, base),
        published: found(core, "pubDate", "pubDate")
            .or_else(|| found(Namespace::DublinCore, "date", "dc:date")),
        updated: found(Namespace::Atom, "updated", "atom:updated")
            .or_else(|| found(Namespace::DublinCore, "modified", "dcterms:modified")),
        tags,
        authors: authors(
            item,
            &[
                (Namespace::DublinCore, "creator"),
                (core, "author"),
                (Namespace::Itunes, "author"),
            ],
        ),
        lang: item
            .text_of(Namespace::DublinCore, "language")
            .or_else(|| item.lang.as_deref().and_then(non_empty)),
    }
}

/// Returns the first text named `name` that is not empty, as HTML, with its element.
fn html<'a>(
    item: &'a XmlElement,
    space: Namespace,
    name: &'a str,
) -> Option<(FeedText, &'a XmlElement)> {
    let mut all = item.children_named(space, name);
    all.find_map(|found| Some((FeedText::Html(non_empty(&found.content())?), found)))
}

/// Returns the URL of the page that a channel or an item describes.
fn link(element: &XmlElement, core: Namespace, base: Option<&Url>) -> Option<FromElement<String>> {
    let own = element.children_named(core, "link").find_map(|link| {
        let base = link.base.as_deref().or(base);
        Some((resolve(&non_empty(&link.content())?, base), "link"))
    });
    own.or_else(|| {
        let mut links = element.children_named(Namespace::Atom, "link");
        let link = links.find(|link| matches!(link.attribute("rel"), None | Some("alternate")))?;
        let base = link.base.as_deref().or(base);
        Some((
            resolve(&non_empty(link.attribute("href")?)?, base),
            "atom:link",
        ))
    })
}

/// Returns the URL in a `guid`, unless `isPermaLink` is `false`.
fn permalink(guid: &XmlElement) -> Option<FromElement<String>> {
    if guid
        .attribute("isPermaLink")
        .is_some_and(|is| is.eq_ignore_ascii_case("false"))
    {
        return None;
    }
    let url = Url::parse(guid.content().trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| (url.to_string(), "guid"))
}

/// Returns the names of the first kind of author that the element has.
fn authors(element: &XmlElement, kinds: &[(Namespace, &str)]) -> Vec<String> {
    let names = |(space, name): &(Namespace, &str)| {
        let names = element
            .children_named(*space, name)
            .filter_map(|author| person_name(&author.content()));
        Some(names.collect::<Vec<_>>()).filter(|names| !names.is_empty())
    };
    kinds.iter().find_map(names).unwrap_or_default()
}

/// Returns the name in `mail@example.org (Name)` or `Name`. A mail address alone is not a name.
fn person_name(text: &str) -> Option<String> {
    let text = text.trim();
    let name = match text.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end_matches(')'),
        _ => text,
    };
    non_empty(name).filter(|name| !name.contains('@'))
}
