//! Sends the creating request, after which readers see the post. It is never repeated here.

use syndicate_api::http::HttpResponse;
use syndicate_api::{PublishError, Receipt, Request};

use crate::client::{Client, json_body};
use crate::dialect::Dialect;
use crate::errors::{self, CreateKind, Step};
use crate::urn;

/// Creates the post with `request` and returns its receipt.
///
/// # Errors
/// Returns `Unknown` if the post may have been created.
pub(crate) async fn create(
    client: &Client<'_>,
    request: &Request,
) -> Result<Receipt, PublishError> {
    let answer = client.send_request(request).await;
    let answer = errors::require_success(client, Step::Create(create_kind(request)), answer)?;
    match post_urn(&answer, &request.target()) {
        Some(id) => {
            let url = urn::public_link(&id);
            Ok(Receipt::new(id).with_url(url))
        }
        None => Err(errors::missing_id(&answer)),
    }
}

/// Returns the kind of post that `request` creates.
fn create_kind(request: &Request) -> CreateKind {
    if request.target() != Dialect::Posts.path() {
        CreateKind::Legacy
    } else if request.body.as_json().get("reshareContext").is_some() {
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
