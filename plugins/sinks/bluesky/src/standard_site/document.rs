//! The record of an article.

use jiff::Timestamp;
use serde_json::{Value, json};
use syndicate_api::text::distinct;
use syndicate_api::{Article, Code, Diagnostic, Post, slot};
use unicode_segmentation::UnicodeSegmentation as _;

use super::names::PUBLICATION_URI;
use super::options::StandardSite;
use crate::identifier::DOCUMENTS;
use crate::rich_text::{sanitize, web_url};
use crate::slots;

/// The longest texts, in grapheme clusters (`site.standard.document`). Their limits in bytes are ten times that.
const MAX_TITLE: usize = 500;
const MAX_DESCRIPTION: usize = 3000;
const MAX_TAG: usize = 128;

/// The longest text of an article, in bytes. Servers refuse requests above 1 MB.
const MAX_TEXT: usize = 600_000;

/// Returns the record of `article`.
///
/// # Errors
/// Returns a diagnostic if a part is missing or too long.
pub(super) fn record(
    site: &StandardSite,
    post: &Post,
    article: &Article,
) -> Result<Value, Diagnostic> {
    let title = sanitize(&article.title);
    let title = title.trim();
    if title.is_empty() {
        return Err(Diagnostic::new(
            Code::TitleMissing,
            "the document has no title",
        ));
    }
    if is_too_long(title, MAX_TITLE) {
        let message = format!("the title is longer than {MAX_TITLE} graphemes");
        return Err(Diagnostic::new(Code::TitleTooLong, message));
    }
    let published = article.published.map(time);
    let mut record = json!({
        "$type": DOCUMENTS,
        "site": slot(PUBLICATION_URI),
        "path": path(site, &article.url)?,
        "title": title,
        "publishedAt": published.unwrap_or_else(|| slot("now")),
    });
    let description = sanitize(article.description.as_deref().unwrap_or_default());
    if is_too_long(description.trim(), MAX_DESCRIPTION) {
        let message = format!("the description is longer than {MAX_DESCRIPTION} graphemes");
        return Err(Diagnostic::new(Code::DescriptionTooLong, message));
    }
    let updated = article
        .updated
        .filter(|at| article.published.is_none_or(|from| from < *at));
    let tags = distinct(
        article
            .tags
            .iter()
            .map(|tag| sanitize(tag).trim().to_owned()),
    );
    let tags = tags.into_iter().filter(|tag| !is_too_long(tag, MAX_TAG));
    let has_picture = post
        .card
        .as_ref()
        .is_some_and(|card| card.picture.is_some());
    let optional = [
        ("description", Value::from(description.trim())),
        ("tags", tags.collect()),
        ("textContent", text(site, article)?),
        ("updatedAt", updated.map_or(Value::Null, time)),
        (
            "coverImage",
            if has_picture {
                slot(&slots::media(0))
            } else {
                Value::Null
            },
        ),
    ];
    for (name, value) in optional {
        let is_empty = value.is_null() || value == "" || value == json!([]);
        if !is_empty {
            record[name] = value;
        }
    }
    Ok(record)
}

/// Returns the path of the article below the publication's URL. Bluesky compares both with the address of the card.
fn path(site: &StandardSite, url: &str) -> Result<String, Diagnostic> {
    let base = web_url(site.base()).map(String::from);
    let base = base.as_deref().unwrap_or_default().trim_end_matches('/');
    let url = web_url(url).map(String::from).unwrap_or_default();
    match url.strip_prefix(base) {
        Some(path) if path.starts_with('/') => Ok(path.to_owned()),
        _ => {
            let message = format!("its URL `{url}` is not below `standard_site.url`, `{base}`");
            let hint = "correct `standard_site.url`, or use a sink without it for this post";
            Err(Diagnostic::new(Code::NoUrl, message).with_hint(hint))
        }
    }
}

fn text(site: &StandardSite, article: &Article) -> Result<Value, Diagnostic> {
    let text = sanitize(&article.plain);
    if !site.text || text.trim().is_empty() {
        return Ok(Value::Null);
    }
    if text.len() > MAX_TEXT {
        let message = format!("the text is longer than {MAX_TEXT} bytes");
        let hint = "set `text: false` under `standard_site`";
        return Err(Diagnostic::new(Code::TextTooLong, message).with_hint(hint));
    }
    Ok(text.trim().into())
}

fn is_too_long(text: &str, graphemes: usize) -> bool {
    text.len() > graphemes * 10 || text.graphemes(true).count() > graphemes
}

fn time(at: Timestamp) -> Value {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string().into()
}
