//! The title and the description.

use serde_json::Value;
use syndicate_api::Origin;
use syndicate_api::text::{collapse_whitespace, shorten};

use super::lookup::{first_text, with_own};
use crate::document::Front;
use crate::generators::FileNameParts;
use crate::markdown::{plain, plain_smart};
use crate::paths::basename;
use crate::post_file::{PostFile, split_date};
use crate::site::Site;
use crate::value::Sourced;

const TITLE: &[&str] = &["title"];

/// The title: the front matter's, else what the generator makes up, else the first heading, else the
/// file's name.
pub(super) fn title(
    site: &Site,
    front: &Front,
    heading: &dyn Fn() -> Option<String>,
    file: &PostFile,
    name: &FileNameParts,
) -> Sourced<String> {
    let own = first_text(front, &with_own(&site.options.fields.title, TITLE))
        .map(|(title, origin)| match site.conventions.titles_are_text {
            true => (collapse_whitespace(&title), origin),
            false => (plain(&title), origin),
        })
        .filter(|(title, _)| !title.is_empty());
    own.or_else(|| Some((name.title.clone()?, Origin::Path)))
        .or_else(|| Some((heading()?, Origin::Body("first heading".to_owned()))))
        .or_else(|| Some((readable(file)?, Origin::Path)))
}

/// A description of the front matter as the site shows it.
fn shown(site: &Site, text: &str) -> String {
    match site.conventions.descriptions_are_smart {
        true => plain_smart(text),
        false => plain(text),
    }
}

/// The name of a file as a title: without a date, with spaces and a capital letter.
fn readable(file: &PostFile) -> Option<String> {
    let name = match file.base_name() {
        "index" | "_index" => basename(file.stem().rsplit_once('/')?.0),
        name => name,
    };
    let words: Vec<&str> = split_date(name)
        .1
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let title = words.join(" ");
    let mut chars = title.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}

/// The description: the front matter's as it is, else the beginning of the text, cut to size.
pub(super) fn description(
    site: &Site,
    front: &Front,
    excerpt: &dyn Fn() -> (String, &'static str),
) -> Sourced<String> {
    let own = with_own(
        &site.options.fields.description,
        site.conventions.description_keys,
    )
    .into_iter()
    .find_map(|key| {
        let text = shown(site, front.get(key).and_then(Value::as_str)?);
        (!text.is_empty()).then(|| (text, Origin::FrontMatter(key.to_owned())))
    });
    own.or_else(|| {
        let (text, what) = excerpt();
        let text = shorten(&text);
        (!text.is_empty()).then(|| (text, Origin::Body(what.to_owned())))
    })
}
