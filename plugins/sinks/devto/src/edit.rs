//! Updates and unpublishes articles. Both requests may be repeated. Articles cannot be deleted through the API.

use serde_json::{Value, json};
use syndicate_api::{
    Code, Payload, Prepared, PublishError, PublishErrorKind, Receipt, Request, Revision, Role,
    Step, slot,
};

use crate::client::Client;
use crate::compose::ArticleFields;
use crate::errors::unreadable;
use crate::own_articles::{self, OwnArticle, content_digest, recorded_digest};

/// Path of the articles.
const ARTICLES: &str = "/api/articles";

/// Returns the update of an article to the content of `payload`. It leaves the article published or unpublished,
/// because the author may have published the draft on the site.
pub(crate) fn revise(payload: &Payload) -> Option<Revision> {
    let mut body = payload.create()?.body.as_json().clone();
    body.get_mut("article")?
        .as_object_mut()?
        .remove("published");
    let request = Request::new("PUT", ARTICLES).segment(slot("receipt:/id"));
    Some(Revision {
        steps: vec![Step::new(
            "update",
            Role::FollowUp,
            request.json(body.clone()),
        )],
        editable: body,
        fixed: Value::Null,
        changes: "the article".into(),
        keeps: "the draft or published state".into(),
    })
}

/// Updates the article of `receipt` and returns its new receipt.
///
/// # Errors
/// Returns `Conflict` if title or text were changed on the site since `receipt`.
pub(crate) async fn update(
    client: &Client<'_>,
    receipt: &Receipt,
    change: &Prepared,
) -> Result<Receipt, PublishError> {
    let mut updated = receipt.clone();
    for step in &change.steps {
        check_unchanged(client, receipt, &ArticleFields::of(&step.request)).await?;
        let response = client.send_repeatable(&step.request).await?;
        let article = OwnArticle::parse(&response.json());
        updated = article.ok_or_else(|| unreadable("article"))?.receipt();
    }
    Ok(updated)
}

/// Fails if the article differs from what was recorded. An article with the new content is not a conflict: an
/// update whose answer was lost is sent again.
async fn check_unchanged(
    client: &Client<'_>,
    receipt: &Receipt,
    new: &ArticleFields<'_>,
) -> Result<(), PublishError> {
    let Some(recorded) = recorded_digest(receipt) else {
        return Ok(());
    };
    let own = own_articles::all(client).await?;
    let mut found = own
        .iter()
        .filter(|article| receipt.id.as_ref() == Some(&article.id));
    // The update itself reports an article that is gone.
    let Some(article) = found.next() else {
        return Ok(());
    };
    let current = article.digest();
    if current == recorded || current == content_digest(new.title, new.text) {
        return Ok(());
    }
    let message = format!(
        "article `{}` was edited on dev.to since it was sent",
        article.id
    );
    Err(PublishError::new(
        PublishErrorKind::Conflict,
        Code::Conflict,
        message,
    ))
}

/// Unpublishes the article of `receipt`, so that it becomes a draft. The update that does it also works for
/// accounts that are not moderators, unlike `unpublish` of the API.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn retract(client: &Client<'_>, receipt: &Receipt) -> Result<(), PublishError> {
    let Some(id) = &receipt.id else {
        let message = "the receipt has no identifier of an article";
        let kind = PublishErrorKind::Rejected;
        return Err(PublishError::new(kind, Code::Unsupported, message));
    };
    let request = Request::new("PUT", ARTICLES).segment(id.as_str());
    let request = request.json(json!({"article": {"published": false}}));
    match client.send_repeatable(&request).await {
        Err(error) if error.code == Code::PostGone => Ok(()),
        outcome => outcome.map(drop),
    }
}
