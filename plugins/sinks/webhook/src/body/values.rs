//! The values of a post that body templates see.

use serde_json::{Map, Value, json};
use syndicate_api::{Post, TextSpan};

use crate::text::{one_line, sanitize};

/// Returns the values of `post`. All names are always present; a value that is not known is `null`.
pub(super) fn values(post: &Post) -> Value {
    let card = post.card.as_ref();
    let article = post.article.as_ref();
    let picture = card.and_then(|card| card.picture.as_ref());
    let title = card
        .map(|card| &card.title)
        .or(article.map(|article| &article.title));
    let description = card
        .and_then(|card| card.description.as_ref())
        .or(article.and_then(|article| article.description.as_ref()));
    let link = card
        .map(|card| &card.url)
        .or(article.map(|article| &article.url));
    let url = article.map(|article| &article.url).or(link);
    let hashtags: Vec<&String> = post.text.0.iter().filter_map(hashtag).collect();
    let mut values = json!({
        "description": description.map(|text| one_line(text)).filter(|text| !text.is_empty()),
        "hashtags": hashtags,
        "html": article.map(|article| &article.html),
        "image": {
            "alt": picture.and_then(|picture| picture.alt.as_ref()),
            "url": picture.and_then(|picture| picture.url.as_ref())
                .or(article.and_then(|article| article.cover_url.as_ref())),
        },
        "key": article.map(|article| &article.key),
        "lang": post.lang,
        "link": link,
        "markdown": article.map(|article| &article.markdown),
        "plain": article.map(|article| &article.plain),
        "published": article.and_then(|article| article.published).map(|at| at.to_string()),
        "slug": article.and_then(|article| article.slug.as_ref()),
        "tags": article.map(|article| article.tags.clone()).unwrap_or_default(),
        "text": post.text.plain(),
        "title": title.map(|text| one_line(text)).filter(|text| !text.is_empty()),
        "updated": article.and_then(|article| article.updated).map(|at| at.to_string()),
        "url": url,
    });
    sanitize_all(&mut values);
    values
}

fn hashtag(span: &TextSpan) -> Option<&String> {
    match span {
        TextSpan::Hashtag(word) => Some(word),
        _ => None,
    }
}

/// Removes control characters from all texts. Keys are those of this module.
fn sanitize_all(value: &mut Value) {
    match value {
        Value::String(text) => *text = sanitize(text),
        Value::Array(values) => values.iter_mut().for_each(sanitize_all),
        Value::Object(map) => map.values_mut().for_each(sanitize_all),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns the names of all values, as templates write them.
pub(super) fn names() -> Vec<String> {
    let mut names = Vec::new();
    if let Value::Object(values) = values(&Post::default()) {
        collect_names("", &values, &mut names);
    }
    names
}

fn collect_names(prefix: &str, values: &Map<String, Value>, names: &mut Vec<String>) {
    for (name, value) in values {
        let name = format!("{prefix}{name}");
        match value {
            Value::Object(below) => collect_names(&format!("{name}."), below, names),
            _ => names.push(name),
        }
    }
}
