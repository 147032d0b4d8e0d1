//! Finding out, by the platform's own answer, whether an unknown attempt arrived: the very same
//! request once more, which a platform that has the post refuses. Not too early, as the platform may
//! not know of it yet, and not too late, as it forgets what an equal post was and would create a
//! second one.

use std::time::Duration;

use jiff::SignedDuration;
use syndicate_api::{Context, Receipt, Repeat};

use super::attempt::probe;
use super::{OpenAttempt, Planning, Purpose, Scanned, Selection, Stages, make_plan};
use crate::ledger::Book;

/// The window of sinks that do not say one: what is safe with every platform known to answer so.
const WINDOW: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(600));

/// Why an attempt cannot be probed.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// It is too early or too late, or what was sent is no longer what would be.
    #[error("{0}")]
    Unfit(String),
    /// The platform's answer proved nothing.
    #[error("the answer to the repetition proves nothing; it is still unknown")]
    Nothing,
}

/// Probes `open`. The post is out when this yields a receipt.
///
/// # Errors
/// [`ProbeError`], and then nothing has changed.
pub async fn probe_open(
    open: &OpenAttempt,
    book: &Book,
    stages: &Stages,
    scanned: &Scanned,
    cx: &Context,
) -> Result<Receipt, ProbeError> {
    let unfit = |message: &str| ProbeError::Unfit(message.to_owned());
    let attempt = &open.attempt;
    let stage = stages.sinks.iter().find(|stage| stage.name == attempt.sink);
    let stage = stage.ok_or_else(|| unfit("its sink is no longer in pipeline.yaml"))?;
    let (began, slots) = book
        .intent_of(&attempt.id)
        .ok_or_else(|| unfit("its intent is not on record"))?;
    let (after, within) = match stage.sink.repeat() {
        Repeat::Evidence { after, within } => (after, within),
        Repeat::Keyed => (Duration::ZERO, Duration::MAX),
        Repeat::Never => WINDOW,
    };
    let age = cx.now().duration_since(began);
    if age < SignedDuration::try_from(after).unwrap_or(SignedDuration::MAX) {
        return Err(ProbeError::Unfit(format!(
            "it is too early: probe it {} seconds after it began",
            after.as_secs()
        )));
    }
    if age > SignedDuration::try_from(within).unwrap_or(SignedDuration::MAX) {
        return Err(ProbeError::Unfit(format!(
            "it is too late: after {} seconds a repetition could be a second post",
            within.as_secs()
        )));
    }
    let prepared = {
        let selection = Selection::of_item(&attempt.item);
        let planning = Planning {
            stages,
            scanned,
            selection: &selection,
            purpose: Purpose::Show,
        };
        // As if nothing were on record, since what is on record keeps it from being encoded.
        let plan = make_plan(&planning, &Book::default(), cx).await;
        let mut entries = plan.entries.into_iter();
        let entry = entries.find(|entry| entry.sink == attempt.sink);
        let composed = entry.and_then(|entry| entry.composed);
        let composed = composed.filter(|composed| composed.hash == attempt.hash);
        let composed = composed.ok_or_else(|| {
            unfit("the post has changed since, and only the very same request proves anything")
        })?;
        composed
            .payload
            .fill(slots.clone())
            .map_err(|error| ProbeError::Unfit(error.to_string()))?
    };
    probe(stage, &prepared, cx).await.ok_or(ProbeError::Nothing)
}
