//! Makes the article of an item: its whole text with metadata, for sinks that publish it instead of a link.
//!
//! A text in Markdown stays as the author wrote it, apart from its links, which become absolute, and from a first
//! heading that repeats the title. Template tags of the site's generator (`{{< figure >}}`, `{% include %}`) are kept
//! as text and reported, because only the generator can evaluate them. HTML of a feed or a built page is the text
//! itself, and its Markdown is made from it.

mod base;
mod edits;
mod html;
mod markdown;
mod plain;
mod render;
mod template_tags;

use serde_json::{Map, Value};
use syndicate_api::{Article, BodyFormat, Diagnostic, Item, normalise_url};
use url::Url;

use self::base::LinkBase;
use super::render::{clean, clean_line};

/// An article with warnings for the author.
#[derive(Debug, Default)]
pub(super) struct MadeArticle {
    pub(super) article: Article,
    pub(super) warnings: Vec<String>,
}

/// Returns the article of `item` with the text `body`, without a cover picture. `page` is the item's built page, which
/// gives the text of an item without one of its own.
///
/// # Errors
/// Returns a diagnostic if the file of the item has changed.
pub(super) fn make(
    item: &Item,
    body: &str,
    page: Option<&[u8]>,
) -> Result<MadeArticle, Diagnostic> {
    let front = item.front.read()?;
    let url = item.url.clone().unwrap_or_default();
    let base = LinkBase::new(&url);
    let title = clean_line(item.title.as_deref().unwrap_or_default());
    let (text, warnings) = match page {
        Some(page) => (of_html(&html_meta::article_html(page), &base), Vec::new()),
        None => text((body, item.body_format), &title, &base),
    };
    let article = Article {
        key: key(item),
        description: item
            .description
            .as_deref()
            .map(|text| clean(text).into_owned()),
        html: text.html,
        markdown: text.markdown,
        plain: text.plain,
        slug: slug(&url),
        tags: item.tags.clone(),
        series: series(&front),
        published: item.published.as_ref().map(|date| date.at.timestamp()),
        updated: item.updated.as_ref().map(|date| date.at.timestamp()),
        cover: None,
        cover_url: cover_url(item, &base),
        title,
        url,
    };
    Ok(MadeArticle { article, warnings })
}

/// The text of an article in its three forms.
#[derive(Debug, Default)]
struct ArticleText {
    html: String,
    markdown: String,
    plain: String,
}

fn text(
    (body, format): (&str, BodyFormat),
    title: &str,
    base: &LinkBase,
) -> (ArticleText, Vec<String>) {
    match format {
        BodyFormat::Markdown => {
            let markdown = markdown::without_title(body, title);
            let markdown = markdown::with_absolute_links(markdown, base);
            let tags = template_tags::in_markdown(&markdown);
            let text = ArticleText {
                html: render::html(&markdown),
                plain: plain::of_markdown(&markdown),
                markdown,
            };
            (text, template_tags::warning(&tags).into_iter().collect())
        }
        BodyFormat::Html => (of_html(body, base), Vec::new()),
        BodyFormat::Text => {
            let markdown = markdown::escape(body);
            let text = ArticleText {
                html: render::html(&markdown),
                plain: body.trim().to_owned(),
                markdown,
            };
            (text, Vec::new())
        }
    }
}

fn of_html(html: &str, base: &LinkBase) -> ArticleText {
    let html = html::with_absolute_links(html, base);
    ArticleText {
        markdown: html::to_markdown(&html),
        plain: plain::of_html(&html),
        html,
    }
}

/// Returns the key of the item, which a corrected date or title does not change.
pub(super) fn key(item: &Item) -> String {
    let id = item.overrides.id.clone();
    let url = || item.url.as_deref().and_then(normalise_url);
    let path = || item.path.clone();
    id.or_else(url)
        .or_else(path)
        .unwrap_or_else(|| item.id().to_owned())
}

/// Returns the last segment of the URL's path.
fn slug(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let mut segments = url.path_segments()?.rev();
    let last = segments.find(|segment| !segment.is_empty())?;
    let name = last.strip_suffix(".html").unwrap_or(last);
    Some(name.to_owned())
}

/// Returns the name of the series in the front matter: a text, or the first of a list.
fn series(front: &Map<String, Value>) -> Option<String> {
    let name = match front.get("series")? {
        Value::Array(names) => names.first()?.as_str()?,
        name => name.as_str()?,
    };
    Some(clean_line(name)).filter(|name| !name.is_empty())
}

/// Returns the public URL of the picture of the card.
fn cover_url(item: &Item, base: &LinkBase) -> Option<String> {
    let url = item.image.as_ref()?.url.as_deref()?;
    let url = base.resolve(url).unwrap_or_else(|| url.to_owned());
    let is_web = Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    is_web.then_some(url)
}

#[cfg(test)]
mod tests;
