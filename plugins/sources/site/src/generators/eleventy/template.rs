//! Evaluates permalinks in a template language ("Permalinks", Eleventy's documentation). Supported are
//! outputs of values of the page, through filters that have the same meaning in Liquid and Nunjucks.

use jiff::Zoned;
use serde_json::Value;

use super::super::model::RouteInput;
use super::data::COMPUTED_DATA;
use super::slugs::{slug, slugify};
use crate::value::scalar;

/// The values of a page that a template can output.
pub(super) struct Page<'a> {
    pub(super) post: &'a RouteInput<'a>,
    pub(super) file_slug: &'a str,
    pub(super) file_path_stem: &'a str,
    /// `true` if the site is built by Eleventy 1 or 2.
    pub(super) is_old: bool,
}

/// An intermediate value of an output.
enum Piece {
    Text(String),
    Date(Zoned),
}

impl Page<'_> {
    /// Evaluates `template`.
    ///
    /// # Errors
    /// Returns the first part that cannot be evaluated.
    pub(super) fn evaluate(&self, template: &str) -> Result<String, String> {
        if let Some(at) = template.find("{%") {
            return Err(template[at..].to_owned());
        }
        let mut path = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            path.push_str(before);
            let (output, tail) = after.split_once("}}").ok_or_else(|| after.to_owned())?;
            let output = output.trim_matches(['-', ' ']);
            path.push_str(&self.output(output).ok_or_else(|| output.to_owned())?);
            rest = tail;
        }
        path.push_str(rest);
        Ok(path)
    }

    fn output(&self, output: &str) -> Option<String> {
        let mut parts = output.split('|').map(str::trim);
        let mut piece = self.value(parts.next()?)?;
        for filter in parts {
            piece = self.filtered(piece, filter)?;
        }
        match piece {
            Piece::Text(text) => Some(text),
            // Without a filter, the format of a date depends on JavaScript.
            Piece::Date(_) => None,
        }
    }

    fn value(&self, name: &str) -> Option<Piece> {
        let text = match name {
            "page.fileSlug" => self.file_slug.to_owned(),
            "page.filePathStem" => self.file_path_stem.to_owned(),
            "page.outputFileExtension" => "html".to_owned(),
            "page.date" => return Some(Piece::Date(self.post.published?.date.at.clone())),
            name if name.starts_with(['"', '\'']) => quoted(name)?.to_owned(),
            // Another program or template computes it.
            name if self.is_computed(name) => return None,
            name => scalar(self.post.front.get(name)?)?,
        };
        Some(Piece::Text(text))
    }

    fn is_computed(&self, name: &str) -> bool {
        let computed = self.post.front.get(COMPUTED_DATA);
        computed.is_some_and(|computed| computed.get(name).is_some())
    }

    fn filtered(&self, piece: Piece, filter: &str) -> Option<Piece> {
        let end = filter.find([':', '(']).unwrap_or(filter.len());
        let (name, argument) = (
            filter[..end].trim(),
            filter[end..].trim_matches([':', '(', ')', ' ']),
        );
        let text = match (piece, name) {
            (Piece::Date(date), "date") => {
                // The filter formats dates in UTC with a strftime pattern.
                let format = quoted(argument).filter(|format| format.contains('%'))?;
                let date = date.with_time_zone(jiff::tz::TimeZone::UTC);
                jiff::fmt::strtime::format(format, &date).ok()?
            }
            (Piece::Text(text), "slugify") => slugify(&text, self.is_old)?,
            (Piece::Text(text), "slug") => slug(&text),
            (Piece::Text(text), "downcase" | "lower") => text.to_lowercase(),
            (Piece::Text(text), "upcase" | "upper") => text.to_uppercase(),
            (Piece::Text(text), "strip" | "trim") => text.trim().to_owned(),
            (Piece::Text(text), "safe" | "string") => text,
            _ => return None,
        };
        Some(Piece::Text(text))
    }
}

/// Returns the text between a pair of quotes.
fn quoted(text: &str) -> Option<&str> {
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\''))
}

/// Returns a permalink: a string, or the `build` member of a map.
pub(super) fn permalink(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        Value::Object(map) => permalink(map.get("build")?),
        _ => None,
    }
}
