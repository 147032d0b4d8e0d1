//! Turns the responses of a platform into receipts or [`PublishError`]s by a table. It decides by the form
//! of the body before the status, because a gateway may answer in the platform's place after the platform
//! has created the post.
//!
//! Use [`ErrorTable::check_create`] for the request that creates the post and
//! [`ErrorTable::check_repeatable`] for every other request. Rows of the platform come first; then:
//!
//! | response | creating request | repeatable request |
//! |---|---|---|
//! | 2xx | the response | the response |
//! | 401 in the platform's form | `Unauthorized` | `Unauthorized` |
//! | 403 in the platform's form | `Rejected`, code `forbidden` | the same |
//! | 429 in the platform's form | `Throttled` until `Retry-After` | the same |
//! | 408 and 425 | `Unknown` | `Unavailable` |
//! | other 4xx in the platform's form | `Rejected` | `Rejected` |
//! | any other status or form | `Unknown` | `Unavailable` |
//! | no response, request not sent | `Unavailable` | `Unavailable` |
//! | no response, request may have arrived | `Unknown` | `Unavailable` |

mod form;
mod retry;
mod row;

use serde_json::Value;

pub use self::form::ErrorForm;
pub use self::retry::RetryTime;
pub use self::row::ErrorRow;
use crate::http::{HttpError, HttpResponse};
use crate::text::excerpt;
use crate::{Code, Context, PublishError, PublishErrorKind, Receipt};

/// The longest quotation of a platform's message, in characters.
const MAX_QUOTE: usize = 300;

/// The cause of an error whose body may come from a gateway.
const NO_ERROR_FORM: &str =
    "the body has no error code and message of the platform, so a gateway may have sent it";

/// The errors of one platform.
///
/// A body in another form than [`ErrorTable::form`] comes from a gateway and decides nothing.
#[derive(Clone, Copy, Debug)]
pub struct ErrorTable {
    /// The platform's name in messages.
    pub platform: &'static str,
    /// The form of the platform's error bodies.
    pub form: ErrorForm,
    /// JSON Pointer to a boolean that says whether the platform accepted the request, such as `/ok`, if a failure may
    /// have a status of success. A success without `true` there is not clear.
    pub success: Option<&'static str>,
    /// The sources of the time until which requests are throttled, besides `Retry-After`.
    pub retry: &'static [RetryTime],
    /// The rows, of which the first that matches counts. They apply only to the platform's own form.
    pub rows: &'static [ErrorRow],
}

impl ErrorTable {
    /// Returns a table without rows: every status has its usual meaning. `code` and `message` are JSON Pointers into
    /// the body of an error.
    #[must_use]
    pub const fn new(platform: &'static str, code: &'static str, message: &'static str) -> Self {
        Self::of(platform, ErrorForm::Json { code, message })
    }

    /// Returns a table without rows for error bodies of this form.
    #[must_use]
    pub const fn of(platform: &'static str, form: ErrorForm) -> Self {
        Self {
            platform,
            form,
            success: None,
            retry: &[],
            rows: &[],
        }
    }

    /// Returns the table with these rows.
    #[must_use]
    pub const fn with_rows(self, rows: &'static [ErrorRow]) -> Self {
        Self { rows, ..self }
    }

    /// Returns the response to the creating request if the platform accepted it.
    ///
    /// # Errors
    /// `Unknown` unless it is certain that the platform created nothing.
    pub fn check_create(
        &self,
        cx: &Context,
        outcome: Result<HttpResponse, HttpError>,
    ) -> Result<HttpResponse, PublishError> {
        let unknown = (PublishErrorKind::Unknown, Code::OutcomeUnknown);
        self.check(cx, outcome, unknown)
    }

    /// Returns the response to a request that may be sent again without harm, if the platform accepted it.
    ///
    /// # Errors
    /// Any kind but `Unknown`.
    pub fn check_repeatable(
        &self,
        cx: &Context,
        outcome: Result<HttpResponse, HttpError>,
    ) -> Result<HttpResponse, PublishError> {
        let unavailable = (PublishErrorKind::Unavailable, Code::Unavailable);
        self.check(cx, outcome, unavailable)
    }

