//! Reads the tags, author and language of a post.

use serde_json::Value;
use syndicate_api::FieldOrigin;
use syndicate_api::text::{distinct, language_tag};

use super::lookup::{first_text, with_user_keys};
use crate::document::FrontMatter;
use crate::generators::FileNameParts;
use crate::markdown::plain;
use crate::options::FieldKeys;
use crate::site::Site;
use crate::value::{Sourced, scalar};

const TAG_KEYS: &[&str] = &["tags", "tag", "taxonomies.tags"];
const AUTHOR_KEYS: &[&str] = &["author", "authors", "byline"];
const LANG_KEYS: &[&str] = &["lang", "language", "locale"];

/// Returns the tags in order, without duplicates that differ only in case.
pub(super) fn tags(site: &Site, front: &FrontMatter) -> Sourced<Vec<String>> {
    let (key, value) = front.first(with_user_keys(&site.options.fields.tags, TAG_KEYS))?;
    let rules = &site.conventions.tags;
    let written: Vec<String> = match value {
        Value::Array(values) => values.iter().filter_map(tag_text).collect(),
        Value::String(text) => rules.split.split(key, text),
        value => scalar(value).into_iter().collect(),
    };
    let labels = written.iter().filter_map(|tag| rules.label(tag));
    let tags = distinct(labels.map(str::to_owned));
    (!tags.is_empty()).then(|| (tags, FieldOrigin::FrontMatter(key.to_owned())))
}

/// Returns the text of a tag, which may be a map with a `label`.
fn tag_text(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) => map.get("label").and_then(scalar),
        value => scalar(value),
    }
}

/// Returns the author or authors of the post, otherwise the author of the site.
pub(super) fn author(
    site: &Site,
    about: &syndicate_api::Site,
    front: &FrontMatter,
) -> Sourced<String> {
    with_user_keys(&site.options.fields.author, AUTHOR_KEYS)
        .into_iter()
        .find_map(|key| {
            let names = person_names(front.get(key)?).into_iter();
            let names: Vec<String> = names
                .map(|name| site.conventions.authors.name(&name).unwrap_or(name))
                .collect();
            let text = plain(&names.join(", "));
            (!text.is_empty()).then(|| (text, FieldOrigin::FrontMatter(key.to_owned())))
        })
        .or_else(|| {
            let author = about.author.clone()?;
            Some((author, FieldOrigin::Generator("author".to_owned())))
        })
}

/// Returns the names in a value: a name, a map with a `name` or a `key`, or a list of either.
fn person_names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(person_names).collect(),
        Value::Object(map) => {
            let name = map.get("name").or_else(|| map.get("key"));
            name.and_then(scalar).into_iter().collect()
        }
        value => scalar(value).into_iter().collect(),
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
