//! The JSON of an article: the detail view, and the entry of the author's list.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::devto::article::Article;

/// Returns the detail view.
pub(super) fn detail(article: &Article, base_url: &str) -> Value {
    let published = article.published_at.map(time);
    json!({
        "type_of": "article",
        "id": article.id,
        "title": article.title,
        "description": article.description,
        "readable_publish_date": article.published_at.map(|time| time.strftime("%b %-d").to_string()),
        "slug": article.slug,
        "path": path(article),
        "url": url(article, base_url),
        "comments_count": 0,
        "public_reactions_count": 0,
        "collection_id": article.series.as_ref().map(|_| 1),
        "published_timestamp": published.clone().unwrap_or_default(),
        "language": "en",
        "subforem_id": null,
        "positive_reactions_count": 0,
        "cover_image": article.main_image,
        "social_image": article.main_image,
        "canonical_url": canonical_url(article, base_url),
        "created_at": time(article.created_at),
        "edited_at": article.edited_at.map(time),
        "crossposted_at": null,
        "published_at": published,
        "last_comment_at": published,
        "reading_time_minutes": 1,
        "tag_list": article.tags.join(", "),
        "tags": article.tags,
        "body_html": article.liquid_error.clone().unwrap_or_else(|| article.body_markdown.clone()),
        "body_markdown": article.body_markdown,
        "user": user(&article.author),
    })
}

/// Returns the entry of the author's list.
pub(super) fn entry(article: &Article, base_url: &str) -> Value {
    json!({
        "type_of": "article",
        "id": article.id,
        "title": article.title,
        "description": article.description,
        "cover_image": article.main_image,
        "published": article.published,
        "published_at": article.published_at.map(time),
        "tag_list": article.tags,
        "slug": article.slug,
        "path": path(article),
        "url": url(article, base_url),
        "canonical_url": canonical_url(article, base_url),
        "comments_count": 0,
        "public_reactions_count": 0,
        "positive_reactions_count": 0,
        "page_views_count": 0,
        "published_timestamp": article.published_at.map(time).unwrap_or_default(),
        "body_markdown": article.body_markdown,
        "reading_time_minutes": 1,
        "user": user(&article.author),
    })
}

/// Returns the URL of an article on this server.
pub(super) fn url(article: &Article, base_url: &str) -> String {
    format!("{base_url}{}", path(article))
}

fn path(article: &Article) -> String {
    format!("/{}/{}", article.author, article.slug)
}

/// Returns the canonical URL; the article's own URL if it has none.
fn canonical_url(article: &Article, base_url: &str) -> String {
    let canonical = article.canonical_url.clone();
    canonical.unwrap_or_else(|| url(article, base_url))
}

/// Returns the account of a key.
pub(super) fn account(name: &str) -> Value {
    json!({
        "type_of": "user",
        "id": 1,
        "username": name,
        "name": name,
        "twitter_username": null,
        "github_username": null,
        "summary": null,
        "location": null,
        "website_url": null,
        "joined_at": "Jan  1, 2024",
        "profile_image": "https://media.dev.to/profile.png",
    })
}

fn user(name: &str) -> Value {
    json!({
        "name": name,
        "username": name,
        "twitter_username": null,
        "github_username": null,
        "user_id": 1,
        "website_url": null,
        "profile_image": "https://media.dev.to/profile.png",
        "profile_image_90": "https://media.dev.to/profile_90.png",
    })
}

/// Returns a time in Forem's format, with seconds.
fn time(time: Timestamp) -> String {
    format!("{time:.0}")
}
