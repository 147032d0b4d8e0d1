//! Taking back what is out. It is for a person to ask for, one delivery at a time; a build never does
//! so. A post that is gone already counts as taken back.

use syndicate_api::{Context, PublishError, Receipt};

use super::decide::is_named;
use super::{SinkStage, Stages};
use crate::ledger::{Attempt, Book, Event, Ids, Kind, LedgerError, Session, State};

/// A delivery that is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retraction {
    /// The attempt that created the post.
    pub attempt: Attempt,
    /// The post, where anybody said under which name it is out.
    pub receipt: Option<Receipt>,
}

/// Why a post was not taken back.
#[derive(Debug, thiserror::Error)]
pub enum RetractionError {
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

/// What is out of the posts that `name` stands for: an address, a file or a key. `sink` leaves only
/// what is out on one sink.
#[must_use]
pub fn retractable(book: &Book, name: &str, sink: Option<&str>) -> Vec<Retraction> {
    let histories = book.histories();
    let named = histories
        .into_iter()
        .filter(|history| is_named(history.keys.iter().copied(), name));
    named
        .flat_map(|history| history.deliveries)
        .filter_map(|delivery| match delivery.state {
            State::Sent {
                attempt, receipt, ..
            } => Some(Retraction { attempt, receipt }),
            _ => None,
        })
        .filter(|retraction| sink.is_none_or(|sink| sink == retraction.attempt.sink))
        .collect()
}

/// Takes `retraction` back on its platform, or where somebody did that already (`by_hand`) only puts
/// it on record.
///
/// # Errors
/// [`RetractionError`]; all may be asked for again.
pub async fn retract(
    retraction: &Retraction,
    by_hand: bool,
    stages: &Stages,
    session: &mut dyn Session,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<(), RetractionError> {
    let Retraction { attempt, receipt } = retraction;
    if !by_hand {
        let stage = stage(stages, &attempt.sink)?;
        let receipt = receipt.as_ref().ok_or(RetractionError::Nameless)?;
        stage.sink.retract(cx, receipt).await?;
    }
    let attempt = attempt.clone();
    let event = Event::new(ids, cx.now(), Kind::Retracted { attempt });
    Ok(session.append(event).await?)
}

fn stage<'s>(stages: &'s Stages, name: &str) -> Result<&'s SinkStage, RetractionError> {
    let mut all = stages.sinks.iter();
    all.find(|stage| stage.name == name)
        .ok_or_else(|| RetractionError::NoSink(name.to_owned()))
}
