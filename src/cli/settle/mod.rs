//! `syndicate settle`: what only a person knows about a delivery: the outcome of an attempt that got no
//! clear answer, and which post on record a renamed one is.

mod list;
mod outcome;
mod same;

use clap::Args;

use self::list::print_open;
use self::outcome::record_outcome;
use super::output::lock_ledger;
use super::sink_name::check_sink_name;
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::{Selection, find_groups, open_attempts, unknown_record};
use crate::session::AttemptOutcome;

/// Options of `settle`.
#[derive(Args, Debug)]
#[command(after_help = "\
Look at the platform first. Then one of:
  syndicate settle content/hello.md --sent urn:li:share:7…
      it is there
  syndicate settle content/hello.md --not-sent
      it is not; the next build sends it
  syndicate settle content/hello.md --probe
      repeat the very same request, once: a platform that has the post refuses
      an equal one and names it (LinkedIn does, for ten minutes)
Without any of them it lists what is open. Of a post that may be one on record
under another name:
  syndicate settle content/new.md --same-as content/old.md
      it is that post
  syndicate settle --renamed
      each is the one post that it may be")]
pub(super) struct Options {
    /// The post: its file, address or key
    #[arg(value_name = "ITEM")]
    item: Option<String>,
    /// It is there, under this identifier or address of the platform
    #[arg(
        long,
        value_name = "ID|URL",
        conflicts_with = "not_sent",
        requires = "item"
    )]
    sent: Option<String>,
    /// It is not there
    #[arg(long, conflicts_with = "probe", requires = "item")]
    not_sent: bool,
    /// Repeat the very same request and take the answer as proof
    #[arg(long, requires = "item")]
    probe: bool,
    /// It is the post on record that had this file or address
    #[arg(
        long,
        value_name = "OLD",
        requires = "item",
        conflicts_with_all = ["sent", "not_sent", "probe", "renamed"]
    )]
    same_as: Option<String>,
    /// Record each renamed post as the one post on record that it may be
    #[arg(long, conflicts_with_all = ["item", "sent", "not_sent", "probe"])]
    renamed: bool,
    /// Only the attempt to this sink
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

impl Options {
    /// Returns what the person says about the attempt, if anything.
    fn answer(&self) -> Option<AttemptOutcome<'_>> {
        match &self.sent {
            _ if self.probe => Some(AttemptOutcome::Probe),
            Some(address) => Some(AttemptOutcome::Sent(address)),
            None => self.not_sent.then_some(AttemptOutcome::NotSent),
        }
    }
}

pub(super) async fn run(global: &GlobalOptions, options: &Options) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    if options.renamed || options.same_as.is_some() {
        let pipeline = session.load_and_scan().await?;
        let mut ledger = lock_ledger(&session, options.lock_timeout).await?;
        let names = options.item.as_deref().zip(options.same_as.as_deref());
        same::record(global.json, &session, &pipeline, names, ledger.as_mut()).await?;
        return Ok(ExitStatus::Fine);
    }
    let (now, sink) = (session.cx().now(), options.sink.as_deref());
    let Some(item) = options.item.as_deref() else {
        // A list needs no pipeline that works.
        let ledger_state = session.store().view().await?.ledger_state;
        check_sink_name(sink, &session, &ledger_state)?;
        let open = open_attempts(&ledger_state, None, sink);
        print_open(global.json, &open, (&ledger_state, now))?;
        return Ok(ExitStatus::Fine);
    };
    // The ledger knows the post by its former name even if the pipeline is broken.
    let pipeline = session.load_and_scan().await;
    let mut ledger = lock_ledger(&session, options.lock_timeout).await?;
    let read = pipeline.as_ref().ok();
    let read = read.map(|pipeline| (&pipeline.scanned, &pipeline.stages));
    check_sink_name(sink, &session, ledger.ledger_state())?;
    let groups = find_groups(item, ledger.ledger_state(), read);
    if groups.is_empty() && read.is_none_or(|read| !Selection::is_item(item, read)) {
        let scanned = read.map(|(scanned, _)| scanned);
        let unknown = unknown_record(item, scanned, ledger.ledger_state());
        return Err(outcome::nothing_open(item)
            .caused_by(unknown.message)
            .with_optional_hint(unknown.hint)
            .into());
    }
    let open = open_attempts(ledger.ledger_state(), Some(&groups), sink);
    match options.answer() {
        None => print_open(global.json, &open, (ledger.ledger_state(), now))?,
        Some(answer) => {
            let of = (item, open.as_slice(), answer);
            record_outcome(global.json, &session, pipeline, of, ledger.as_mut()).await?;
        }
    }
    Ok(ExitStatus::Fine)
}
