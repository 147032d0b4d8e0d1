//! Evaluates Hugo's shortcode `param` ("Param shortcode", Hugo's documentation): a parameter of the page, otherwise of
//! the site.

use std::borrow::Cow;

use serde_json::Value;

use super::super::outputs::{fill, unquote};
use super::super::settings::Settings;
use crate::document::FrontMatter;

/// Both notations of shortcodes.
const NOTATIONS: &[(&str, &str)] = &[("{{<", ">}}"), ("{{%", "%}}")];

/// Replaces the shortcodes whose parameter is text or a number.
pub(super) fn fill_params<'a>(
    text: &'a str,
    front: &FrontMatter,
    settings: &Settings,
) -> Cow<'a, str> {
    let value = |content: &str| {
        let name = content.strip_prefix("param")?;
        let name = name.strip_prefix([' ', '\t'])?.trim();
        let name = unquote(name).unwrap_or(name).to_lowercase();
        let is_name = |c: char| c.is_alphanumeric() || "._-".contains(c);
        param(&name, front, settings).filter(|_| name.chars().all(is_name))
    };
    let mut filled = Cow::Borrowed(text);
    for notation in NOTATIONS {
        if let Cow::Owned(text) = fill(&filled, *notation, &value) {
            filled = Cow::Owned(text);
        }
    }
    filled
}

fn param(name: &str, front: &FrontMatter, settings: &Settings) -> Option<String> {
    // A language may have its own value.
    let mut languages = settings.members("languages");
    let differs = languages.any(|(_, language)| language.get("params").is_some());
    let found = match front.get(name) {
        Some(own) => own,
        None if differs => return None,
        None => settings.get(&format!("params.{name}"))?,
    };
    match found {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
