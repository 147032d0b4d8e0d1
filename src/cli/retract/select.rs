//! Selects the sent posts to retract.

use std::collections::BTreeMap;

use syndicate_api::{normalise_url, suggest};

use crate::cli::CliError;
use crate::engine::{
    Retraction, Selection, StageChain, find_groups, find_groups_ever, published, retractable,
    unknown_record,
};
use crate::ledger::LedgerState;
use crate::session::{LoadedPipeline, Session};

/// The names of the posts to retract, as the user gave them.
#[derive(Clone, Copy)]
pub(super) struct PostNames<'a> {
    /// The file, URL or key of the post, or its identifier or URL on the platform.
    pub(super) item: &'a str,
    /// The only selected sink, if set.
    pub(super) sink: Option<&'a str>,
    /// The identifier or URL on the platform of the only selected post, if set.
    pub(super) id: Option<&'a str>,
}

/// Returns the sent posts that `names` select.
///
/// # Errors
/// If there is none.
pub(super) async fn select(
    session: &Session,
    LoadedPipeline { stages, scanned }: &LoadedPipeline,
    names: PostNames<'_>,
    ledger_state: &LedgerState,
) -> Result<Vec<Retraction>, CliError> {
    let PostNames { item, sink, id } = names;
    let read = (scanned, stages);
    let groups = match id {
        Some(_) => find_groups_ever(item, ledger_state, read),
        None => find_groups(item, ledger_state, Some(read)),
    };
    let sent = if groups.is_empty() && !Selection::is_item(item, read) {
        let all = published(ledger_state, sink);
        let sent = at_address(session, stages, all, item).await;
        if sent.is_empty() {
            return Err(unknown_record(item, Some(scanned), ledger_state).into());
        }
        sent
    } else {
        retractable(ledger_state, &groups, sink)
    };
    let known = sent.iter().filter_map(remote_id);
    let known: Vec<String> = known.map(str::to_owned).collect();
    let selected = match id {
        Some(name) => with_id(session, stages, sent, name).await?,
        None => sent,
    };
    if selected.is_empty() {
        return Err(no_sent_post(item, id, &known, ledger_state));
    }
    Ok(selected)
}

/// Returns the posts among `sent` that `name` identifies on their platform. Only addresses and URNs are looked up there.
async fn at_address(
    session: &Session,
    stages: &StageChain,
    sent: Vec<Retraction>,
    name: &str,
) -> Vec<Retraction> {
    if name.contains("://") || name.starts_with("urn:") {
        let found = with_id(session, stages, sent, name).await;
        return found.unwrap_or_default();
    }
    let is_exact = |of: &Retraction| is_recorded_as(of, name);
    sent.into_iter().filter(is_exact).collect()
}

/// Returns the posts among `sent` with this identifier or URL. A recorded one matches even if its sink was removed from
/// the pipeline.
///
/// # Errors
/// If no post matches, and a sink cannot look up the name.
async fn with_id(
    session: &Session,
    stages: &StageChain,
    sent: Vec<Retraction>,
    name: &str,
) -> Result<Vec<Retraction>, CliError> {
    let (exact, others): (Vec<_>, Vec<_>) =
        sent.into_iter().partition(|of| is_recorded_as(of, name));
    if !exact.is_empty() {
        return Ok(exact);
    }
    let mut error = None;
    let mut located: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut found = Vec::new();
    for retraction in others {
        let sink = &retraction.attempt.sink;
        if !located.contains_key(sink) {
            let receipt = session.locate(Some(stages), sink, name).await;
            let id = match receipt {
                Ok(receipt) => receipt.id,
                Err(fault) => {
                    error.get_or_insert(fault);
                    None
                }
            };
            located.insert(sink.clone(), id);
        }
        let id = located.get(sink).and_then(Option::as_deref);
        if id.is_some() && id == remote_id(&retraction) {
            found.push(retraction);
        }
    }
    match error {
        Some(error) if found.is_empty() => Err(error.into()),
        _ => Ok(found),
    }
}

/// Returns `true` if `name` is the recorded identifier or URL of a sent post.
fn is_recorded_as(retraction: &Retraction, name: &str) -> bool {
    let url = retraction.receipt.as_ref().and_then(|of| of.url.as_deref());
    let is_at = |url: &str| {
        url == name || normalise_url(url).is_some_and(|url| Some(url) == normalise_url(name))
    };
    remote_id(retraction) == Some(name) || url.is_some_and(is_at)
}

/// Returns the platform's identifier of a sent post.
fn remote_id(retraction: &Retraction) -> Option<&str> {
    retraction.receipt.as_ref()?.id.as_deref()
}

/// Returns the error for an item that no sent post has. `known` lists identifiers to suggest.
fn no_sent_post(
    item: &str,
    id: Option<&str>,
    known: &[String],
    ledger_state: &LedgerState,
) -> CliError {
    let under = id.map(|id| format!(" as `{id}`"));
    let message = format!(
        "no post of `{item}` is published{}",
        under.unwrap_or_default()
    );
    let other = id.and_then(|id| {
        let mut all = published(ledger_state, None).into_iter();
        let found = all.find(|of| is_recorded_as(of, id))?;
        let its = &found.attempt.item;
        Some(format!(
            "that is the post of `{its}`: run `syndicate retract {id}`"
        ))
    });
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let near = || id.and_then(|id| suggest(id, &known));
    let hint = other.or_else(near);
    let hint = hint.unwrap_or_else(|| "run `syndicate status` to list sent posts".to_owned());
    CliError::hinted(message, hint)
}
