//! Deletes sent posts on their platforms, one delivery at a time and only on the user's request. A post
//! that no longer exists counts as retracted.

use std::collections::BTreeSet;
use std::sync::Arc;

use syndicate_api::{Context, PublishError, Receipt};

use super::{SinkStage, StageChain, account};
use crate::ledger::{
    Attempt, Event, EventKind, GroupId, History, Ids, LedgerError, LedgerSession, LedgerState,
};

/// A sent post that can be retracted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Retraction {
    /// The attempt that created the post.
    pub attempt: Arc<Attempt>,
    /// The receipt, if the platform's id of the post is known.
    pub receipt: Option<Receipt>,
}

/// The reason why a post was not retracted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RetractionError {
    /// The sink is not in pipeline.yaml.
    #[error("its sink `{0}` is not in pipeline.yaml")]
    NoSink(String),
    /// The platform's id of the post is unknown.
    #[error("the platform's id of the post is not recorded")]
    Nameless,
    /// Another machine has retracted it.
    #[error("another machine has retracted it meanwhile")]
    Gone,
    /// The platform did not delete the post.
    #[error(transparent)]
    Refused(#[from] PublishError),
    /// The post was deleted, but that could not be recorded.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Returns the sent posts of these event groups. `sink` selects those of one sink.
#[must_use]
pub(crate) fn retractable(
    ledger_state: &LedgerState,
    groups: &[GroupId],
    sink: Option<&str>,
) -> Vec<Retraction> {
    let histories = ledger_state.histories();
    let named = histories.iter();
    let named = named.filter(|history| groups.contains(&history.group));
    let sinks: BTreeSet<&str> = named.flat_map(|history| sinks_of(history, sink)).collect();
    sinks
        .into_iter()
        .flat_map(|sink| sent(ledger_state, groups, sink))
        .collect()
}

/// Returns all sent posts on record. `sink` selects those of one sink.
#[must_use]
pub(crate) fn published(ledger_state: &LedgerState, sink: Option<&str>) -> Vec<Retraction> {
    let histories = ledger_state.histories();
    let of_history = |history: &History<'_>| -> Vec<Retraction> {
        let sinks = sinks_of(history, sink).into_iter();
        sinks
            .flat_map(|sink| sent(ledger_state, &[history.group], sink))
            .collect()
    };
    histories.iter().flat_map(of_history).collect()
}

/// Returns the sinks of a history, or `only` one of them.
fn sinks_of<'h>(history: &History<'h>, only: Option<&str>) -> BTreeSet<&'h str> {
    let sinks = history.deliveries.iter();
    let sinks = sinks.filter_map(|delivery| delivery.sink);
    sinks
        .filter(|name| only.is_none_or(|only| only == *name))
        .collect()
}

fn sent(ledger_state: &LedgerState, groups: &[GroupId], sink: &str) -> Vec<Retraction> {
    let attempts = ledger_state.live_attempts(groups, sink).into_iter();
    attempts
        .map(|(attempt, receipt)| Retraction { attempt, receipt })
        .collect()
}

/// Deletes the post of `retraction` on its platform. With `by_hand` it was deleted already, and is only
/// recorded as retracted.
///
/// # Errors
/// [`RetractionError`]. After any error the call can be repeated.
pub(crate) async fn retract(
    retraction: &Retraction,
    by_hand: bool,
    stages: &StageChain,
    session: &mut dyn LedgerSession,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<(), RetractionError> {
    let Retraction { attempt, receipt } = retraction;
    session.refresh().await?;
    let events = session.ledger_state().attempt(&attempt.id);
    let is_retraction = |event: &Event| matches!(event.kind, EventKind::Retracted { .. });
    if events.into_iter().any(is_retraction) {
        return Err(RetractionError::Gone);
    }
    if !by_hand {
        let stage = stage(stages, &attempt.sink)?;
        let receipt = receipt.as_ref().ok_or(RetractionError::Nameless)?;
        account::check(attempt, stage, cx).await?;
        stage.retract(cx, receipt).await?;
    }
    let attempt = attempt.clone();
    let event = Event::new(ids, cx.now(), EventKind::Retracted { attempt });
    Ok(session.append(event).await?)
}

fn stage<'s>(stages: &'s StageChain, name: &str) -> Result<&'s SinkStage, RetractionError> {
    let mut all = stages.sinks.iter();
    all.find(|stage| stage.name == name)
        .ok_or_else(|| RetractionError::NoSink(name.to_owned()))
}
