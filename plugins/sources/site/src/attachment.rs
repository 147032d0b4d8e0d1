//! Reads the attachment of a post: content that replaces the link card. The front matter names at most
//! one under `syndicate:`, which is a document, a video, a gallery, a poll or another post. This module
//! does not check that files exist, because the file of a post that was sent long ago may be missing.

use serde_json::{Map, Value};
use syndicate_api::{AttachmentSpec, Diagnostic, FileRef, Poll};

use crate::value::{invalid, is_blank, scalar};

/// The duration of a poll in days if the author does not set one.
const DEFAULT_POLL_DAYS: u32 = 7;

/// Finds the file of the site that a post refers to by name; the path is relative to pipeline.yaml.
pub(crate) type FindFile<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Parses `value`, the attachment under `key`, which is one of [`AttachmentSpec::KEYS`].
pub(crate) fn read(
    key: &str,
    value: &Value,
    locate: FindFile<'_>,
) -> Result<AttachmentSpec, Diagnostic> {
    match key {
        "document" => parse_file_ref("document", value, locate).map(AttachmentSpec::Document),
        "video" => parse_file_ref("video", value, locate).map(AttachmentSpec::Video),
        "gallery" => parse_gallery(value, locate),
        "poll" => parse_poll(value).map(AttachmentSpec::Poll),
        _ => parse_reshare(value),
    }
}

/// Returns the diagnostic for a block with two attachments.
pub(crate) fn conflicting_keys(one: &str, other: &str) -> Diagnostic {
    invalid(format!(
        "`syndicate` sets both `{one}` and `{other}`, but a post can have only one attachment"
    ))
    .with_hint("remove one of them")
}

/// Parses a path, or a map that contains one.
fn parse_file_ref(key: &str, value: &Value, locate: FindFile<'_>) -> Result<FileRef, Diagnostic> {
    let hint = format!(
        "write `{key}: PATH`, relative to the post, or `{key}: {{file: PATH, title: …, alt: …}}`"
    );
    let Value::Object(map) = value else {
        return parse_file(key, value, locate).map_err(|diagnostic| diagnostic.with_hint(hint));
    };
    check_known_keys(key, map, &["alt", "file", "title"])?;
    let path = map.get("file").unwrap_or(&Value::Null);
    let named = parse_file(key, path, locate).map_err(|diagnostic| diagnostic.with_hint(hint))?;
    Ok(FileRef {
        alt: optional_text(key, map, "alt")?,
        title: optional_text(key, map, "title")?,
        ..named
    })
}

fn parse_file(key: &str, value: &Value, locate: FindFile<'_>) -> Result<FileRef, Diagnostic> {
    let name = value
        .as_str()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| invalid(format!("missing file in `syndicate.{key}`")))?;
    Ok(FileRef {
        name: name.to_owned(),
        file: locate(name),
        ..FileRef::default()
    })
}

fn parse_gallery(value: &Value, locate: FindFile<'_>) -> Result<AttachmentSpec, Diagnostic> {
    let entries = value.as_array().filter(|entries| !entries.is_empty());
    let entries = entries.ok_or_else(|| {
        invalid("`syndicate.gallery` is not a list of pictures")
            .with_hint("write `gallery: [a.png, {file: b.png, alt: What it shows}]`")
    })?;
    let pictures = entries
        .iter()
        .map(|entry| parse_file_ref("gallery", entry, locate));
    pictures
        .collect::<Result<_, _>>()
        .map(AttachmentSpec::Gallery)
}

fn parse_poll(value: &Value) -> Result<Poll, Diagnostic> {
    let hint = "write `poll: {question: …, options: [one, two], days: 7}`";
    let diagnostic = |message: &str| invalid(message).with_hint(hint);
    let Value::Object(map) = value else {
        return Err(diagnostic("`syndicate.poll` is not a map"));
    };
    check_known_keys("poll", map, &["days", "options", "question"])?;
    let options = match map.get("options") {
        Some(Value::Array(options)) => options.iter().map(scalar).collect::<Option<Vec<_>>>(),
        _ => None,
    };
    let days = match map.get("days").filter(|days| !is_blank(days)) {
        None => Some(DEFAULT_POLL_DAYS),
        Some(days) => days.as_u64().and_then(|days| u32::try_from(days).ok()),
    };
    Ok(Poll {
        question: optional_text("poll", map, "question")?
            .ok_or_else(|| diagnostic("missing `question` in `syndicate.poll`"))?,
        options: options
            .ok_or_else(|| diagnostic("`syndicate.poll.options` is not a list of strings"))?,
        days: days.ok_or_else(|| diagnostic("`syndicate.poll.days` is not a whole number"))?,
    })
}

fn parse_reshare(value: &Value) -> Result<AttachmentSpec, Diagnostic> {
    let name = value
        .as_str()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    name.map(|name| AttachmentSpec::Reshare(name.to_owned()))
        .ok_or_else(|| {
            invalid("missing post in `syndicate.reshare`")
                .with_hint("write the post's ID on the platform, such as `urn:li:share:…`")
        })
}

fn optional_text(
    key: &str,
    map: &Map<String, Value>,
    name: &str,
) -> Result<Option<String>, Diagnostic> {
    match map.get(name).filter(|value| !is_blank(value)) {
        None => Ok(None),
        Some(value) => scalar(value)
            .map(Some)
            .ok_or_else(|| invalid(format!("`syndicate.{key}.{name}` is not text"))),
    }
}

fn check_known_keys(key: &str, map: &Map<String, Value>, names: &[&str]) -> Result<(), Diagnostic> {
    match map.keys().find(|name| !names.contains(&name.as_str())) {
        None => Ok(()),
        Some(other) => Err(invalid(format!("unknown key `syndicate.{key}.{other}`"))
            .with_hint(format!("known keys are `{}`", names.join("`, `")))),
    }
}
