//! `syndicate status`: what the ledger says.

mod json;
mod state;
mod text;

use std::time::Duration;

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use self::json::history_json;
use self::state::Runs;
use super::exit::Exit;
use super::failure::Failure;
use super::global::Global;
use super::open::open_session;
use super::output::{eprint_status, print_json};
use crate::engine::live_posts;
use crate::ledger::DeliveryHistory;
use crate::session::{Session, unsendable};

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
    let session = open_session(global, false)?;
    change(&session, options).await?;
    let book = session.store().read().await?;
    let survey = session.store().survey().await?;
    let runs = Runs {
        live: survey.book.live().clone(),
        now: session.cx().now(),
    };
    if let Some(trouble) = survey.trouble {
        eprint_status(&format!("warning: {}", unsendable(&trouble)))?;
    }
    for (message, hint) in live_posts(&book) {
        eprint_status(&format!("warning: {message}\nhint: {hint}"))?;
    }
    let zone = &session.context().zone;
    let mut histories = book.histories();
    for history in &mut histories {
        let is_wanted = |delivery: &DeliveryHistory<'_>| options.wants(delivery, zone);
        history.deliveries.retain(is_wanted);
    }
    histories.retain(|history| !history.deliveries.is_empty());
    if global.json {
        let items = histories.iter().map(|history| history_json(history, &runs));
        let items: Vec<Value> = items.collect();
        print_json(&json!({"v": 1, "items": items}))?;
    } else {
        text::print(&histories, &runs, options.all)?;
    }
    Ok(Exit::Fine)
}

/// Changes the ledger as the options ask for.
async fn change(session: &Session, options: &Options) -> Result<(), Failure> {
    let (ledger, now) = (session.ledger(), session.cx().now());
    let timeout = Duration::from_secs(options.lock_timeout);
    if options.compact {
        let (was, is) = ledger.store().compact(now, timeout).await?;
        eprint_status(&format!("the ledger had {was} lines and has {is}"))?;
    }
    if options.restore {
        let restored = ledger.restore(now, timeout).await?;
        let what = match restored.is_new {
            true => "wrote the ledger",
            false => "restored",
        };
        eprint_status(&format!("{what}: {}", events(restored.events)))?;
    }
    if options.forget {
        let forgotten = ledger.forget(timeout).await?;
        eprint_status(&format!("forgot {} of this machine", events(forgotten)))?;
    }
    Ok(())
}

fn events(count: usize) -> String {
    match count {
        1 => "1 event".to_owned(),
        count => format!("{count} events"),
    }
}
