//! Reads JSON Feed 1.0 and 1.1 (jsonfeed.org). As its specification requires, an `id` may be a number,
//! and a member of a wrong type counts as absent.

use serde_json::Value;
use syndicate_api::{Diagnostic, FileSpan};
use url::Url;

use super::values::{non_empty, not_a_feed, resolve};
use crate::feed::{Entry, Feed, FeedText};
use crate::invalid::invalid;

/// Reads the feed in `text`.
pub(super) fn read(text: &str, feed_url: Option<&Url>) -> Result<Feed, Diagnostic> {
    let feed: Value = serde_json::from_str(text).map_err(|error| {
        invalid(format!("invalid JSON: {error}"))
            .at(FileSpan::at(error.line(), error.column()))
            .with_hint("fix the feed; no entry is read until all of it is valid")
    })?;
    let version = feed["version"].as_str().unwrap_or_default();
    if !version.contains("jsonfeed.org/version/1") {
        return Err(not_a_feed(match version {
            "" => "missing the `version` of a JSON Feed".to_owned(),
            other => format!("unknown version `{other}`: expected JSON Feed 1"),
        }));
    }
    let Some(items) = feed["items"].as_array() else {
        return Err(not_a_feed("missing `items`"));
    };
    let home = string(&feed, "home_page_url").map(|home| resolve(&home, feed_url));
    let base = home.as_deref().and_then(|home| Url::parse(home).ok());
    let base = base.as_ref().or(feed_url);
    Ok(Feed {
        title: string(&feed, "title").map(FeedText::Plain),
        description: string(&feed, "description").map(FeedText::Plain),
        authors: authors(&feed),
        lang: string(&feed, "language"),
        entries: items.iter().map(|item| entry(item, base)).collect(),
        home,
    })
}

fn entry(item: &Value, base: Option<&Url>) -> Entry {
    let found = |name| Some((string(item, name)?, name));
    let address = |name| Some((resolve(&string(item, name)?, base), name));
    let html = found("content_html").map(|(html, name)| (FeedText::Html(html), name));
    let plain = found("content_text").map(|(text, name)| (FeedText::Plain(text), name));
    let tags = item["tags"].as_array().into_iter().flatten();
    Entry {
        line: None,
        id: string(item, "id").or_else(|| item["id"].as_number().map(ToString::to_string)),
        // `external_url` is not used: a link post points there, but it is another author's page.
        link: address("url"),
        title: string(item, "title").map(FeedText::Plain),
        summary: found("summary").map(|(text, name)| (FeedText::Plain(text), name)),
        content: html.or(plain),
        base: None,
        picture: address("banner_image").or_else(|| address("image")),
        published: found("date_published"),
        updated: found("date_modified"),
        tags: tags.filter_map(|tag| non_empty(tag.as_str()?)).collect(),
        authors: authors(item),
        lang: string(item, "language"),
    }
}

fn string(value: &Value, name: &str) -> Option<String> {
    non_empty(value[name].as_str()?)
}

/// Returns the names in `authors`, or in `author` of version 1.0.
fn authors(value: &Value) -> Vec<String> {
    let many = value["authors"].as_array().into_iter().flatten();
    let names: Vec<String> = many.filter_map(|author| string(author, "name")).collect();
    if names.is_empty() {
        string(&value["author"], "name").into_iter().collect()
    } else {
        names
    }
}
