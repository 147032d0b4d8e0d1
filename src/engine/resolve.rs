//! Resolves the open attempts of earlier runs before planning: by reading the platform, by repeating a keyed request,
//! or by evidence where the sink permits that.

use tokio_util::sync::CancellationToken;

use super::attempt::Recorder;
use super::find::{SearchOutcome, find};
use super::loading_media::LoadingMedia;
use super::open_follow_ups::{OpenFollowUps, open_follow_ups};
use super::probe::ProbeContext;
use super::{Selection, account, open_attempts};
use crate::ledger::{Attempt, LedgerError, LedgerSession, OfferedDelivery};

/// Resolves open attempts, and adds notes for the user to `notes`, until the run is stopped.
///
/// # Errors
/// If the ledger cannot be written; [`LedgerError::Overtaken`] if another run resolves an attempt.
pub(super) async fn resolve(
    probe: &ProbeContext<'_>,
    selection: &Selection,
    (stop, notes): (&CancellationToken, &mut Vec<String>),
    session: &mut dyn LedgerSession,
) -> Result<(), LedgerError> {
    session.begin_plan();
    for open in open_attempts(session.ledger_state(), None, None) {
        let attempt = &open.attempt;
        let claimed = open.claimed_until(session.ledger_state(), probe.cx.now());
        if open.is_duplicate || claimed.is_some() || stop.is_cancelled() {
            continue;
        }
        let item = probe.item(attempt);
        if !item.is_some_and(|item| selection.may_select(item)) {
            continue;
        }
        if !claim(probe, attempt, session).await? {
            continue;
        }
        let receipt = match find(probe, &open, session).await? {
            SearchOutcome::Here(receipt) => Some(receipt),
            SearchOutcome::Freed => {
                notes.push(format!(
                    "`{}` got no answer before and is not on `{}`; it may be sent again",
                    attempt.item, attempt.sink
                ));
                continue;
            }
            SearchOutcome::Unclear(why) => {
                let receipt = probe.probe_automatically(&open, session, stop).await?;
                if let (None, Some(why)) = (&receipt, why) {
                    notes.push(format!(
                        "it is still unknown whether `{}` is on `{}`: {why}",
                        attempt.item, attempt.sink
                    ));
                }
                receipt
            }
        };
        if let Some(receipt) = receipt {
            notes.push(format!(
                "`{}` got no clear answer before and is out on `{}` as `{}`",
                attempt.item,
                attempt.sink,
                receipt.label()
            ));
        }
    }
    session.release().await;
    Ok(())
}

/// Claims the delivery of `attempt`. Returns `false` if another worker has it.
async fn claim(
    probe: &ProbeContext<'_>,
    attempt: &Attempt,
    session: &mut dyn LedgerSession,
) -> Result<bool, LedgerError> {
    let offered = OfferedDelivery {
        item: &attempt.item,
        sink: &attempt.sink,
    };
    let work = session.claim(probe.run, &[offered]).await?;
    Ok(work.taken.is_some())
}

/// Sends the steps that earlier runs could not send after a creating request, and adds notes for the user to `notes`.
pub(super) async fn resume_follow_ups(
    probe: &ProbeContext<'_>,
    (stop, notes): (&CancellationToken, &mut Vec<String>),
    session: &mut dyn LedgerSession,
) {
    session.begin_plan();
    for open in open_follow_ups(session.ledger_state(), None, None) {
        let Ok(stage) = probe.stage(&open.attempt) else {
            continue;
        };
        if stop.is_cancelled() {
            break;
        }
        match claim(probe, &open.attempt, session).await {
            Ok(true) => {}
            Ok(false) => continue,
            Err(error) => {
                notes.push(not_repeated(&open, &error.to_string()));
                continue;
            }
        }
        if let Err(error) = account::check(&open.attempt, stage, probe.cx).await {
            notes.push(not_repeated(&open, &error.to_string()));
            continue;
        }
        let prepared = match probe.prepared(&open.attempt, session).await {
            Ok(prepared) => prepared,
            Err(error) => {
                notes.push(not_repeated(&open, &error.to_string()));
                continue;
            }
        };
        let mut preface = Vec::new();
        let mut recorder = Recorder {
            cx: probe.cx,
            session: &mut *session,
            ids: probe.ids,
            run: probe.run,
            stop,
            preface: &mut preface,
            notes: &mut *notes,
            media: LoadingMedia::default(),
            shared_plan: None,
            has_foreign_events: &mut false,
        };
        let steps = (&prepared, open.steps.as_slice());
        let receipt = &open.receipt;
        recorder
            .follow_up_with(&open.attempt, stage, steps, receipt)
            .await;
    }
    session.release().await;
}

fn not_repeated(open: &OpenFollowUps, error: &str) -> String {
    format!(
        "`{}` is on `{}`, but its step `{}` cannot be repeated: {error}; `syndicate settle` can give it up",
        open.attempt.item,
        open.attempt.sink,
        open.steps.join("`, `")
    )
}
