//! Posts ("statuses API methods"): create, show, edit and delete.

use jiff::{SignedDuration, Timestamp};

use crate::answer::Answer;
use crate::mastodon::errors::{bad_request, error, invalid, not_found};
use crate::mastodon::idempotency::IdempotencyKeys;
use crate::mastodon::quote_policy::QUOTE_POLICIES;
use crate::mastodon::records::{ScheduledStatus, Status};
use crate::mastodon::server::Mastodon;
use crate::mastodon::{count, entities, media};
use crate::params::Params;
use crate::request::Request;

/// The smallest time between now and `scheduled_at`.
const SCHEDULE_OFFSET: SignedDuration = SignedDuration::from_mins(5);

/// The parameters that can be set and changed.
const EDITABLE: [&str; 6] = [
    "status",
    "media_ids",
    "sensitive",
    "spoiler_text",
    "language",
    "quote_approval_policy",
];

/// The further parameters of a new post.
const CREATE_ONLY: [&str; 2] = ["visibility", "scheduled_at"];

/// Handles `POST /api/v1/statuses`.
pub(super) fn create(
    mastodon: &mut Mastodon,
    request: &Request,
    base_url: &str,
    now: Timestamp,
) -> Result<Answer, Answer> {
    mastodon.authorize(request, &["write:statuses"])?;
    let params = Params::of(request).map_err(|_| bad_request())?;
    mastodon.check_parameters(&params, &[&EDITABLE[..], &CREATE_ONLY[..]].concat())?;
    let scheduled_at = scheduled_at(&params)?;
    let key = request
        .header("idempotency-key")
        .filter(|key| !key.is_empty());
    if let Some(key) = key
        && scheduled_at.is_none()
        && let Some(repeated) = mastodon.repeated(key, base_url, now)
    {
        return repeated;
    }
    let mut status = Status {
        id: String::new(),
        text: String::new(),
        spoiler_text: String::new(),
        sensitive: false,
        visibility: visibility(&params)?,
        language: "en".to_owned(),
        media_ids: Vec::new(),
        quote_approval_policy: None,
        idempotency_key: key.map(str::to_owned),
        created_at: now,
        edited_at: None,
        earlier_texts: Vec::new(),
    };
    mastodon.fill(&mut status, &params, now)?;
    status.id = mastodon.next_id(now);
    // A time in the past means now.
    let scheduled_at = scheduled_at.filter(|time| *time > now);
    if let Some(scheduled_at) = scheduled_at {
        if scheduled_at <= now + SCHEDULE_OFFSET {
            let fault = "Scheduled at The scheduled date must be in the future";
            return Err(invalid(&[fault.to_owned()]));
        }
        let scheduled = ScheduledStatus {
            status,
            scheduled_at,
        };
        let body = entities::scheduled(mastodon, &scheduled, base_url);
        mastodon.scheduled.push(scheduled);
        return Ok(Answer::json(200, &body));
    }
    mastodon.attach(&status);
    if let Some(key) = key {
        mastodon.keys.insert(key, &status.id, now);
    }
    let id = status.id.clone();
    mastodon.statuses.push(status);
    mastodon.shown(&id, base_url)
}

/// Handles `GET /api/v1/statuses/:id`. Posts for a limited audience need a token.
pub(super) fn show(
    mastodon: &Mastodon,
    request: &Request,
    id: &str,
    base_url: &str,
) -> Result<Answer, Answer> {
    let is_signed_in = request.header("authorization").is_some();
    if is_signed_in {
        mastodon.authorize(request, &["read:statuses"])?;
    }
    let status = mastodon.find(id)?;
    let is_open = ["public", "unlisted"].contains(&status.visibility.as_str());
    if !is_open && !is_signed_in {
        return Err(not_found());
    }
    mastodon.shown(id, base_url)
}

/// Handles `GET /api/v1/statuses/:id/source`: the text before it became HTML.
pub(super) fn source(mastodon: &Mastodon, request: &Request, id: &str) -> Result<Answer, Answer> {
    mastodon.authorize(request, &["read:statuses"])?;
    let status = mastodon.find(id)?;
    let body = serde_json::json!({
        "id": status.id, "text": status.text, "spoiler_text": status.spoiler_text,
    });
    Ok(Answer::json(200, &body))
}

/// Handles `PUT /api/v1/statuses/:id`. It replaces the post: media, content warning and mark that the request leaves
/// out are removed (pull request 17320 of Mastodon, and 12895 of Friendica, which tried it).
pub(super) fn edit(
    mastodon: &mut Mastodon,
    request: &Request,
    id: &str,
    base_url: &str,
    now: Timestamp,
) -> Result<Answer, Answer> {
    mastodon.authorize(request, &["write:statuses"])?;
    let before = mastodon.find(id)?.clone();
    let params = Params::of(request).map_err(|_| bad_request())?;
    mastodon.check_parameters(&params, &EDITABLE)?;
    let mut status = Status {
        media_ids: Vec::new(),
        spoiler_text: String::new(),
        sensitive: false,
        ..before.clone()
    };
    mastodon.fill(&mut status, &params, now)?;
    if status != before {
        status.edited_at = Some(now);
        status.earlier_texts.push(before.text);
    }
    mastodon.attach(&status);
    for kept in &mut mastodon.statuses {
        if kept.id == id {
            *kept = status.clone();
        }
    }
    mastodon.shown(id, base_url)
}

