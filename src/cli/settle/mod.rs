//! `syndicate settle`: records facts that only the user knows: the outcome of an attempt without a
//! clear response, and the recorded post that a renamed file belongs to.

mod list;
mod outcome;
mod same;
mod steps;

use std::time::Duration;

use clap::Args;

use self::list::print_open;
use self::outcome::record_outcome;
use super::duration::parse_duration;
use super::output::{eprint_status, lock_ledger};
use super::sink_name::check_sink_name;
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::{Selection, find_groups, open_attempts, open_follow_ups, unknown_record};
use crate::session::AttemptOutcome;

/// Options of `settle`.
#[derive(Args, Debug)]
#[command(after_help = "\
Check the platform first. Then run one of:
  syndicate settle content/hello.md --sent urn:li:share:7…
      the post is on the platform
  syndicate settle content/hello.md --not-sent
      the post is not there; the next build sends it
  syndicate settle content/hello.md --probe
      repeat the same request once: a platform that has the post refuses the
      duplicate and names the post (LinkedIn does, for ten minutes)
  syndicate settle content/hello.md --skip-steps
      the post is there; do not send the steps after it again that failed
Without these options, lists open attempts. For a post that may be a recorded
one under another name:
  syndicate settle content/new.md --same-as content/old.md
      record that it is the same post
  syndicate settle --renamed
      match each renamed post with its only candidate")]
pub(super) struct SettleOptions {
    /// The post, by its file, URL or key
    #[arg(value_name = "ITEM")]
    item: Option<String>,
    /// The post is on the platform, with this identifier or URL. Leave it out if the
    /// platform returns none, as Slack's incoming webhooks and generic webhooks do
    #[arg(
        long,
        value_name = "ID|URL",
        conflicts_with = "not_sent",
        requires = "item"
    )]
    sent: Option<Option<String>>,
    /// The post is not on the platform
    #[arg(long, conflicts_with = "probe", requires = "item")]
    not_sent: bool,
    /// Do not send the steps again that failed after the post was created
    #[arg(long, requires = "item", conflicts_with_all = ["sent", "not_sent", "probe"])]
    skip_steps: bool,
    /// Repeat the same request and use the response as evidence
    #[arg(long, requires = "item")]
    probe: bool,
    /// The post is the recorded post that had this file or URL
    #[arg(
        long,
        value_name = "OLD",
        requires = "item",
        conflicts_with_all = ["sent", "not_sent", "probe", "skip_steps", "renamed"]
    )]
    same_as: Option<String>,
    /// Match each renamed post with its only candidate
    #[arg(long, conflicts_with_all = ["item", "sent", "not_sent", "probe", "skip_steps"])]
    renamed: bool,
    /// Settle the attempt to this sink only
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// Wait at most this long for another run, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    lock_timeout: Duration,
}

impl SettleOptions {
    /// Returns the outcome that the options report, if any.
    fn answer(&self) -> Option<AttemptOutcome<'_>> {
        match &self.sent {
            _ if self.probe => Some(AttemptOutcome::Probe),
            Some(address) => Some(AttemptOutcome::Sent(address.as_deref())),
            None => self.not_sent.then_some(AttemptOutcome::NotSent),
        }
    }
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &SettleOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    if options.renamed || options.same_as.is_some() {
        let pipeline = session.load_and_scan().await?;
        let mut ledger = lock_ledger(&session, options.lock_timeout).await?;
        let names = options.item.as_deref().zip(options.same_as.as_deref());
        same::record(global.json, &session, &pipeline, names, ledger.as_mut()).await?;
        return Ok(ExitStatus::Success);
    }
    let (now, sink) = (session.cx().now(), options.sink.as_deref());
    let Some(item) = options.item.as_deref() else {
        // Listing works even if the pipeline is broken.
        let view = session.store().view().await?;
        for note in &view.notes {
            eprint_status(&format!("note: {note}"))?;
        }
        let ledger_state = view.ledger_state;
        check_sink_name(sink, &session, &ledger_state)?;
        let open = open_attempts(&ledger_state, None, sink);
        let steps = open_follow_ups(&ledger_state, None, sink);
        let stages = session.load_unstarted().ok();
        let state = (&ledger_state, now);
        print_open(global.json, (&open, &steps), state, stages.as_ref())?;
        return Ok(ExitStatus::Success);
    };
    // If the pipeline is broken, the ledger still finds the post by its recorded names.
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
    let open_steps = open_follow_ups(ledger.ledger_state(), Some(&groups), sink);
    if options.skip_steps {
        steps::skip(global.json, &session, (item, &open_steps), ledger.as_mut()).await?;
        return Ok(ExitStatus::Success);
    }
    match options.answer() {
        None => {
            let stages = read.map(|(_, stages)| stages);
            let state = (ledger.ledger_state(), now);
            print_open(global.json, (&open, &open_steps), state, stages)?;
        }
        Some(answer) => {
            let of = (item, open.as_slice(), answer);
            record_outcome(global.json, &session, pipeline, of, ledger.as_mut()).await?;
        }
    }
    Ok(ExitStatus::Success)
}
