//! The creating request: the one that readers will see, sent once and never again by itself.

use syndicate_api::http::HttpResponse;
use syndicate_api::{Code, Prepared, PublishError, PublishErrorKind, Receipt, Request};

use crate::client::{Client, json_body};
use crate::dialect::Dialect;
use crate::errors::{self, CreateKind, Step};
use crate::urn;

/// Creates the post.
///
/// # Errors
/// `Unknown` whenever the post may be out.
pub(crate) async fn create(
    client: &Client<'_>,
    prepared: &Prepared,
) -> Result<Receipt, PublishError> {
    let Some(request) = prepared.requests.first() else {
        let message = "the payload holds no creating request";
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

/// What `request` creates, as far as refusals differ by it.
fn create_kind(request: &Request) -> CreateKind {
    if request.path != Dialect::Posts.path() {
        CreateKind::Legacy
    } else if request.body.get("reshareContext").is_some() {
        CreateKind::Reshare
    } else {
        CreateKind::Post
    }
}

/// The post's URN. Today's interface names it in a header and sends an empty body; the older ones have
/// it in the body too, and the oldest may leave out all but the number.
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
