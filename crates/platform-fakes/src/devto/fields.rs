//! Applies the fields of a request and the front matter of the body to an article.

use serde_json::{Map, Value};

use crate::devto::article::Article;
use crate::devto::front_matter::Body;
use crate::devto::tags;

/// The number of characters of a description that is made from the body.
const DESCRIPTION: usize = 104;

/// Applies the fields of a request. A missing field changes nothing.
pub(super) fn apply_request(article: &mut Article, fields: &Map<String, Value>) {
    let text = |name: &str| {
        fields
            .get(name)
            .map(|value| value.as_str().unwrap_or_default())
    };
    let optional = |name: &str| text(name).map(|text| (!text.is_empty()).then(|| text.to_owned()));
    if let Some(title) = text("title") {
        title.clone_into(&mut article.title);
    }
    if let Some(body) = text("body_markdown") {
        body.clone_into(&mut article.body_markdown);
    }
    if let Some(description) = text("description") {
        description.clone_into(&mut article.description);
    }
    if let Some(series) = optional("series") {
        article.series = series;
    }
    if let Some(image) = optional("main_image") {
        article.main_image = image;
    }
    if let Some(url) = optional("canonical_url") {
        article.canonical_url = url;
    }
    if let Some(organization) = fields.get("organization_id") {
        article.organization_id = organization.as_u64();
    }
    if let Some(published) = fields.get("published").and_then(Value::as_bool) {
        article.published = published;
    }
    if let Some(names) = fields.get("tags").and_then(Value::as_array) {
        let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
        article.tags = tags::split(&names.join(", "));
    }
}

/// Applies the front matter, which wins over the fields of the request.
pub(super) fn apply_front_matter(article: &mut Article, body: &Body<'_>) {
    let fields = &body.fields;
    let text = |name: &str| {
        let text = fields.get(name).and_then(Value::as_str);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let has_title = text("title").is_some();
    if let Some(title) = text("title") {
        article.title = title;
    }
    match fields.get("tags") {
        Some(Value::String(list)) if !list.is_empty() => article.tags = tags::split(list),
        Some(Value::Array(names)) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            article.tags = tags::split(&names.join(", "));
        }
        _ => {}
    }
    if let Some(published) = fields.get("published").and_then(Value::as_bool) {
        article.published = published;
    }
    if fields.contains_key("cover_image") {
        article.main_image = text("cover_image");
    }
    if let Some(url) = text("canonical_url") {
        article.canonical_url = Some(url);
    }
    // A front matter with a title replaces the description and the series even if it has none.
    if has_title || text("description").is_some() {
        article.description = text("description").unwrap_or_default();
    }
    if has_title || text("series").is_some() {
        article.series = text("series");
    }
    if article.description.is_empty() {
        article.description = start_of(body.content);
    }
}

fn start_of(content: &str) -> String {
    let line = content.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= DESCRIPTION {
        return line;
    }
    let start: String = line.chars().take(DESCRIPTION - 3).collect();
    format!("{start}...")
}
