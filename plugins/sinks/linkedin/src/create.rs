//! The creating request: the one that readers will see, sent once and never again by itself.

use syndicate_api::http::Answer;
use syndicate_api::{Code, Prepared, PublishError, PublishErrorKind, Receipt};

use crate::client::Client;
use crate::errors::{self, Step};
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
    let answer = errors::accepted(client, Step::Create, answer)?;
    match id(&answer) {
        Some(id) => Ok(Receipt {
            url: Some(public_link(&id)),
            id,
        }),
        None => Err(errors::nameless(client, &answer)),
    }
}

/// Where readers find the post with this URN.
pub(crate) fn public_link(urn: &str) -> String {
    format!("https://www.linkedin.com/feed/update/{urn}/")
}

/// The post's URN. The body is empty and tells nothing.
fn id(answer: &Answer) -> Option<String> {
    let header = answer.header("x-restli-id").map(str::trim);
    header
        .filter(|id| id.starts_with("urn:li:"))
        .map(str::to_owned)
        .or_else(|| urn::from_location(answer.header("location")?))
}
