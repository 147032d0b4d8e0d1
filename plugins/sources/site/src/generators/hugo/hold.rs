//! Detects pages that are not drafts but are not published or not listed ("Build options", "Front
//! matter", Hugo's documentation). Settings such as `buildExpired` make Hugo render such pages; they are
//! still not announced.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use syndicate_api::dates::{DATE_HINT, parse_date};
use syndicate_api::{Code, Diagnostic, FileSpan};

use super::dates::DateKeys;
use super::languages::Language;
use crate::document::FrontMatter;
use crate::value::{invalid, parse_bool, scalar};

/// The built-in output formats that write no page to the URL of a post ("Output formats", Hugo's documentation).
const OTHER_FORMATS: &[&str] = &[
    "amp",
    "calendar",
    "css",
    "csv",
    "gotmpl",
    "json",
    "markdown",
    "robots",
    "rss",
    "sitemap",
    "webappmanifest",
];

pub(super) fn skip_reason(
    front: &FrontMatter,
    language: &Language,
    dates: &DateKeys,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Option<(Code, String)>, Diagnostic> {
    if language.is_disabled {
        let why = format!("Hugo's config disables its language `{}`", language.key);
        return Ok(Some((Code::NotRendered, why)));
    }
    if front.get("headless").and_then(parse_bool) == Some(true) {
        let why = "its front matter has `headless: true`".to_owned();
        return Ok(Some((Code::NotRendered, why)));
    }
    if let Some(held) = check_build_options(front).or_else(|| check_outputs(front)) {
        return Ok(Some(held));
    }
    check_expiry(front, dates, zone, now)
}

/// Evaluates the key `build`, formerly `_build`.
fn check_build_options(front: &FrontMatter) -> Option<(Code, String)> {
    let option = |name: &str| {
        let paths = [format!("build.{name}"), format!("_build.{name}")];
        paths.into_iter().find_map(|path| {
            let value = front.get(&path)?;
            let text = match parse_bool(value) {
                Some(true) => "always".to_owned(),
                Some(false) => "never".to_owned(),
                None => scalar(value)?.to_lowercase(),
            };
            Some((path, text))
        })
    };
    let reason = |(path, text): (String, String)| format!("its front matter has `{path}: {text}`");
    if let Some(found) = option("render").filter(|(_, text)| text != "always") {
        return Some((Code::NotRendered, reason(found)));
    }
    let unlisted = option("list").filter(|(_, text)| text == "never")?;
    Some((Code::Unlisted, reason(unlisted)))
}

/// Evaluates the key `outputs`: without an HTML format, no page is at the URL of the post.
fn check_outputs(front: &FrontMatter) -> Option<(Code, String)> {
    let value = front.get("outputs")?;
    let one = value.as_str().into_iter();
    let many = value.as_array().into_iter().flatten();
    let formats = one
        .chain(many.filter_map(Value::as_str))
        .map(str::to_lowercase);
    let formats: Vec<String> = formats.collect();
    let is_other = |format: &String| OTHER_FORMATS.contains(&format.as_str());
    let has_page = formats.is_empty() || !formats.iter().all(is_other);
    (!has_page).then(|| {
        let why = format!(
            "its `outputs` have no HTML format: `{}`",
            formats.join("`, `")
        );
        (Code::NotRendered, why)
    })
}

fn check_expiry(
    front: &FrontMatter,
    dates: &DateKeys,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Option<(Code, String)>, Diagnostic> {
    let keys = dates.expiry.iter().map(String::as_str);
    let Some((key, value)) = front.first(keys) else {
        return Ok(None);
    };
    let text = scalar(value).unwrap_or_else(|| value.to_string());
    let Ok(until) = parse_date(&text, zone) else {
        let diagnostic = invalid(format!("invalid date `{}` in `{key}`", text.trim()));
        return Err(diagnostic
            .at(front.line_of(key).map(FileSpan::of_line))
            .with_hint(DATE_HINT));
    };
    let over = until.date.at.timestamp() < now;
    Ok(over.then(|| (Code::Expired, format!("its `{key}` is {}", text.trim()))))
}
