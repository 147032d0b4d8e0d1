//! Derives the URL path of a Hexo post ("Permalinks", Hexo's documentation).

use std::borrow::Cow;

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use serde_json::Value;
use sha1::{Digest, Sha1};
use syndicate_api::dates::parse_date;

use super::super::conventions::MachineClock;
use super::super::model::{Route, RouteError, RouteInput};
use super::super::settings::Settings;
use super::config::member;
use crate::paths::basename;
use crate::permalink::{date_part, expand, is_date_part, placeholders};
use crate::slug::slugify;

const DEFAULT_PATTERN: &str = ":year/:month/:day/:title/";

/// Returns the route of `post`: from its front matter, otherwise from the pattern.
pub(super) fn route(settings: &Settings, post: &RouteInput<'_>) -> Result<Route, RouteError> {
    if let Some(own) = post.front.get("permalink").and_then(Value::as_str) {
        let path = apply_pretty_urls(settings, own.trim().to_owned());
        return Ok(Route::from_front_matter(path, "permalink"));
    }
    let pattern = pattern(settings, post.pattern);
    let values = Values::new(settings, post);
    let path = expand(pattern, |name| values.get(name)).map_err(RouteError::in_pattern(pattern))?;
    Ok(Route::from_pattern(
        apply_pretty_urls(settings, path),
        pattern,
    ))
}

/// Returns the pattern that applies: the user's, the site's, or Hexo's default.
pub(super) fn pattern<'a>(settings: &'a Settings, option: Option<&'a str>) -> &'a str {
    let pattern = option.or_else(|| settings.string("permalink"));
    pattern.unwrap_or(DEFAULT_PATTERN)
}

/// Returns the part of the URLs of `pattern` that depends on the time zone of the build machine, if
/// any.
pub(super) fn machine_clock(pattern: &str) -> Option<MachineClock> {
    let names: Vec<&str> = placeholders(pattern).collect();
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(name));
    if has(&["timestamp", "hash"]) {
        Some(MachineClock::Instant)
    } else if has(&["hour", "minute", "second"]) {
        Some(MachineClock::Time)
    } else {
        names
            .iter()
            .any(|name| is_date_part(name))
            .then_some(MachineClock::Day)
    }
}

/// Applies the settings that change a whole path: with asset folders a post is always a folder, and
/// `pretty_urls` may remove `index.html` or `.html`.
fn apply_pretty_urls(settings: &Settings, mut path: String) -> String {
    if settings.flag("post_asset_folder") && !path.ends_with('/') && !path.ends_with(".html") {
        path.push('/');
    }
    let keeps = |name| member(settings, "pretty_urls", name).as_deref() != Some("false");
    let is_index = path.ends_with("index.html");
    let cut = if is_index && !keeps("trailing_index") {
        "index.html".len()
    } else if !is_index && path.ends_with(".html") && !keeps("trailing_html") {
        ".html".len()
    } else {
        0
    };
    path.truncate(path.len() - cut);
    path
}

/// The values of the placeholders for one post.
struct Values<'a> {
    settings: &'a Settings,
    post: &'a RouteInput<'a>,
    /// The post's date in the site's time zone.
    date: Option<DateTime>,
}

impl<'a> Values<'a> {
    fn new(settings: &'a Settings, post: &'a RouteInput<'a>) -> Self {
        Self {
            settings,
            post,
            date: date(post),
        }
    }

    fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let post = self.post;
        let slug = post.name.slug.as_str();
        match name {
            "title" | "slug" => return Some(Cow::Borrowed(slug)),
            "name" => return Some(Cow::Borrowed(basename(slug))),
            "post_title" => {
                let title = post.front.get("title").and_then(scalar);
                return Some(slugify(&title.unwrap_or_default()).to_lowercase().into());
            }
            "hash" => return self.hash().map(Cow::Owned),
            "timestamp" => return self.seconds().map(|seconds| seconds.to_string().into()),
            "category" => return Some(self.category().into()),
            _ if is_date_part(name) => {
                return date_part(name, self.date?).map(Cow::Owned);
            }
            _ => {}
        }
        let from_name = post.name.extra.iter().find(|(key, _)| key == name);
        from_name
            .map(|(_, value)| value.clone())
            .or_else(|| scalar(post.front.map.get(name)?))
            .or_else(|| member(self.settings, "permalink_defaults", name))
            .map(Cow::Owned)
    }

    /// Returns the Unix time of the date.
    fn seconds(&self) -> Option<i64> {
        let at = self.date?.to_zoned(self.post.zone.clone()).ok()?;
        Some(at.timestamp().as_second())
    }

    /// Returns the first twelve hex digits of the SHA-1 of the slug and the date's Unix time.
    fn hash(&self) -> Option<String> {
        let seconds = self.seconds()?;
        let digest = Sha1::digest(format!("{}{seconds}", self.post.name.slug));
        Some(
            digest
                .iter()
                .take(6)
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }

    /// Returns the slugs of the deepest category and its parents. For several hierarchies, Hexo uses the
    /// last one that it processed in the whole site; this uses the post's last.
    fn category(&self) -> String {
        let front = &self.post.front.map;
        let from_name = self
            .post
            .name
            .extra
            .iter()
            .find(|(key, _)| key == "category");
        let names = match front.get("categories").or_else(|| front.get("category")) {
            Some(Value::Array(values)) => match values.last() {
                Some(Value::Array(hierarchy)) => hierarchy.iter().filter_map(scalar).collect(),
                Some(_) if values.iter().any(Value::is_array) => {
                    values.last().and_then(scalar).into_iter().collect()
                }
                _ => values.iter().filter_map(scalar).collect(),
            },
            Some(value) => scalar(value).into_iter().collect(),
            None => from_name
                .map(|(_, name)| name.clone())
                .into_iter()
                .collect::<Vec<_>>(),
        };
        if names.is_empty() {
            return self
                .settings
                .string("default_category")
                .unwrap_or("uncategorized")
                .to_owned();
        }
        let slugs: Vec<String> = names.iter().map(|name| self.category_slug(name)).collect();
        slugs.join("/")
    }

    fn category_slug(&self, name: &str) -> String {
        let mapped = member(self.settings, "category_map", name);
        let slug = slugify(mapped.as_deref().unwrap_or(name));
        match self.settings.get("filename_case").and_then(Value::as_u64) {
            Some(1) => slug.to_lowercase(),
            Some(2) => slug.to_uppercase(),
            _ => slug,
        }
    }
}

/// Returns the post's date in the site's time zone: its `date` or the one in the file's name. Other keys
/// for the publication date do not affect the URL.
fn date(post: &RouteInput<'_>) -> Option<DateTime> {
    let Some(value) = post.front.get("date") else {
        return Some(post.name.date?.to_datetime(Time::midnight()));
    };
    let text = scalar(value)?;
    let dated = parse_date(&text, post.zone).ok()?;
    let at = dated.date.at;
    Some(if !dated.has_offset {
        at.datetime()
    } else if is_yaml_timestamp(&text) {
        // Hexo converts a YAML timestamp to UTC and treats the result as the site's local time. The
        // URL has that time.
        at.with_time_zone(TimeZone::UTC).datetime()
    } else {
        at.with_time_zone(post.zone.clone()).datetime()
    })
}

/// Returns `true` if a date with an offset is a timestamp of YAML 1.1, which requires seconds and a colon
/// in an offset of hours and minutes. Hexo reads other dates as strings.
fn is_yaml_timestamp(text: &str) -> bool {
    let text = text.trim();
    let (time, offset) = match text.strip_suffix('Z') {
        Some(time) => (time, "0"),
        None => match text.rfind(['+', '-']) {
            Some(sign) => (&text[..sign], &text[sign + 1..]),
            None => return false,
        },
    };
    time.matches(':').count() == 2 && (offset.len() <= 2 || offset.contains(':'))
}

/// Converts a value to text as JavaScript does in a template string.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