/// Handles `DELETE /api/v1/statuses/:id`. The answer has the source of the post, and its media can be
/// attached to another post.
pub(super) fn delete(
    mastodon: &mut Mastodon,
    request: &Request,
    id: &str,
    base_url: &str,
) -> Result<Answer, Answer> {
    mastodon.authorize(request, &["write:statuses"])?;
    let status = mastodon.find(id)?.clone();
    let mut body = entities::status(mastodon, &status, base_url);
    body["text"] = status.text.into();
    mastodon.statuses.retain(|status| status.id != id);
    for medium in &mut mastodon.media {
        if medium.status_id.as_deref() == Some(id) {
            medium.status_id = None;
        }
    }
    Ok(Answer::json(200, &body))
}

impl Mastodon {
    /// Returns the answer to a repeat of the request that created a post with `key`.
    fn repeated(
        &self,
        key: &str,
        base_url: &str,
        now: Timestamp,
    ) -> Option<Result<Answer, Answer>> {
        let id = self.keys.get(key, now)?;
        match self.settings.keys {
            IdempotencyKeys::Honoured => Some(self.shown(id, base_url)),
            // The error is not one of the API, so Rails answers it.
            IdempotencyKeys::RepeatFails => Some(Ok(Answer::json(
                500,
                &serde_json::json!({"status": 500, "error": "Internal Server Error"}),
            ))),
            IdempotencyKeys::Ignored => None,
        }
    }

    fn find(&self, id: &str) -> Result<&Status, Answer> {
        let mut statuses = self.statuses.iter();
        statuses
            .find(|status| status.id == id)
            .ok_or_else(not_found)
    }

    fn shown(&self, id: &str, base_url: &str) -> Result<Answer, Answer> {
        let status = self.find(id)?;
        Ok(Answer::json(200, &entities::status(self, status, base_url)))
    }

    /// Applies the parameters of a new or edited post and checks the result.
    fn fill(&self, status: &mut Status, params: &Params, now: Timestamp) -> Result<(), Answer> {
        if params.get("media_ids").is_some() {
            let ids = params.list("media_ids").ok_or_else(|| {
                Answer::strict("Mastodon ignores `media_ids` if it is not an array")
            })?;
            let owner = (!status.id.is_empty()).then_some(status.id.as_str());
            media::check_attachable(self, &ids, owner, now)?;
            status.media_ids = ids;
        }
        if params.get("status").is_some() {
            status.text = params.text("status").unwrap_or_default();
        }
        if params.get("spoiler_text").is_some() {
            status.spoiler_text = params.text("spoiler_text").unwrap_or_default();
        }
        status.sensitive =
            params.flag("sensitive").unwrap_or(status.sensitive) || !status.spoiler_text.is_empty();
        if let Some(language) = params.text("language") {
            status.language = known_language(&language)?;
        }
        if let Some(policy) = params.text("quote_approval_policy") {
            if !QUOTE_POLICIES.contains(&policy.as_str()) {
                return Err(record_invalid());
            }
            status.quote_approval_policy = Some(policy);
        }
        // A content warning alone becomes the text, and media alone need none.
        if status.text.trim().is_empty() {
            if !status.spoiler_text.is_empty() {
                status.text = std::mem::take(&mut status.spoiler_text);
            } else if status.media_ids.is_empty() {
                return Err(invalid(&["Text can't be blank".to_owned()]));
            }
        }
        let settings = &self.settings;
        let per_url = settings.characters_reserved_per_url;
        let length = count::length(&status.text, &status.spoiler_text, per_url);
        if length > settings.max_characters {
            return Err(invalid(&[format!(
                "Text character limit of {} exceeded",
                settings.max_characters
            )]));
        }
        Ok(())
    }

    /// Marks the media of a post as attached.
    fn attach(&mut self, status: &Status) {
        for medium in &mut self.media {
            if status.media_ids.contains(&medium.id) {
                medium.status_id = Some(status.id.clone());
            }
        }
    }
}

fn visibility(params: &Params) -> Result<String, Answer> {
    let visibility = params.text("visibility");
    let visibility = visibility.unwrap_or_else(|| "public".to_owned());
    if ["public", "unlisted", "private", "direct"].contains(&visibility.as_str()) {
        return Ok(visibility);
    }
    Err(invalid(&[
        "Visibility is not included in the list".to_owned()
    ]))
}

/// Reads `scheduled_at`.
fn scheduled_at(params: &Params) -> Result<Option<Timestamp>, Answer> {
    let Some(text) = params.text("scheduled_at") else {
        return Ok(None);
    };
    let time = text.parse();
    time.map(Some).map_err(|_| record_invalid())
}

/// Returns the error for a value that Mastodon cannot convert. It does not say which.
fn record_invalid() -> Answer {
    error(422, "Record invalid")
}

/// Refuses a language that Mastodon would replace by the default.
fn known_language(language: &str) -> Result<String, Answer> {
    let is_code =
        (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_code || ["zh-CN", "zh-TW", "zh-HK", "zh-YUE"].contains(&language) {
        return Ok(language.to_owned());
    }
    Err(Answer::strict(&format!(
        "Mastodon ignores the language `{language}`; it takes ISO 639-1 codes"
    )))
}
