//! `syndicate status`: what the ledger says.

use std::time::Duration;

use clap::Args;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};

use super::preview::banner;
use super::world::World;
use super::{Exit, Failure, Global, print};
use crate::engine::live_posts;
use crate::ledger::{DeliveryHistory, History, Live, Session, State, Store as _};

/// Options of `status`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  syndicate status           each post that was tried, and what came of it
  syndicate status --all     also the posts that were only taken as known
  syndicate status --compact      write the ledger anew, without the lines that tell nothing any more:
      the steps on the way to an outcome, and failures that something later made up for
  syndicate status --restore      after a rollback or loss of the ledger: append what this machine
      knows of it, or write it as a whole
  syndicate status --forget       take the ledger as it is, and discard what only this machine knows")]
pub(super) struct Options {
    /// Also the posts that were only taken as known
    #[arg(long)]
    all: bool,
    /// Only what happened on this day or later, as `2026-11-22`
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Only this sink
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// First write the ledger anew, without the lines that tell nothing any more
    #[arg(long)]
    compact: bool,
    /// First append to the ledger what this machine has recorded and the ledger lacks
    #[arg(long, conflicts_with_all = ["compact", "forget"])]
    restore: bool,
    /// First discard what this machine has recorded and the ledger lacks
    #[arg(long, conflicts_with = "compact")]
    forget: bool,
    /// With --compact, --restore and --forget: how many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

impl Options {
    /// Whether the user asked about this delivery.
    fn wants(&self, delivery: &DeliveryHistory<'_>, zone: &TimeZone) -> bool {
        let sink = self.sink.as_deref();
        let last = delivery
            .events
            .last()
            .map(|event| event.at.to_zoned(zone.clone()).date());
        sink.is_none_or(|sink| delivery.sink.is_none_or(|of| of == sink))
            && self
                .since
                .is_none_or(|since| last.is_some_and(|last| last >= since))
    }
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, false)?;
    let store = world.ledger(global);
    let timeout = Duration::from_secs(options.lock_timeout);
    if options.compact {
        let (was, is) = store.store().compact(world.cx.now(), timeout).await?;
        print::talk(&format!("the ledger had {was} lines and has {is}"))?;
    }
    if options.restore {
        let restored = store.restore(world.cx.now(), timeout).await?;
        let what = if restored.is_new {
            "wrote the ledger"
        } else {
            "restored"
        };
        print::talk(&format!("{what}: {}", events(restored.events)))?;
    }
    if options.forget {
        let forgotten = store.forget(timeout).await?;
        print::talk(&format!("forgot {} of this machine", events(forgotten)))?;
    }
    let book = store.read().await?;
    let survey = store.survey().await?;
    let runs = Runs {
        live: survey.book.live().clone(),
        now: world.cx.now(),
    };
    if let Some(trouble) = survey.trouble {
        print::talk(&format!("warning: {}", banner(&trouble)))?;
    }
    for (message, hint) in live_posts(&book) {
        print::talk(&format!("warning: {message}\nhint: {hint}"))?;
    }
    let mut histories = book.histories();
    for history in &mut histories {
        history
            .deliveries
            .retain(|delivery| options.wants(delivery, &world.zone));
    }
    histories.retain(|history| !history.deliveries.is_empty());
    if global.json {
        let items: Vec<Value> = histories
            .iter()
            .map(|history| history_json(history, &runs))
            .collect();
        print::data(&json!({"v": 1, "items": items}).to_string())?;
        return Ok(Exit::Fine);
    }
    let mut known = 0;
    let mut open = 0;
    let mut equal = 0;
    for history in &histories {
        for delivery in &history.deliveries {
            let adopted = matches!(delivery.state, State::Adopted { .. });
            known += usize::from(adopted);
            let is_unknown = matches!(delivery.state, State::Unknown { .. });
            open += usize::from(is_unknown && runs.claimed_until(&delivery.state).is_none());
            equal += usize::from(matches!(delivery.state, State::Duplicate { .. }));
            if options.all || !adopted {
                print::data(&describe(history, delivery, &runs))?;
            }
        }
    }
    let posts = match histories.len() {
        1 => "1 post".to_owned(),
        count => format!("{count} posts"),
    };
    print::talk(&format!(
        "{posts} on record, {known} of them only taken as known"
    ))?;
    if open > 0 {
        print::talk(&format!(
            "{open} of unknown outcome: look at the platform whether they are there, then `syndicate settle`"
        ))?;
    }
    if equal > 0 {
        print::talk(&format!(
            "{equal} refused as equal to a post that is there: if it is this one, run `syndicate adopt \
             POST ID`; if not, run `syndicate settle POST --not-sent` and change the text"
        ))?;
    }
    Ok(Exit::Fine)
}

fn events(count: usize) -> String {
    match count {
        1 => "1 event".to_owned(),
        count => format!("{count} events"),
    }
}

