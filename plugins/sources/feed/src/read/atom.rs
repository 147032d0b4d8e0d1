//! Reads Atom (RFC 4287) and Atom 0.3, in which two dates have other names.

use url::Url;

use super::media;
use super::namespace::Namespace;
use super::values::{non_empty, resolve};
use super::xml::XmlElement;
use crate::feed::{Entry, Feed, FeedText};

/// Reads the feed whose root element is `feed`.
pub(super) fn read(root: &XmlElement, feed_url: Option<&Url>) -> Feed {
    let atom = root.namespace;
    let home = alternate(root, atom, feed_url);
    let base = home.as_deref().and_then(|home| Url::parse(home).ok());
    let base = feed_url.or(base.as_ref());
    let entries = root
        .children_named(atom, "entry")
        .map(|found| entry(found, base));
    Feed {
        title: text(root, atom, "title"),
        description: text(root, atom, "subtitle").or_else(|| text(root, atom, "tagline")),
        authors: authors(root, atom),
        lang: root.lang.as_deref().and_then(non_empty),
        entries: entries.collect(),
        home,
    }
}

fn entry(entry: &XmlElement, base: Option<&Url>) -> Entry {
    let atom = entry.namespace;
    let found = |name: &str, element| Some((entry.text_of(atom, name)?, element));
    let content = entry
        .children_named(atom, "content")
        .find_map(|content| Some((text_construct(content)?, content)));
    let summary = entry.children_named(atom, "summary").find_map(|summary| {
        let text = text_or_line(summary)?;
        Some((text, summary))
    });
    let body = content.as_ref().or(summary.as_ref());
    let body_base = body.and_then(|(_, element)| element.base.as_deref().cloned());
    let content = content.map(|(text, _)| (text, "content"));
    let summary = summary.map(|(text, _)| (text, "summary"));
    let mut names = authors(entry, atom);
    if names.is_empty() {
        // An aggregator copies the metadata of the feed that an entry comes from into `source`.
        let source = entry.children_named(atom, "source").next();
        names = source
            .map(|source| authors(source, atom))
            .unwrap_or_default();
    }
    let tag = |category: &XmlElement| {
        let label = category.attribute("label").and_then(non_empty);
        label.or_else(|| non_empty(category.attribute("term")?))
    };
    Entry {
        line: Some(entry.line),
        id: entry.text_of(atom, "id"),
        link: alternate(entry, atom, base).map(|link| (link, "link")),
        title: text(entry, atom, "title").or_else(|| media::title(entry)),
        summary: summary.or_else(|| media::description(entry).filter(|_| content.is_none())),
        lang: content_lang(entry),
        content,
        base: body_base,
        picture: media::picture(entry, base),
        published: found("published", "published").or_else(|| found("issued", "issued")),
        updated: found("updated", "updated").or_else(|| found("modified", "modified")),
        tags: entry
            .children_named(atom, "category")
            .filter_map(tag)
            .collect(),
        authors: names,
    }
}

/// Returns the URL of the page that a feed or an entry describes. A `self` link is not used, because it
/// is the URL of the feed itself.
fn alternate(element: &XmlElement, atom: Namespace, base: Option<&Url>) -> Option<String> {
    /// The prefix of a relation that is written as a URL (RFC 4287, section 4.2.7.2).
    const IANA: &str = "http://www.iana.org/assignments/relation/";
    let is_alternate = |link: &&XmlElement| {
        let relation = link.attribute("rel").unwrap_or("alternate").trim();
        relation
            .trim_start_matches(IANA)
            .eq_ignore_ascii_case("alternate")
    };
    let is_page = |link: &&XmlElement| match link.attribute("type") {
        Some(media_type) => media_type.contains("html"),
        None => true,
    };
    let mut links: Vec<&XmlElement> = element
        .children_named(atom, "link")
        .filter(is_alternate)
        .collect();
    links.sort_by_key(|link| !is_page(link));
    links.iter().find_map(|link| {
        let href = non_empty(link.attribute("href")?)?;
        Some(resolve(&href, link.base.as_deref().or(base)))
    })
}

/// Returns the first text named `name`, of any `type`.
fn text(element: &XmlElement, atom: Namespace, name: &str) -> Option<FeedText> {
    element.children_named(atom, name).find_map(text_or_line)
}

/// Reads a text by its `type`, or as one line if the type is unknown.
fn text_or_line(element: &XmlElement) -> Option<FeedText> {
    let unknown = || non_empty(&element.content()).map(FeedText::Line);
    text_construct(element).or_else(unknown)
}

/// Reads a text by its `type` (RFC 4287, sections 3.1 and 4.1.3). Returns `None` for other types.
fn text_construct(element: &XmlElement) -> Option<FeedText> {
    let inner = non_empty(&element.content())?;
    let kind = element.attribute("type").unwrap_or("text");
    let essence = kind.split(';').next().unwrap_or(kind).trim();
    match essence {
        // A text that contains elements is markup even if its type is `text`.
        "text" | "text/plain" if element.children().next().is_none() => {
            Some(FeedText::Plain(inner))
        }
        "text" | "text/plain" | "html" | "xhtml" | "text/html" | "application/xhtml+xml" => {
            Some(FeedText::Html(inner))
        }
        _ => None,
    }
}

fn content_lang(entry: &XmlElement) -> Option<String> {
    let content = entry.children_named(entry.namespace, "content").next();
    content.unwrap_or(entry).lang.as_deref().and_then(non_empty)
}

fn authors(element: &XmlElement, atom: Namespace) -> Vec<String> {
    let names = element.children_named(atom, "author");
    names
        .filter_map(|author| author.text_of(atom, "name"))
        .collect()
}
