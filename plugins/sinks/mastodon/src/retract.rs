//! Deletes a post. A server without that request answers as if the post did not exist, so the answer counts only if
//! the post cannot be read afterwards.

use syndicate_api::http::HttpResponse;
use syndicate_api::{Code, PublishError, PublishErrorKind, Receipt, Request};

use crate::client::Client;
use crate::compose::STATUSES;
use crate::errors::ERRORS;

/// Deletes the post of `receipt`. Succeeds if the post does not exist.
///
/// # Errors
/// Returns any kind but `Unknown`. `Rejected` with the code `unsupported` means that the server has the post but no
/// request to delete it.
pub(crate) async fn retract(client: &Client<'_>, receipt: &Receipt) -> Result<(), PublishError> {
    let Some(id) = receipt.id.as_deref() else {
        let message = "the receipt has no identifier of the post";
        return Err(rejected(Code::Rejected, message));
    };
    let response = client
        .send(&Request::new("DELETE", STATUSES).segment(id))
        .await;
    if !response.as_ref().is_ok_and(is_missing) {
        return ERRORS.check_repeatable(client.cx, response).map(drop);
    }
    let read = client
        .send(&Request::new("GET", STATUSES).segment(id))
        .await;
    match read {
        Ok(answer) if is_missing(&answer) && is_api_error(&answer) => Ok(()),
        Ok(answer) if answer.status == 200 => {
            let message = "the server has the post, but does not delete it by its API";
            let error = rejected(Code::Unsupported, message);
            Err(error.with_hint("delete the post on the server itself"))
        }
        read => {
            let message = "the server does not say whether it has the post";
            let error =
                PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message);
            let cause = ERRORS.check_repeatable(client.cx, read).err();
            Err(cause.map_or(error.clone(), |cause| error.caused_by(cause.to_string())))
        }
    }
}

fn is_missing(response: &HttpResponse) -> bool {
    matches!(response.status, 404 | 410)
}

/// Returns `true` if the body has the form of the API's errors, which that of a gateway lacks.
fn is_api_error(response: &HttpResponse) -> bool {
    response.json()["error"].is_string()
}

fn rejected(code: Code, message: &str) -> PublishError {
    PublishError::new(PublishErrorKind::Rejected, code, message)
}
