//! Reads the title and the description of a post.

use serde_json::Value;
use syndicate_api::text::collapse_whitespace;
use syndicate_api::{Diagnostic, FieldOrigin};

use super::lookup::{not_text, text_or_error, with_user_keys};
use crate::document::FrontMatter;
use crate::generators::{FileNameParts, TextFormat};
use crate::markdown::{plain, plain_smart, without_tags};
use crate::paths::basename;
use crate::post_file::{PostFile, split_date};
use crate::site::Site;
use crate::value::{Sourced, scalar};

const TITLE_KEYS: &[&str] = &["title"];

/// Returns the title: the front matter's, otherwise the generator's, otherwise the first heading,
/// otherwise one made from the file's name.
///
/// # Errors
/// Returns a diagnostic if the front matter's title is not text, because the post would get another title.
pub(super) fn title(
    site: &Site,
    front: &FrontMatter,
    heading: &dyn Fn() -> Option<String>,
    file: &PostFile,
    name: &FileNameParts,
) -> Result<Sourced<String>, Diagnostic> {
    let keys = with_user_keys(&site.options.fields.title, TITLE_KEYS);
    let own = text_or_error(front, &keys)?
        .map(|(title, origin)| (as_displayed(&title, site.conventions.titles), origin))
        .filter(|(title, _)| !title.is_empty());
    Ok(own
        .or_else(|| Some((name.title.clone()?, FieldOrigin::Path)))
        .or_else(|| Some((heading()?, FieldOrigin::Body("first heading".to_owned()))))
        .or_else(|| Some((title_from_name(file)?, FieldOrigin::Path))))
}

/// Converts a front matter value to plain text as the site displays it.
fn as_displayed(text: &str, format: TextFormat) -> String {
    match format {
        TextFormat::Plain => collapse_whitespace(text),
        TextFormat::Html => without_tags(text),
        TextFormat::Markdown => plain(text),
        TextFormat::SmartMarkdown => plain_smart(text),
    }
}

/// Returns the format in which the generator reads the description under `key`.
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

/// Makes a title from a file's name: without a date, with spaces and a capital letter.
fn title_from_name(file: &PostFile) -> Option<String> {
    let name = match file.file_stem() {
        "index" | "_index" => basename(file.content_stem().rsplit_once('/')?.0),
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

/// Returns the description: the front matter's, otherwise the excerpt of the text.
///
/// # Errors
/// Returns a diagnostic if the front matter's description is not text.
pub(super) fn description(
    site: &Site,
    front: &FrontMatter,
    excerpt: &dyn Fn() -> (String, &'static str),
) -> Result<Sourced<String>, Diagnostic> {
    let users = &site.options.fields.description;
    let keys = with_user_keys(users, site.conventions.description_keys);
    for key in keys.iter().copied() {
        let Some(value) = front.get(key) else {
            continue;
        };
        let Some(text) = scalar(value) else {
            // Themes give the other keys values of their own, such as a flag in `excerpt`.
            let is_description = key == "description" || users.iter().any(|own| own == key);
            if is_description && front.is_own(key) && *value != Value::Bool(false) {
                return Err(not_text(front, key, value));
            }
            continue;
        };
        let text = as_displayed(&text, format_of(site, key));
        if !text.is_empty() {
            return Ok(Some((text, FieldOrigin::FrontMatter(key.to_owned()))));
        }
    }
    let (text, what) = excerpt();
    Ok((!text.is_empty()).then(|| (text, FieldOrigin::Body(what.to_owned()))))
}
