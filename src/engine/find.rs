//! Resolves an unknown delivery by reading the platform.

use jiff::SignedDuration;
use syndicate_api::{Found, FoundBy, Receipt, Sought};
use tokio_util::sync::CancellationToken;
use tracing::info;

use super::attempt::{AttemptResult, Recorder};
use super::probe::ProbeContext;
use super::{OpenAttempt, account};
use crate::ledger::{Event, EventKind, LedgerError, LedgerSession, Settlement};

/// A post found by its link may be this much older than the intent, because clocks differ.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// Time after an attempt was first found without an outcome, in which its request may still arrive.
const MISS_COUNTS_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// The result of a search for the post of an attempt.
pub(super) enum Finding {
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
) -> Result<Finding, LedgerError> {
    let attempt = &open.attempt;
    let now = probe.cx.now();
    let since = session.abandoned_since(&attempt.id, now);
    let Ok(stage) = probe.stage(attempt) else {
        return Ok(Finding::Unclear(None));
    };
    if !stage.sink.capabilities().finds || probe.cx.offline {
        return Ok(Finding::Unclear(None));
    }
    if let Err(error) = account::check(attempt, stage, probe.cx).await {
        return Ok(Finding::Unclear(Some(error.to_string())));
    }
    let prepared = probe.prepared(attempt, session).await.ok();
    let events = session.ledger_state().attempt(&attempt.id);
    let intent = events.iter().find_map(|event| match &event.kind {
        EventKind::Intent { slots, .. } => Some((event.at, slots.clone())),
        _ => None,
    });
    let items = probe.scanned.items.iter().map(|(_, item)| item);
    let item = items.clone().find(|item| {
        let mut keys = item.keys.iter();
        keys.any(|key| attempt.keys.contains(key))
    });
    let links = item.map(|item| [item.link.clone(), item.url.clone()]);
    let links: Vec<String> = links.into_iter().flatten().flatten().collect();
    let sought = Sought {
        intent: intent.as_ref().map(|(at, slots)| (*at, slots)),
        links: &links,
        title: item.and_then(|item| item.title.as_deref()),
        prepared: prepared.as_ref(),
    };
    let found = stage.sink.find(probe.cx, &sought).await;
    info!(
        ?found,
        item = attempt.item,
        sink = attempt.sink,
        "looked for an unknown delivery"
    );
    match found {
        Ok(Found::Here { receipt, by }) => {
            let is_late = |(at, _): &(jiff::Timestamp, _)| {
                let made = receipt.at;
                made.is_some_and(|made| at.duration_since(made) <= CLOCK_TOLERANCE)
            };
            if by == FoundBy::Link && !intent.as_ref().is_some_and(is_late) {
                let why = "a post with its link is older than the attempt";
                return Ok(Finding::Unclear(Some(why.to_owned())));
            }
            record_found(probe, open, receipt, session).await
        }
        Ok(Found::NotThere) if is_abandoned(open, since, session, probe) => {
            let kind = EventKind::Settled {
                attempt: attempt.clone(),
                settlement: Settlement::NotSent,
            };
            session.append(Event::new(probe.ids, now, kind)).await?;
            Ok(Finding::Freed)
        }
        Ok(Found::NotThere) => {
            let why =
                "it is not there, but its request may still arrive; run again in a few minutes";
            Ok(Finding::Unclear(Some(why.to_owned())))
        }
        Ok(Found::Unclear(why)) => Ok(Finding::Unclear(Some(why))),
        Err(error) => Ok(Finding::Unclear(Some(error.to_string()))),
    }
}

/// Returns `true` if the request of `open` cannot arrive any more. The claim of another machine is over when this is
/// called; a run of this machine ended at `since` or before.
fn is_abandoned(
    open: &OpenAttempt,
    since: jiff::Timestamp,
    session: &dyn LedgerSession,
    probe: &ProbeContext<'_>,
) -> bool {
    let now = probe.cx.now();
    let is_past = |claim: &crate::ledger::Claim| claim.end().is_some_and(|end| end <= now);
    let is_over = open.claim.as_ref().is_some_and(is_past);
    let events = session.ledger_state().attempt(&open.attempt.id);
    let last = events.last().map(|event| event.at);
    let is_quiet = last.is_some_and(|last| now.duration_since(last) >= MISS_COUNTS_AFTER);
    is_over || (is_quiet && now.duration_since(since) >= MISS_COUNTS_AFTER)
}

async fn record_found(
    probe: &ProbeContext<'_>,
    open: &OpenAttempt,
    receipt: Receipt,
    session: &mut dyn LedgerSession,
) -> Result<Finding, LedgerError> {
    let (stop, mut preface, mut notes) = (CancellationToken::new(), Vec::new(), Vec::new());
    let mut recorder = Recorder {
        cx: probe.cx,
        session,
        ids: probe.ids,
        run: probe.run,
        stop: &stop,
        preface: &mut preface,
        notes: &mut notes,
        has_foreign_events: &mut false,
    };
    match recorder.found(&open.attempt, receipt).await {
        Ok(receipt) => Ok(Finding::Here(receipt)),
        Err(AttemptResult::Overtaken(error) | AttemptResult::Unrecorded { error, .. }) => {
            Err(error)
        }
        Err(AttemptResult::Answered(_)) => Ok(Finding::Unclear(None)),
    }
}
