//! Short facts about a post: its tags, its author, its language.

use serde_json::Value;
use syndicate_api::FieldOrigin;
use syndicate_api::text::{distinct, language_tag};

use super::lookup::{first_text, with_own};
use crate::document::Front;
use crate::generators::FileNameParts;
use crate::markdown::plain;
use crate::options::FieldKeys;
use crate::site::Site;
use crate::value::{Sourced, scalar};

const TAGS: &[&str] = &["tags", "tag", "taxonomies.tags"];
const AUTHOR: &[&str] = &["author", "authors", "byline"];
const LANG: &[&str] = &["lang", "language", "locale"];

/// The tags in their order, each once regardless of case.
pub(super) fn tags(site: &Site, front: &Front) -> Sourced<Vec<String>> {
    let (key, value) = front.first(with_own(&site.options.fields.tags, TAGS))?;
    let rules = &site.conventions.tags;
    let written: Vec<String> = match value {
        Value::Array(values) => values.iter().filter_map(tag).collect(),
        Value::String(text) => rules.split.split(key, text),
        value => scalar(value).into_iter().collect(),
    };
    let labels = written.iter().filter_map(|tag| rules.label(tag));
    let tags = distinct(labels.map(str::to_owned));
    (!tags.is_empty()).then(|| (tags, FieldOrigin::FrontMatter(key.to_owned())))
}

/// A tag, which may be a map with a `label`.
fn tag(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) => map.get("label").and_then(scalar),
        value => scalar(value),
    }
}

/// The author or authors, else the one that the site is said to have.
pub(super) fn author(site: &Site, about: &syndicate_api::Site, front: &Front) -> Sourced<String> {
    with_own(&site.options.fields.author, AUTHOR)
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

/// A name, a map with a `name` or a `key`, or a list of either.
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

/// The language of the post, else of the folder it lies in, else of the site.
pub(super) fn lang(
    front: &Front,
    keys: &FieldKeys,
    name: &FileNameParts,
    site: &syndicate_api::Site,
) -> Sourced<String> {
    let own = first_text(front, &with_own(&keys.lang, LANG));
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
