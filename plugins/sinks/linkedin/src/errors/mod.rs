//! Maps responses of LinkedIn to errors of a delivery.
//!
//! The request that creates a post counts as failed only if LinkedIn refuses it with an error in
//! its own format. After any other response, such as a lost connection, a server error or a refusal
//! by a gateway, the post may exist. Texts from LinkedIn are quoted but not trusted: they are
//! shortened, control characters are removed, and the token is masked.
//!
//! [`ErrorTable`](syndicate_api::ErrorTable) is not used: a body of LinkedIn has several codes and
//! is recognized by its style, the meaning of a code depends on the step, messages and hints have
//! values, and uploads are refused by other servers in their own form.

mod body;
mod rest_li;
mod step;
mod table;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use syndicate_api::http::{HttpError, HttpResponse};
use syndicate_api::text::excerpt;
use syndicate_api::{Code, PublishError, PublishErrorKind, Receipt};

use self::body::ErrorBody;
use self::step::UNKNOWN_HINT;
pub(crate) use self::step::{CreateKind, Step};
use self::table::{Outcome, RefusalRule};
use crate::client::Client;
use crate::urn;

/// The response headers that LinkedIn's support needs.
const SUPPORT_HEADERS: &[&str] = &["x-li-uuid", "x-li-fabric", "x-li-request-id"];

/// Maximum length of a quotation in characters.
const MAX_QUOTE_LEN: usize = 500;

/// Returns the response if its status is a success.
///
/// # Errors
/// Returns the error of the delivery for any other response and for a failed request.
pub(crate) fn require_success(
    client: &Client<'_>,
    step: Step,
    outcome: Result<HttpResponse, HttpError>,
) -> Result<HttpResponse, PublishError> {
    match outcome {
        Ok(answer) if (200..300).contains(&answer.status) => Ok(answer),
        Ok(answer) => Err(refusal_error(client, step, &answer)),
        Err(error) => {
            let (kind, code, hint) = match &error {
                HttpError::NotSent(_) => step.not_accepted(),
                HttpError::NoResponse(_) => step.unknown_outcome(),
            };
            Err(PublishError::new(kind, code, step.message_prefix(kind))
                .caused_by(quote(&error.to_string()))
                .with_hint(hint))
        }
    }
}

/// Returns the error for a success response that does not contain the URN of the created post.
pub(crate) fn missing_id(answer: &HttpResponse) -> PublishError {
    let message = "LinkedIn accepted the post but returned no URN for it";
    let mut error = PublishError::new(PublishErrorKind::Unknown, Code::OutcomeUnknown, message)
        .with_hint(UNKNOWN_HINT);
    error.support = support_headers(answer);
    error
}

fn refusal_error(client: &Client<'_>, step: Step, answer: &HttpResponse) -> PublishError {
    let body = ErrorBody::read(&answer.body);
    let rule = if is_from_proxy(step, answer) {
        table::proxy_rule(step)
    } else {
        table::find(step, answer.status, &body)
    };
    let fill = |text: &str| fill_placeholders(client, answer.status, &body, text);
    let (kind, code, usual_hint) = match rule.outcome {
        Outcome::Rejected(code) => (PublishErrorKind::Rejected, code, ""),
        Outcome::InvalidFile => (PublishErrorKind::Rejected, step.invalid_file_code(), ""),
        Outcome::Unauthorized(code) => (PublishErrorKind::Unauthorized, code, ""),
        Outcome::Throttled => {
            let until = retry_time(client.cx.now(), answer);
            (PublishErrorKind::Throttled { until }, Code::Throttled, "")
        }
        Outcome::NotAccepted => step.not_accepted(),
        Outcome::MaybeAccepted => step.unknown_outcome(),
    };
    let RefusalRule { message, hint, .. } = rule;
    let hint = if hint.is_empty() { usual_hint } else { hint };
    let message = format!("{}: {}", step.message_prefix(kind), fill(message));
    let mut error = PublishError::new(kind, code, message).with_hint(fill(hint));
    error.cause = Some(quote(&body.quote())).filter(|cause| !cause.is_empty());
    error.existing = body
        .post_urn()
        .filter(|_| code == Code::Duplicate)
        .map(|urn| Receipt::new(urn).with_url(urn::public_link(urn)));
    error.support = support_headers(answer);
    error
}

/// Returns `true` if the refusal would prove something but was not written by LinkedIn. A 4xx for
/// the creating request proves that no post was created; a 404 for an update or a deletion proves
/// that the post does not exist.
fn is_from_proxy(step: Step, answer: &HttpResponse) -> bool {
    let is_evidence = match step {
        Step::Create(_) => (400..500).contains(&answer.status),
        Step::Update | Step::Retract => answer.status == 404,
        Step::WhoAmI | Step::Upload(_) | Step::Put(_) => false,
    };
    is_evidence && !is_from_linkedin(answer)
}

/// Returns `true` if LinkedIn itself wrote the refusal in `answer`.
pub(crate) fn is_from_linkedin(answer: &HttpResponse) -> bool {
    rest_li::is_from_linkedin(answer.status, &answer.body)
}

/// Replaces the placeholders that [`table`] documents.
fn fill_placeholders(client: &Client<'_>, status: u16, body: &ErrorBody, text: &str) -> String {
    let today = client.cx.now().to_zoned(TimeZone::UTC).date();
    let limit = match body.max_length {
        Some(max) => format!("`text_limit: {max}`"),
        None => "a lower `text_limit`".to_owned(),
    };
    let most = body.max_length;
    let most = most.map_or_else(String::new, |most| format!(" to {most} characters"));
    let adopted = body.post_urn().unwrap_or("URN").to_owned();
    let (urn, post) = match body.post_urn() {
        Some(urn) => (format!("`{urn}`"), urn::public_link(urn)),
        None => ("an unnamed post".to_owned(), "your posts".to_owned()),
    };
    text.replace("{status}", &status.to_string())
        .replace("{version}", &client.version.to_string())
        .replace("{newer}", &client.version.remedy(today))
        .replace("{most}", &most)
        .replace("{limit}", &limit)
        .replace("{urn}", &urn)
        .replace("{adopted}", &adopted)
        .replace("{post}", &post)
        .replace("{renewal}", client.renewal_hint())
}

/// Returns the time from which LinkedIn accepts requests again. Its limits apply to a day that ends
/// at midnight UTC ("Rate limiting" of its documentation). `Retry-After` is not documented, but has
/// precedence if present.
fn retry_time(now: Timestamp, answer: &HttpResponse) -> Option<Timestamp> {
    let tomorrow = || {
        let date = now.to_zoned(TimeZone::UTC).date().tomorrow().ok()?;
        Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
    };
    answer.retry_after(now).or_else(tomorrow)
}

fn support_headers(answer: &HttpResponse) -> Vec<(String, String)> {
    SUPPORT_HEADERS
        .iter()
        .filter_map(|name| {
            let value = quote(answer.header(name)?);
            Some(((*name).to_owned(), value)).filter(|(_, value)| !value.is_empty())
        })
        .collect()
}

/// Formats a foreign text for one line of output. The token is masked.
pub(crate) fn quote(text: &str) -> String {
    excerpt(text, MAX_QUOTE_LEN)
}

#[cfg(test)]
mod tests;
