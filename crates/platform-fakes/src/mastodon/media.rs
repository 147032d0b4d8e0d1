//! Uploads ("media API methods"): `POST /api/v2/media` is answered with 200, or with 202 while the file
//! is processed, and `GET /api/v1/media/:id` with 206 until then.

use jiff::Timestamp;

use crate::answer::Answer;
use crate::mastodon::entities::{self, DESCRIPTION_LIMIT, IMAGE_BYTES, MEDIA_TYPES};
use crate::mastodon::errors::{bad_request, error, invalid, not_found};
use crate::mastodon::records::Medium;
use crate::mastodon::server::Mastodon;
use crate::params::Params;
use crate::request::{Part, Request};

/// Handles `POST /api/v2/media`.
pub(super) fn upload(
    mastodon: &mut Mastodon,
    request: &Request,
    base_url: &str,
    now: Timestamp,
) -> Result<Answer, Answer> {
    mastodon.authorize(request, &["write:media"])?;
    let params = Params::of(request).map_err(|_| bad_request())?;
    mastodon.check_parameters(&params, &["file", "description", "focus"])?;
    let parts = request.parts.iter().flatten().flatten();
    let file = parts.clone().find(|part| part.name == "file");
    // Rails reads a part without a file name as text, which is not a file.
    let file = file.filter(|part| part.file_name.is_some());
    let Some(file) = file else {
        return Err(invalid(&["File can't be blank".to_owned()]));
    };
    let description = params.text("description");
    let media_type = check(file, description.as_deref())?;
    let medium = Medium {
        id: mastodon.next_id(now),
        description,
        file_name: file.file_name.clone().unwrap_or_default(),
        media_type: media_type.to_owned(),
        bytes: file.bytes.to_vec(),
        status_id: None,
        ready_at: now + mastodon.settings.media_processing,
    };
    let is_ready = medium.ready_at <= now;
    let body = entities::medium(&medium, is_ready, base_url);
    mastodon.media.push(medium);
    Ok(Answer::json(if is_ready { 200 } else { 202 }, &body))
}

/// Handles `GET /api/v1/media/:id`. An attached file is not found.
pub(super) fn show(
    mastodon: &Mastodon,
    request: &Request,
    id: &str,
    base_url: &str,
    now: Timestamp,
) -> Result<Answer, Answer> {
    mastodon.authorize(request, &["write:media"])?;
    let mut media = mastodon.media.iter();
    let medium = media.find(|medium| medium.id == id && medium.status_id.is_none());
    let medium = medium.ok_or_else(not_found)?;
    let is_ready = medium.ready_at <= now;
    let body = entities::medium(medium, is_ready, base_url);
    Ok(Answer::json(if is_ready { 200 } else { 206 }, &body))
}

/// Refuses media that cannot be attached to a new post, or to the post `owner`.
pub(super) fn check_attachable(
    mastodon: &Mastodon,
    ids: &[String],
    owner: Option<&str>,
    now: Timestamp,
) -> Result<(), Answer> {
    if ids.len() > 4 {
        return Err(error(422, "Cannot attach more than 4 files"));
    }
    let found = |id: &String| {
        let mut media = mastodon.media.iter();
        media.find(|medium| {
            medium.id == *id && (medium.status_id.is_none() || medium.status_id.as_deref() == owner)
        })
    };
    let missing: Vec<&str> = ids
        .iter()
        .filter(|id| found(id).is_none())
        .map(String::as_str)
        .collect();
    if !missing.is_empty() {
        return Err(error(
            422,
            &format!(
                "Media {} not found or already attached to another post",
                missing.join(", ")
            ),
        ));
    }
    if ids
        .iter()
        .filter_map(found)
        .any(|medium| medium.ready_at > now)
    {
        return Err(error(
            422,
            "Cannot attach files that have not finished processing. Try again in a moment!",
        ));
    }
    Ok(())
}

/// Checks a file. Returns its media type.
fn check(file: &Part, description: Option<&str>) -> Result<&'static str, Answer> {
    let mut faults = Vec::new();
    let media_type = sniff(&file.bytes);
    let declared = file.content_type.as_deref().unwrap_or_default();
    if media_type.is_none() || media_type != MEDIA_TYPES.iter().find(|t| **t == declared).copied() {
        faults.push("File content type is invalid".to_owned());
        faults.push("File is invalid".to_owned());
    }
    if file.bytes.len() > IMAGE_BYTES {
        faults.push("File size must be less than 16 MB".to_owned());
    }
    if description.is_some_and(|text| text.chars().count() > DESCRIPTION_LIMIT) {
        faults.push(format!(
            "Description is too long (maximum is {DESCRIPTION_LIMIT} characters)"
        ));
    }
    match media_type {
        Some(media_type) if faults.is_empty() => Ok(media_type),
        _ => Err(invalid(&faults)),
    }
}

/// Detects a picture by its first bytes.
fn sniff(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        Some("image/jpeg")
    } else if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        Some("image/png")
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        Some("image/gif")
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else {
        None
    }
}
