//! Derives the URL path of a Jekyll document ("Permalinks", Jekyll's documentation, and its classes
//! `Jekyll::URL` and `Drops::UrlDrop`).

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::super::model::{Route, RouteError, RouteInput};
use super::slug::{lowercase, slugify, slugify_pretty};
use crate::permalink::expand;
use syndicate_api::FieldOrigin;

/// Returns the pattern of a built-in style; any other text is a pattern itself.
pub(super) fn style(text: &str) -> &str {
    match text {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        pattern => pattern,
    }
}

/// Returns the default pattern of a collection, whose ending follows the site's `style`.
pub(super) fn default_pattern(style: &str) -> String {
    let end = match style {
        "pretty" => "/",
        "date" | "ordinal" | "none" => ":output_ext",
        pattern if pattern.ends_with('/') => "/",
        pattern if pattern.ends_with(":output_ext") => ":output_ext",
        _ => "",
    };
    format!("/:collection/:path{end}")
}

/// The values of the placeholders for one document.
pub(super) struct Values<'a> {
    /// The collection's name.
    pub(super) collection: &'a str,
    /// The path relative to the collection's folder, without extension.
    pub(super) path: String,
    /// The file's name without its extension.
    pub(super) base_name: &'a str,
    /// The front matter's slug, otherwise the file name's.
    pub(super) slug: String,
    pub(super) categories: Vec<String>,
    /// The document's date in the site's time zone.
    pub(super) date: Option<DateTime>,
}

/// Returns the route of a document by `pattern`; `origin` is the origin of the pattern.
pub(super) fn route(
    pattern: &str,
    origin: FieldOrigin,
    values: &Values<'_>,
) -> Result<Route, RouteError> {
    let value = |name: &str| values.get(name).map(|text| text.replace('%', "%25").into());
    let path = expand(pattern, value).map_err(RouteError::in_pattern(pattern))?;
    Ok(Route {
        path: sanitize(&path),
        origin,
    })
}

/// Normalizes a path as `URL#sanitize_url` does: one leading slash, no double slashes, no `..`.
fn sanitize(path: &str) -> String {
    let mut sanitized = String::with_capacity(path.len() + 1);
    for c in format!("/{path}")
        .replace("..", "/")
        .replace("./", "")
        .chars()
    {
        if c != '/' || !sanitized.ends_with('/') {
            sanitized.push(c);
        }
    }
    sanitized
}

impl Values<'_> {
    fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        Some(match name {
            "output_ext" => ".html".into(),
            "collection" => self.collection.into(),
            "path" => self.path.as_str().into(),
            "name" => slugify(self.base_name).into(),
            "title" => slugify_pretty(&self.slug).into(),
            "slug" => slugify(&self.slug).into(),
            "categories" => self.categories(lowercase).into(),
            "slugified_categories" => self.categories(slugify).into(),
            _ => self.date_part(name)?.into(),
        })
    }

    fn categories(&self, spelled: impl Fn(&str) -> String) -> String {
        let mut seen = BTreeSet::new();
        let names = self.categories.iter().map(|name| spelled(name));
        let names = names.filter(|name| seen.insert(name.clone()));
        names.collect::<Vec<_>>().join("/")
    }

    fn date_part(&self, name: &str) -> Option<String> {
        let format = match name {
            "year" => "%Y",
            "month" => "%m",
            "day" => "%d",
            "hour" => "%H",
            "minute" => "%M",
            "second" => "%S",
            "i_day" => "%-d",
            "i_month" => "%-m",
            "short_month" => "%b",
            "long_month" => "%B",
            "short_year" => "%y",
            "w_year" => "%G",
            "week" => "%V",
            "w_day" => "%u",
            "short_day" => "%a",
            "long_day" => "%A",
            "y_day" => "%j",
            _ => return None,
        };
        Some(self.date?.strftime(format).to_string())
    }
}

/// Returns the pattern of `post`: its own, the user's, otherwise `general`.
pub(super) fn pattern<'a>(post: &'a RouteInput<'_>, general: &'a str) -> (&'a str, FieldOrigin) {
    match (
        post.front.get("permalink").and_then(|own| own.as_str()),
        post.pattern,
    ) {
        (Some(own), _) => (own.trim(), FieldOrigin::FrontMatter("permalink".to_owned())),
        (None, Some(option)) => {
            let pattern = style(option);
            (pattern, FieldOrigin::Permalink(pattern.to_owned()))
        }
        (None, None) => (general, FieldOrigin::Permalink(general.to_owned())),
    }
}
