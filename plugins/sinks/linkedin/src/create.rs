//! Sends the creating request, after which readers see the post. It is never repeated here.

use syndicate_api::http::HttpResponse;
use syndicate_api::{Code, Prepared, PublishError, PublishErrorKind, Receipt, Request};

use crate::client::{Client, json_body};
use crate::dialect::Dialect;
use crate::errors::{self, CreateKind, Step};
use crate::urn;

/// Creates the post and returns its receipt.
///
/// # Errors
/// Returns `Unknown` if the post may have been created.
pub(crate) async fn create(
    client: &Client<'_>,
    prepared: &Prepared,
) -> Result<Receipt, PublishError> {
    let Some(request) = prepared.requests.first() else {
        let message = "the payload has no creating request";
        return Err(PublishError::new(
            PublishErrorKind::Rejected,
            Code::Rejected,
            message,
        ));
    };
    let answer = client
        .send(request.method, &request.path, request.bytes())
        .await;
    let answer = errors::require_success(client, Step::Create(create_kind(request)), answer)?;
    match post_urn(&answer, &request.path) {
        Some(id) => Ok(Receipt {
            url: Some(urn::public_link(&id)),
            id,
        }),
        None => Err(errors::missing_id(client, &answer)),
    }
}

/// Returns the kind of post that `request` creates.
fn create_kind(request: &Request) -> CreateKind {
    if request.path != Dialect::Posts.path() {
        CreateKind::Legacy
    } else if request.body.get("reshareContext").is_some() {
        CreateKind::Reshare
    } else {
        CreateKind::Post
    }
}

/// Returns the URN of the created post. The Posts API returns it in a header with an empty body.
/// The older APIs also return it in the body, and the oldest may return only its number.
fn post_urn(answer: &HttpResponse, path: &str) -> Option<String> {
    let header = answer.header("x-restli-id").map(str::to_owned);
    let location = || urn::from_location(answer.header("location")?);
    let body = || json_body(answer)["id"].as_str().map(str::to_owned);
    let named = |id: String| match id.trim() {
        id if id.starts_with("urn:li:") => Some(id.to_owned()),
        id if path == Dialect::Shares.path() && urn::is_number(id) => {
            Some(format!("urn:li:share:{id}"))
        }
        _ => None,
    };
    let header = header.and_then(named);
    header.or_else(location).or_else(|| body().and_then(named))
}
