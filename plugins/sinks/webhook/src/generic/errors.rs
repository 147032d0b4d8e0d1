//! The answers of a generic receiver. Such a receiver has no error form of its own, and a gateway may answer in its
//! place, so a status alone refuses nothing: only problem details (RFC 9457) with `status` and `title` do, and 410.

use syndicate_api::http::{HttpError, HttpResponse};
use syndicate_api::{Context, ErrorTable, PublishError};

use crate::gone;

const ERRORS: ErrorTable = ErrorTable::new("the webhook", "/status", "/title");

/// The status of a receiver that wants no more requests (Standard Webhooks).
const GONE: u16 = 410;

/// Checks the response to the creating request.
///
/// # Errors
/// Returns `Unknown` unless it is certain that the receiver did not accept the post.
pub(super) fn check(
    cx: &Context,
    outcome: Result<HttpResponse, HttpError>,
) -> Result<HttpResponse, PublishError> {
    match outcome {
        Ok(response) if response.status == GONE => Err(gone::gone(
            "the webhook answered with status 410: it is gone for good",
        )),
        outcome => ERRORS.check_create(cx, outcome),
    }
}
