//! The title and the description.

use syndicate_api::FieldOrigin;
use syndicate_api::text::{collapse_whitespace, shorten};

use super::lookup::{first_text, with_own};
use crate::document::Front;
use crate::generators::{FileNameParts, TextFormat};
use crate::markdown::{plain, plain_smart, without_tags};
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
        .map(|(title, origin)| (shown(&title, site.conventions.titles), origin))
        .filter(|(title, _)| !title.is_empty());
    own.or_else(|| Some((name.title.clone()?, FieldOrigin::Path)))
        .or_else(|| Some((heading()?, FieldOrigin::Body("first heading".to_owned()))))
        .or_else(|| Some((readable(file)?, FieldOrigin::Path)))
}

/// A text of the front matter as the site shows it.
fn shown(text: &str, format: TextFormat) -> String {
    match format {
        TextFormat::Plain => collapse_whitespace(text),
        TextFormat::Html => without_tags(text),
        TextFormat::Markdown => plain(text),
        TextFormat::SmartMarkdown => plain_smart(text),
    }
}

/// How the generator reads the description under `key`.
fn format_of(site: &Site, key: &str) -> TextFormat {
    let conventions = &site.conventions;
    let mut markdown = conventions.markdown_keys.iter();
    match conventions.descriptions {
        TextFormat::Plain | TextFormat::Html if markdown.any(|known| known == key) => {
            TextFormat::Markdown
        }
        format => format,
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
        let text = shown(front.get(key)?.as_str()?, format_of(site, key));
        (!text.is_empty()).then(|| (text, FieldOrigin::FrontMatter(key.to_owned())))
    });
    own.or_else(|| {
        let (text, what) = excerpt();
        let text = shorten(&text);
        (!text.is_empty()).then(|| (text, FieldOrigin::Body(what.to_owned())))
    })
}
