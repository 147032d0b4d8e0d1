//! The author's articles (`GET /api/articles/me/…`), and one published article.

use std::cmp::Reverse;

use serde_json::Value;

use crate::answer::Answer;
use crate::devto::article::Article;
use crate::devto::entities;
use crate::devto::errors::not_found;
use crate::devto::server::Devto;
use crate::request::Request;

/// The default and the largest number of articles of a page.
const PER_PAGE: (usize, usize) = (30, 1000);

/// Handles the list. Drafts are first, then the newest.
pub(super) fn mine(
    devto: &Devto,
    request: &Request,
    status: &str,
    author: &str,
    base_url: &str,
) -> Answer {
    let is_listed = |article: &&Article| match status {
        "all" => true,
        "unpublished" => !article.published,
        _ => article.published,
    };
    let own = devto.articles.iter().filter(|one| one.author == author);
    let mut articles: Vec<&Article> = own.filter(is_listed).collect();
    articles.sort_by_key(|article| {
        let never = article.published_at.is_none();
        Reverse((never, article.published_at, article.created_at, article.id))
    });
    let number = |name: &str| request.query_value(name).and_then(|text| text.parse().ok());
    let page: usize = number("page").unwrap_or(1).max(1);
    let size: usize = number("per_page").unwrap_or(PER_PAGE.0).min(PER_PAGE.1);
    let page = articles.into_iter().skip((page - 1) * size).take(size);
    let entries: Vec<Value> = page
        .map(|article| entities::entry(article, base_url))
        .collect();
    Answer::json(200, &Value::Array(entries))
}

/// Handles `GET /api/articles/:id`. A draft is not found, even for its author.
pub(super) fn show(devto: &Devto, id: &str, base_url: &str) -> Result<Answer, Answer> {
    let id: Option<u64> = id.parse().ok();
    let mut public = devto.articles.iter().filter(|article| article.published);
    let article = public.find(|article| Some(article.id) == id);
    let article = article.ok_or_else(not_found)?;
    Ok(Answer::json(200, &entities::detail(article, base_url)))
}
