//! Reads the tags, author and language of a post.

use serde_json::Value;
use syndicate_api::text::{distinct, language_tag};
use syndicate_api::{Diagnostic, FieldOrigin, ItemAuthor};

use super::lookup::{first_text, with_user_keys, wrong_type};
use crate::document::FrontMatter;
use crate::generators::{AuthorFormat, FileNameParts};
use crate::markdown::plain;
use crate::options::FieldKeys;
use crate::site::Site;
use crate::value::{Sourced, scalar};

const TAG_KEYS: &[&str] = &["tags", "tag", "taxonomies.tags"];
const AUTHOR_KEYS: &[&str] = &["author", "authors", "byline"];
const LANG_KEYS: &[&str] = &["lang", "language", "locale"];

/// Returns the tags in order, without duplicates that differ only in case.
///
/// # Errors
/// Returns a diagnostic if the value in the file is a map or `true`.
pub(super) fn tags(site: &Site, front: &FrontMatter) -> Result<Sourced<Vec<String>>, Diagnostic> {
    let keys = with_user_keys(&site.options.fields.tags, TAG_KEYS);
    let Some((key, value)) = front.first(keys.iter().copied()) else {
        return Ok(None);
    };
    if matches!(value, Value::Object(_) | Value::Bool(true)) && front.is_own(key) {
        let diagnostic = wrong_type(front, key, value, "a list");
        return Err(diagnostic.with_hint(format!("write `{key}: [one, two]`")));
    }
    let rules = &site.conventions.tags;
    let written: Vec<String> = match value {
        Value::Array(values) => values.iter().flat_map(tag_texts).collect(),
        Value::String(text) => rules.split.split(key, text),
        value => scalar(value).into_iter().collect(),
    };
    let labels = written.iter().filter_map(|tag| rules.label(tag));
    let tags = distinct(labels.map(str::to_owned));
    Ok((!tags.is_empty()).then(|| (tags, FieldOrigin::FrontMatter(key.to_owned()))))
}

/// Returns the text of a tag, which may be a map with a `label`, or the texts of a list in the list.
fn tag_texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(tag_texts).collect(),
        Value::Object(map) => map.get("label").and_then(scalar).into_iter().collect(),
        value => scalar(value).into_iter().collect(),
    }
}

/// Returns the authors of the post, otherwise the author of the site.
pub(super) fn authors(
    site: &Site,
    about: &syndicate_api::Site,
    front: &FrontMatter,
) -> Sourced<Vec<ItemAuthor>> {
    let keys = with_user_keys(&site.options.fields.author, AUTHOR_KEYS);
    keys.iter()
        .copied()
        .find_map(|key| {
            // Most posts have one author, and a vector that grows has space for four.
            let mut found = Vec::with_capacity(1);
            collect_authors(front.get(key)?, &site.conventions.authors, &mut found);
            (!found.is_empty()).then(|| (found, FieldOrigin::FrontMatter(key.to_owned())))
        })
        .or_else(|| {
            let author = ItemAuthor::named(about.author.clone()?);
            Some((vec![author], FieldOrigin::Generator("author".to_owned())))
        })
}

/// Collects the authors in a value: a name or key, a map with a `name` or a `key`, or a list of either.
fn collect_authors(value: &Value, format: &AuthorFormat, found: &mut Vec<ItemAuthor>) {
    let (name, key) = match value {
        Value::Array(values) => {
            for value in values {
                collect_authors(value, format, found);
            }
            return;
        }
        Value::Object(map) => {
            let text = |key: &str| map.get(key).and_then(scalar);
            (text("name"), text("key"))
        }
        value => (None, scalar(value)),
    };
    let listed = key.as_deref().and_then(|key| format.name(key));
    let (name, key) = match (name.or(listed), key) {
        (Some(name), key) => (name, key),
        // A text that is not a listed key is the name.
        (None, Some(key)) => (key, None),
        (None, None) => return,
    };
    let name = plain(&name);
    if !name.is_empty() {
        found.push(ItemAuthor { name, key });
    }
}

/// Returns the language of the post, otherwise that of its folder, otherwise that of the site.
pub(super) fn lang(
    front: &FrontMatter,
    keys: &FieldKeys,
    name: &FileNameParts,
    site: &syndicate_api::Site,
) -> Sourced<String> {
    let own = first_text(front, &with_user_keys(&keys.lang, LANG_KEYS));
    let own = own.map(|(lang, origin)| (language_tag(&lang), origin));
    own.or_else(|| {
        let (_, lang) = name.extra.iter().find(|(key, _)| key == "lang")?;
        Some((language_tag(lang), FieldOrigin::Path))
    })
    .or_else(|| {
        let lang = site.lang.clone()?;
        Some((lang, FieldOrigin::Generator("language".to_owned())))
    })
}
