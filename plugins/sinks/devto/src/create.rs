//! Sends the creating request, after which the article exists. It is never repeated here.

use jiff::SignedDuration;
use syndicate_api::{Code, PublishError, PublishErrorKind, Receipt, Request};

use crate::client::Client;
use crate::compose::ArticleFields;
use crate::errors::{Duplicate, ERRORS, duplicate, throttled};
use crate::own_articles::{self, OwnArticle};

/// The time after which an account can use a title again.
const TITLE_REUSE: SignedDuration = SignedDuration::from_mins(5);

/// Creates the article and returns its receipt.
///
/// # Errors
/// Returns `Unknown` if the article may have been created.
pub(crate) async fn create(
    client: &Client<'_>,
    request: &Request,
) -> Result<Receipt, PublishError> {
    let outcome = client.send(request).await;
    if let Ok(response) = &outcome {
        if let Some(error) = throttled(client.cx, response) {
            return Err(error);
        }
        if let Some(reason) = duplicate(response) {
            let error = ERRORS.check_create(client.cx, outcome);
            let cause = error.err().and_then(|error| error.cause);
            let error = refused(client, request, reason).await;
            return Err(error.caused_by(cause.unwrap_or_default()));
        }
    }
    let response = ERRORS.check_create(client.cx, outcome)?;
    match OwnArticle::parse(&response.json()) {
        Some(article) => Ok(article.receipt()),
        // Reports that the article exists without an identifier.
        None => ERRORS.receipt(&response, "/id", "/url"),
    }
}

/// Returns the error of a refused duplicate. The refusal proves that a copy exists, but it may be another
/// account's, so the copy is named only if it is in the list of this account.
async fn refused(client: &Client<'_>, request: &Request, reason: Duplicate) -> PublishError {
    let sent = ArticleFields::of(request);
    let own = own_articles::all(client).await;
    let is_copy = |article: &&OwnArticle| {
        article.has_canonical(sent.canonical_url) || article.has_content(sent.title, sent.text)
    };
    let existing = own.as_ref().ok().and_then(|own| own.iter().find(is_copy));
    let existing = existing.map(OwnArticle::receipt);
    if own.is_ok() && existing.is_none() && reason == Duplicate::RecentTitle {
        return title_in_use(client);
    }
    let message = match &existing {
        Some(receipt) => format!("dev.to has this article already: `{}`", receipt.label()),
        None => "dev.to has an article like this one already".to_owned(),
    };
    let mut error = PublishError::new(PublishErrorKind::Rejected, Code::Duplicate, message);
    if own.is_ok() && existing.is_none() {
        error = error.with_hint(
            "it belongs to another account, perhaps by an import of your feed; delete that copy, or name this sink \
             under `syndicate.skip` in the post's front matter",
        );
    }
    error.existing = existing;
    error
}

/// Returns the error for an article whose title another post had a moment ago.
fn title_in_use(client: &Client<'_>) -> PublishError {
    let until = client.cx.now().checked_add(TITLE_REUSE).ok();
    let message = "dev.to accepts the same title again after five minutes";
    PublishError::new(
        PublishErrorKind::Throttled { until },
        Code::Throttled,
        message,
    )
}
