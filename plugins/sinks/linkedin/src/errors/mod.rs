//! What an answer means for the delivery. The rule that matters most: of the creating request only
//! a refusal in LinkedIn's own form counts as one; all else, a lost connection, a server's own failure
//! and a gateway's refusal included, may have created the post. What LinkedIn says is quoted, but
//! never trusted: it is cut, freed of control characters and of the token.

mod body;
mod form;
mod step;
mod table;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use syndicate_api::http::{HttpError, HttpResponse};
use syndicate_api::text::collapse_whitespace;
use syndicate_api::{Code, PublishError, PublishErrorKind, Receipt};

use self::body::Body;
use self::step::UNKNOWN_HINT;
pub(crate) use self::step::{Creation, Step};
use self::table::{Outcome, Row};
use crate::client::Client;
use crate::urn;

/// The headers that LinkedIn's support asks for.
const SUPPORT_HEADERS: &[&str] = &["x-li-uuid", "x-li-fabric", "x-li-request-id"];

/// The longest quotation, in characters.
const LONGEST_QUOTE: usize = 500;

/// The answer, if it says that the request was accepted.
///
/// # Errors
/// What any other answer, or none, means for the delivery.
pub(crate) fn accepted(
    client: &Client<'_>,
    step: Step,
    outcome: Result<HttpResponse, HttpError>,
) -> Result<HttpResponse, PublishError> {
    match outcome {
        Ok(answer) if (200..300).contains(&answer.status) => Ok(answer),
        Ok(answer) => Err(refused(client, step, &answer)),
        Err(error) => {
            let (kind, code, hint) = match &error {
                HttpError::NotSent(_) => step.not_accepted(),
                HttpError::NoResponse(_) => step.in_doubt(),
            };
            Err(PublishError::new(kind, code, step.lead(kind))
                .caused_by(line(client, &error.to_string()))
                .with_hint(hint))
        }
    }
}

/// The error of an answer that says that the post was created but not under which name.
pub(crate) fn nameless(client: &Client<'_>, answer: &HttpResponse) -> PublishError {
    let message = "LinkedIn took the post but did not say under which name";
    let mut error = PublishError::new(PublishErrorKind::Unknown, Code::OutcomeUnknown, message)
        .with_hint(UNKNOWN_HINT);
    error.support = support(client, answer);
    error
}

fn refused(client: &Client<'_>, step: Step, answer: &HttpResponse) -> PublishError {
    let body = Body::read(&answer.body);
    let row = if is_foreign(step, answer) {
        table::foreign(step)
    } else {
        table::find(step, answer.status, &body)
    };
    let fill = |text: &str| fill(client, answer.status, &body, text);
    let (kind, code, usual_hint) = match row.means {
        Outcome::Rejected(code) => (PublishErrorKind::Rejected, code, ""),
        Outcome::Unfit => (PublishErrorKind::Rejected, step.unfit(), ""),
        Outcome::Unauthorized(code) => (PublishErrorKind::Unauthorized, code, ""),
        Outcome::Throttled => {
            let until = until(client.cx.now(), answer);
            (PublishErrorKind::Throttled { until }, Code::Throttled, "")
        }
        Outcome::NotAccepted => step.not_accepted(),
        Outcome::InDoubt => step.in_doubt(),
    };
    let Row { message, hint, .. } = row;
    let hint = if hint.is_empty() { usual_hint } else { hint };
    let message = format!("{}: {}", step.lead(kind), fill(message));
    let mut error = PublishError::new(kind, code, message).with_hint(fill(hint));
    error.cause = Some(line(client, &body.said())).filter(|cause| !cause.is_empty());
    error.existing = body
        .post()
        .filter(|_| code == Code::Duplicate)
        .map(|urn| Receipt {
            id: urn.to_owned(),
            url: Some(urn::public_link(urn)),
        });
    error.support = support(client, answer);
    error
}

/// Returns whether a refusal that would be evidence is not LinkedIn's: of the creating request any, of a
/// change or a deletion that there is no such post.
fn is_foreign(step: Step, answer: &HttpResponse) -> bool {
    let is_evidence = match step {
        Step::Create(_) => (400..500).contains(&answer.status),
        Step::Update | Step::Retract => answer.status == 404,
        Step::WhoAmI | Step::Upload(_) | Step::Put(_) => false,
    };
    is_evidence && !is_own(answer)
}

/// Returns whether the refusal in `answer` was written by LinkedIn itself.
pub(crate) fn is_own(answer: &HttpResponse) -> bool {
    form::is_own(answer.status, &answer.body)
}

/// Puts values into the placeholders that [`table`] lists.
fn fill(client: &Client<'_>, status: u16, body: &Body, text: &str) -> String {
    let today = client.cx.now().to_zoned(TimeZone::UTC).date();
    let limit = match body.max_length {
        Some(max) => format!("`text_limit: {max}`"),
        None => "a lower `text_limit`".to_owned(),
    };
    let most = body.max_length;
    let most = most.map_or_else(String::new, |most| format!(" to {most} characters"));
    let adopted = body.post().unwrap_or("URN").to_owned();
    let (urn, post) = match body.post() {
        Some(urn) => (format!("`{urn}`"), urn::public_link(urn)),
        None => (
            "a post that it does not name".to_owned(),
            "your posts".to_owned(),
        ),
    };
    text.replace("{status}", &status.to_string())
        .replace("{version}", &client.version.to_string())
        .replace("{newer}", &client.version.remedy(today))
        .replace("{most}", &most)
        .replace("{limit}", &limit)
        .replace("{urn}", &urn)
        .replace("{adopted}", &adopted)
        .replace("{post}", &post)
}

/// When LinkedIn takes requests again. Its limits are those of a day, which ends at midnight UTC
/// ("Rate limiting" of its documentation); `Retry-After` is not documented, but would know better.
fn until(now: Timestamp, answer: &HttpResponse) -> Option<Timestamp> {
    let named = answer.header("retry-after").and_then(|value| {
        if let Ok(seconds) = value.trim().parse::<u32>() {
            now.checked_add(SignedDuration::from_secs(seconds.into()))
                .ok()
        } else {
            let date = jiff::fmt::rfc2822::parse(value).ok()?;
            Some(date.timestamp()).filter(|date| *date > now)
        }
    });
    let tomorrow = || {
        let date = now.to_zoned(TimeZone::UTC).date().tomorrow().ok()?;
        Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
    };
    named.or_else(tomorrow)
}

fn support(client: &Client<'_>, answer: &HttpResponse) -> Vec<(String, String)> {
    SUPPORT_HEADERS
        .iter()
        .filter_map(|name| {
            let value = line(client, answer.header(name)?);
            Some(((*name).to_owned(), value)).filter(|(_, value)| !value.is_empty())
        })
        .collect()
}

/// What somebody else said, fit to be shown on a line. The token goes before the text is cut, so
/// that no half of it stays.
pub(crate) fn line(client: &Client<'_>, text: &str) -> String {
    let line = collapse_whitespace(&text.replace(char::is_control, " "));
    let line = client.redact(&line);
    match line.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests;
