//! Taking back what is out. It is for a person to ask for, one delivery at a time; a build never does
//! so. A post that is gone already counts as taken back.

use std::collections::BTreeSet;

use syndicate_api::{Context, PublishError, Receipt};

use super::{SinkStage, StageChain, account};
use crate::ledger::{
    Attempt, Event, EventKind, GroupId, Ids, LedgerError, LedgerSession, LedgerState,
};

/// A delivery that is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Retraction {
    /// The attempt that created the post.
    pub attempt: Attempt,
    /// The post, where anybody said under which name it is out.
    pub receipt: Option<Receipt>,
}

/// Why a post was not taken back.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RetractionError {
    /// Its sink is not there.
    #[error("its sink `{0}` is not in pipeline.yaml")]
    NoSink(String),
    /// Nobody knows what to ask the platform for.
    #[error("nobody said under which name it is out")]
    Nameless,
    /// The platform did not do so.
    #[error(transparent)]
    Refused(#[from] PublishError),
    /// It is gone, and that could not be put on record.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Returns what is out of the posts with these groups of events. `sink` leaves only what is out on one
/// sink.
#[must_use]
pub(crate) fn retractable(
    ledger_state: &LedgerState,
    groups: &[GroupId],
    sink: Option<&str>,
) -> Vec<Retraction> {
    let histories = ledger_state.histories();
    let named = histories
        .iter()
        .filter(|history| groups.contains(&history.group));
    let deliveries = named.flat_map(|history| &history.deliveries);
    let sinks = deliveries.filter_map(|delivery| delivery.sink);
    let sinks = sinks.filter(|name| sink.is_none_or(|sink| sink == *name));
    let sinks: BTreeSet<&str> = sinks.collect();
    let out = sinks
        .into_iter()
        .flat_map(|sink| ledger_state.live_attempts(groups, sink));
    out.map(|(attempt, receipt)| Retraction { attempt, receipt })
        .collect()
}

/// Takes `retraction` back on its platform, or where somebody did that already (`by_hand`) only puts
/// it on record.
///
/// # Errors
/// [`RetractionError`]; all may be asked for again.
pub(crate) async fn retract(
    retraction: &Retraction,
    by_hand: bool,
    stages: &StageChain,
    session: &mut dyn LedgerSession,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<(), RetractionError> {
    let Retraction { attempt, receipt } = retraction;
    if !by_hand {
        let stage = stage(stages, &attempt.sink)?;
        let receipt = receipt.as_ref().ok_or(RetractionError::Nameless)?;
        account::check(attempt, stage, cx).await?;
        stage.sink.retract(cx, receipt).await?;
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