/// Warns where the ledger keeps a run from sending. Verbs that send nothing go on all the same.
pub(super) fn warn_of(session: &dyn Session) -> Result<(), Failure> {
    match session.verify() {
        Ok(()) => Ok(()),
        Err(trouble) => print::talk(&format!("warning: {}", banner(&trouble))),
    }
}

/// Which runs may still be sending.
struct Runs {
    live: Live,
    now: Timestamp,
}

impl Runs {
    /// Returns until when another run may send a delivery of this state.
    fn claimed_until(&self, state: &State) -> Option<Timestamp> {
        match state {
            State::Unknown {
                claim: Some(claim), ..
            } => self.live.claimed_until(claim, self.now),
            _ => None,
        }
    }
}

/// Says that another run may be sending a delivery.
pub(super) fn by_another_run(until: Timestamp) -> String {
    let until = until.strftime("%Y-%m-%d %H:%M UTC");
    format!("another run is sending it, until {until} at the latest")
}

fn describe(history: &History<'_>, delivery: &DeliveryHistory<'_>, runs: &Runs) -> String {
    let sink = delivery.sink.unwrap_or("every sink");
    let (mut word, at, mut detail) = state(&delivery.state);
    if let Some(until) = runs.claimed_until(&delivery.state) {
        word = "claimed";
        detail = Some(by_another_run(until));
    }
    let at = at
        .map(|at| at.strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default();
    let mut line = format!("{word:<9} {at:<16} {} → {sink}", history.item);
    if let Some(detail) = detail {
        line.push_str(&format!("\n          {detail}"));
    }
    line
}

/// A state's word, time and most telling detail.
fn state(state: &State) -> (&'static str, Option<Timestamp>, Option<String>) {
    match state {
        State::New => ("new", None, None),
        State::Adopted { at } => ("known", Some(*at), None),
        State::Sent {
            at,
            receipt,
            updated,
            ..
        } => {
            let link = receipt
                .as_ref()
                .map(|receipt| receipt.url.clone().unwrap_or(receipt.id.clone()));
            let updated =
                updated.map(|at| format!("changed there on {}", at.strftime("%Y-%m-%d %H:%M")));
            let detail: Vec<String> = link.into_iter().chain(updated).collect();
            (
                "sent",
                Some(*at),
                Some(detail.join("; ")).filter(|it| !it.is_empty()),
            )
        }
        State::Unknown { at, message, .. } => ("unknown", Some(*at), Some(message.clone())),
        State::Duplicate {
            at,
            existing,
            message,
            ..
        } => {
            // The message names it too, unless the platform worded it otherwise.
            let existing = existing.as_ref().map(|existing| &existing.id);
            let detail = match existing.filter(|id| !message.contains(id.as_str())) {
                Some(id) => format!("{message}; it is `{id}`"),
                None => message.clone(),
            };
            ("duplicate", Some(*at), Some(detail))
        }
        State::Failed {
            at, code, message, ..
        } => ("failed", Some(*at), Some(format!("[{code}] {message}"))),
        State::Retracted { at, .. } => ("retracted", Some(*at), None),
    }
}

fn history_json(history: &History<'_>, runs: &Runs) -> Value {
    let deliveries: Vec<Value> = history
        .deliveries
        .iter()
        .map(|delivery| {
            let (word, at, _) = state(&delivery.state);
            let until = runs.claimed_until(&delivery.state);
            let word = match word {
                "known" => "adopted",
                _ if until.is_some() => "claimed",
                word => word,
            };
            json!({
                "sink": delivery.sink,
                "state": word,
                "until": until,
                "at": at,
                "hash": hash(&delivery.state),
                "receipt": receipt(&delivery.state),
                "updated": updated(&delivery.state),
                "message": message(&delivery.state),
                "events": delivery.events,
            })
        })
        .collect();
    json!({"item": history.item, "keys": history.keys, "deliveries": deliveries})
}

fn hash(state: &State) -> Option<&str> {
    match state {
        State::Sent { attempt, .. }
        | State::Unknown { attempt, .. }
        | State::Duplicate { attempt, .. }
        | State::Failed { attempt, .. }
        | State::Retracted { attempt, .. } => Some(&attempt.hash),
        State::New | State::Adopted { .. } => None,
    }
}

fn receipt(state: &State) -> Option<&syndicate_api::Receipt> {
    match state {
        State::Sent { receipt, .. } => receipt.as_ref(),
        State::Duplicate { existing, .. } => existing.as_ref(),
        _ => None,
    }
}

fn updated(state: &State) -> Option<Timestamp> {
    match state {
        State::Sent { updated, .. } => *updated,
        _ => None,
    }
}

fn message(state: &State) -> Option<&str> {
    match state {
        State::Unknown { message, .. }
        | State::Duplicate { message, .. }
        | State::Failed { message, .. } => Some(message),
        _ => None,
    }
}
