//! Encodes a post as an article ("Articles", Forem API v1) without any request.

mod tags;
mod text;

use serde_json::{Map, Value, json};
use syndicate_api::{Article, Code, Diagnostic, Payload, Post, Request, SinkOptions};

use crate::options::Options;

/// The longest description that this sink sends, in characters. Forem documents no limit.
pub(crate) const DESCRIPTION_LIMIT: usize = 1000;

/// The longest title, in characters.
const TITLE_LIMIT: usize = 128;

/// The largest text, in bytes.
const TEXT_LIMIT: usize = 800 * 1024;

/// Path of the creating request.
const ARTICLES: &str = "/api/articles";

/// Title, text and canonical URL of a request that creates or updates an article.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ArticleFields<'a> {
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
    pub(crate) canonical_url: Option<&'a str>,
}

impl<'a> ArticleFields<'a> {
    /// Returns the fields of `request`. They are empty if it has none.
    pub(crate) fn of(request: &'a Request) -> Self {
        let article = request.body.as_json().get("article");
        let text = |key: &str| article?.get(key)?.as_str();
        Self {
            title: text("title").unwrap_or_default(),
            text: text("body_markdown").unwrap_or_default(),
            canonical_url: text("canonical_url"),
        }
    }
}

/// Encodes `post`.
///
/// # Errors
/// Returns a [`Diagnostic`] if it has no article, or one that the site cannot accept.
pub(crate) fn compose(post: &Post, options: &Options) -> Result<Payload, Diagnostic> {
    let article = post.article.as_ref().ok_or_else(|| {
        Diagnostic::new(Code::TextEmpty, "the source gave no text for an article")
    })?;
    let title = title(article)?;
    if article.url.is_empty() {
        let message = "the article has no URL, which readers and search engines are sent to";
        return Err(Diagnostic::new(Code::NoUrl, message));
    }
    let text = text::encode(&article.markdown)?;
    if text.len() > TEXT_LIMIT {
        let message = format!(
            "the text has {} bytes; dev.to accepts {TEXT_LIMIT}",
            text.len()
        );
        return Err(Diagnostic::new(Code::TextTooLong, message)
            .with_hint("name this sink under `syndicate.skip` in the post's front matter"));
    }
    let mut fields = Map::new();
    let mut set = |key: &str, value: Value| fields.insert(key.to_owned(), value);
    set("title", title.into());
    set("body_markdown", text.into());
    set("published", options.publish.into());
    set("canonical_url", article.url.as_str().into());
    set("tags", json!(tags::encode(&article.tags)));
    if let Some(description) = description(post, article) {
        set("description", description.into());
    }
    if let Some(url) = article.cover_url.as_deref() {
        set("main_image", url.into());
    }
    if let Some(series) = article.series.as_ref().or(options.series.as_ref()) {
        set("series", series.trim().into());
    }
    if let Some(id) = options.organization_id {
        set("organization_id", id.into());
    }
    Ok(Payload::post(
        Options::NAME,
        ARTICLES,
        json!({"article": fields}),
    ))
}

/// Returns `article` with the tags that the site accepts.
pub(crate) fn shown(article: &Article) -> Article {
    Article {
        tags: tags::encode(&article.tags),
        ..article.clone()
    }
}

fn title(article: &Article) -> Result<&str, Diagnostic> {
    let title = article.title.trim();
    let length = title.chars().count();
    if title.is_empty() {
        let message = "the article has no title";
        return Err(Diagnostic::new(Code::TitleMissing, message));
    }
    if length > TITLE_LIMIT {
        let message = format!("the title has {length} characters; dev.to accepts {TITLE_LIMIT}");
        return Err(Diagnostic::new(Code::TitleTooLong, message));
    }
    Ok(title)
}

/// Returns the commentary of the post, else the description of the item.
fn description(post: &Post, article: &Article) -> Option<String> {
    let commentary = post.text.plain();
    let commentary = Some(commentary.trim()).filter(|text| !text.is_empty());
    let description = commentary.or(article.description.as_deref())?;
    Some(description.chars().take(DESCRIPTION_LIMIT).collect())
}