    /// Returns the receipt of a response that accepts the post. `id` and `url` are JSON Pointers to the post's
    /// identifier, a string or number, and to its public URL, which may be missing.
    ///
    /// # Errors
    /// Returns `Unknown` if the identifier is missing: the post exists, but nothing names it. A platform that returns
    /// none needs no call of this function: `Receipt::default()` is its receipt.
    pub fn receipt(
        &self,
        response: &HttpResponse,
        id: &str,
        url: &str,
    ) -> Result<Receipt, PublishError> {
        let body = response.json();
        let id = match body.pointer(id) {
            Some(Value::String(id)) if !id.is_empty() => id.clone(),
            Some(Value::Number(id)) => id.to_string(),
            _ => {
                let message = format!(
                    "{} accepted the post but did not return its identifier",
                    self.platform
                );
                let kind = PublishErrorKind::Unknown;
                return Err(PublishError::new(kind, Code::OutcomeUnknown, message));
            }
        };
        let url = body.pointer(url).and_then(Value::as_str);
        Ok(Receipt {
            id: Some(id),
            url: url.map(str::to_owned),
            ..Receipt::default()
        })
    }

    /// `unclear` is the kind of error if the outcome is not certain.
    fn check(
        &self,
        cx: &Context,
        outcome: Result<HttpResponse, HttpError>,
        unclear: (PublishErrorKind, Code),
    ) -> Result<HttpResponse, PublishError> {
        let response = match outcome {
            Ok(response) if self.is_success(&response) => return Ok(response),
            Ok(response) => response,
            Err(error) => {
                let (kind, code) = match &error {
                    HttpError::NotSent(_) => (PublishErrorKind::Unavailable, Code::Unavailable),
                    HttpError::NoResponse(_) => unclear,
                };
                let message = format!("no response from {}", self.platform);
                return Err(PublishError::new(kind, code, message).caused_by(error.to_string()));
            }
        };
        let own = self.form.read(&response, self.rows);
        let row = own
            .as_ref()
            .and_then(|(code, _)| self.row(response.status, code));
        let (mut kind, reason) = match (row, &own) {
            (Some(row), _) => (row.kind, row.reason),
            (None, Some(_)) => by_status(response.status).unwrap_or(unclear),
            (None, None) => unclear,
        };
        // A row may say `Unknown`, but the outcome of a repeatable request does not matter.
        if kind == PublishErrorKind::Unknown {
            kind = unclear.0;
        }
        if let PublishErrorKind::Throttled { until } = &mut kind {
            *until = until.or_else(|| retry::retry_time(self.retry, &response, cx.now()));
        }
        let message = match &own {
            Some((code, _)) => format!(
                "{} answered with status {} (`{}`)",
                self.platform,
                response.status,
                excerpt(code, MAX_QUOTE)
            ),
            None => format!("{} answered with status {}", self.platform, response.status),
        };
        let mut error = PublishError::new(kind, reason, message);
        if let Some((_, message)) = own {
            error = error.caused_by(excerpt(&message, MAX_QUOTE));
        } else if (400..500).contains(&response.status) {
            // Users take a bare 401 for certain, so the message gives the reason why it is not.
            error = error.caused_by(NO_ERROR_FORM);
        }
        if let Some(row) = row.filter(|row| !row.hint.is_empty()) {
            error = error.with_hint(row.hint);
        }
        Err(error)
    }

    /// Returns `true` if the platform accepted the request.
    fn is_success(&self, response: &HttpResponse) -> bool {
        let is_marked = |pointer| response.json().pointer(pointer) == Some(&Value::Bool(true));
        (200..300).contains(&response.status) && self.success.is_none_or(is_marked)
    }

    fn row(&self, status: u16, code: &str) -> Option<&'static ErrorRow> {
        let is_match = |row: &&ErrorRow| {
            row.status.is_none_or(|expected| expected == status)
                && row.code.is_none_or(|expected| expected == code)
        };
        self.rows.iter().find(is_match)
    }
}

/// Returns the meaning of a refusal in the platform's own form; `None` if the status does not refuse.
fn by_status(status: u16) -> Option<(PublishErrorKind, Code)> {
    let rejected = PublishErrorKind::Rejected;
    Some(match status {
        401 => (PublishErrorKind::Unauthorized, Code::Unauthorized),
        403 => (rejected, Code::Forbidden),
        // The server gave up waiting, or did not want to risk a replay: the post may exist.
        408 | 425 => return None,
        429 => (PublishErrorKind::Throttled { until: None }, Code::Throttled),
        400..500 => (rejected, Code::Rejected),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
