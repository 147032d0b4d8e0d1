//! Selects the sent post that `--id` names.

use syndicate_api::suggest;

use crate::cli::CliError;
use crate::engine::{Retraction, StageChain};
use crate::session::Session;

/// Returns `true` if `retraction` is of the post that `--id` selects, by identifier or URL. The
/// recorded identifier matches even if its sink was removed from the pipeline.
pub(super) async fn is_named(
    session: &Session,
    stages: &StageChain,
    retraction: &Retraction,
    name: &str,
) -> Result<bool, CliError> {
    let id = remote_id(retraction);
    if id.is_some_and(|id| id == name) {
        return Ok(true);
    }
    let located = session.locate(Some(stages), &retraction.attempt.sink, name);
    let located = located.await?;
    Ok(id.is_some() && id == located.id.as_deref())
}

/// Returns the platform's identifier of a sent post.
pub(super) fn remote_id(retraction: &Retraction) -> Option<&str> {
    let receipt = retraction.receipt.as_ref()?;
    receipt.id.as_deref()
}

/// Returns the error for an item that no sent post has. `known` lists items to suggest.
pub(super) fn no_sent_post(item: &str, id: Option<&str>, known: &[String]) -> CliError {
    let under = id.map(|id| format!(" as `{id}`"));
    let message = format!(
        "no post of `{}` is published{}",
        item,
        under.unwrap_or_default()
    );
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let near = id.and_then(|id| suggest(id, &known));
    let hint = near.unwrap_or_else(|| "run `syndicate status` to list sent posts".to_owned());
    CliError::hinted(message, hint)
}
