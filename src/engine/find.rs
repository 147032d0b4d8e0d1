//! Resolves an unknown delivery by reading the platform.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use syndicate_api::{CLOCK_TOLERANCE, Found, FoundBy, PublishError, Receipt, Sought};
use tracing::info;

use super::probe::ProbeContext;
use super::resolve_unknown::recorded_otherwise;
use super::{OpenAttempt, SinkStage, account};
use crate::ledger::{Attempt, Event, EventKind, LedgerError, LedgerSession, Settlement};

/// Time after an attempt of this machine was first found without an outcome, in which its request may still arrive.
const MISS_COUNTS_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// The result of a search for the post of an attempt.
pub(super) enum SearchOutcome {
    /// The post exists, which is recorded.
    Here(Receipt),
    /// The post does not exist, which is recorded.
    Freed,
    /// Nothing is proven. The reason is given if the platform was read.
    Unclear(Option<String>),
}

/// Looks for the post of `open` on its platform, and records what was found.
///
/// # Errors
/// If the ledger cannot be written.
pub(super) async fn find(
    probe: &ProbeContext<'_>,
    open: &OpenAttempt,
    session: &mut dyn LedgerSession,
) -> Result<SearchOutcome, LedgerError> {
    let attempt = &open.attempt;
    let since = session.abandoned_since(&attempt.id, probe.cx.now());
    let stage = probe.stage(attempt).ok();
    let stage = stage.filter(|stage| stage.sink.capabilities().finds && !probe.cx.offline);
    let Some(stage) = stage else {
        return Ok(SearchOutcome::Unclear(None));
    };
    let found = match search(probe, attempt, stage, session).await {
        Ok(found) => found,
        Err(error) => Found::Unclear(error.to_string()),
    };
    info!(
        ?found,
        item = attempt.item,
        sink = attempt.sink,
        "looked for an unknown delivery"
    );
    match found {
        Found::Here { receipt, .. } => {
            let remote = Some(receipt.clone());
            settle(probe, attempt, Settlement::Sent { remote }, session).await?;
            Ok(SearchOutcome::Here(receipt))
        }
        Found::NotThere if is_abandoned(attempt, since, probe.cx.now(), session) => {
            settle(probe, attempt, Settlement::NotSent, session).await?;
            Ok(SearchOutcome::Freed)
        }
        Found::NotThere => {
            let why =
                "it is not there, but its request may still arrive; run again in a few minutes";
            Ok(SearchOutcome::Unclear(Some(why.to_owned())))
        }
        Found::Unclear(why) => Ok(SearchOutcome::Unclear(Some(why))),
    }
}

/// Asks the sink for the post of `attempt`. A post that was recognised by its link counts only if it is recent.
async fn search(
    probe: &ProbeContext<'_>,
    attempt: &Attempt,
    stage: &SinkStage,
    session: &dyn LedgerSession,
) -> Result<Found, PublishError> {
    account::check(attempt, stage, probe.cx).await?;
    let prepared = probe.prepared(attempt, session).await.ok();
    let events = session.ledger_state().attempt(&attempt.id);
    let intent = events.iter().find_map(|event| match &event.kind {
        EventKind::Intent { slots, .. } => Some((event.at, slots)),
        _ => None,
    });
    let item = probe.item(attempt);
    let links = item.map(|item| [item.link.clone(), item.url.clone()]);
    let links: Vec<String> = links.into_iter().flatten().flatten().collect();
    let sought = Sought {
        intent,
        links: &links,
        title: item.and_then(|item| item.title.as_deref()),
        prepared: prepared.as_ref(),
    };
    let found = stage.find(probe.cx, &sought).await?;
    if let Found::Here { receipt, .. } = &found
        && let Some(reason) = recorded_otherwise(receipt, attempt, session.ledger_state())
    {
        return Ok(Found::Unclear(reason));
    }
    let is_recent = |receipt: &Receipt| {
        let times = receipt.at.zip(sought.earliest());
        times.is_some_and(|(at, earliest)| at >= earliest)
    };
    Ok(match found {
        Found::Here {
            receipt,
            by: FoundBy::Link,
        } if !is_recent(&receipt) => {
            let minutes = CLOCK_TOLERANCE.as_mins();
            Found::Unclear(format!(
                "a post with its link is not known to be at most {minutes} minutes older than the attempt"
            ))
        }
        found => found,
    })
}

/// Returns `true` if the request of `attempt` cannot arrive any more: after the claim of its last request, and for a
/// run of this machine some time after `since`, when it was first found to have ended.
fn is_abandoned(
    attempt: &Attempt,
    since: Timestamp,
    now: Timestamp,
    session: &dyn LedgerSession,
) -> bool {
    let ledger_state = session.ledger_state();
    let events = ledger_state.attempt(&attempt.id);
    let mut claims = events.iter().rev().filter_map(|event| event.kind.claim());
    let claim = claims.next();
    let end = claim.and_then(crate::ledger::Claim::end);
    // Requests of 0.1.0 have no deadline.
    let is_own = claim.is_none_or(|claim| ledger_state.live().is_own(claim)) || end.is_none();
    let last = events.last().map_or(now, |event| event.at);
    let is_quiet = now.duration_since(last.max(since)) >= MISS_COUNTS_AFTER;
    end.is_some_and(|end| end <= now) || (is_own && is_quiet)
}

async fn settle(
    probe: &ProbeContext<'_>,
    attempt: &Attempt,
    settlement: Settlement,
    session: &mut dyn LedgerSession,
) -> Result<(), LedgerError> {
    let attempt = Arc::new(attempt.clone());
    let kind = EventKind::Settled {
        attempt,
        settlement,
    };
    session
        .append(Event::new(probe.ids, probe.cx.now(), kind))
        .await
}
