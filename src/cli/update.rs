//! `syndicate update`: posts that are out say what they say now, as far as their platform lets one
//! change them. It is the plan of a build, made of changes alone.

use std::time::Duration;

use clap::Args;

use super::output::{deliver, print_plan};
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::Selection;
use crate::env::Signals;
use crate::session::{DeliveryRun, LoadedPipeline};

/// Options of `update`.
#[derive(Args, Debug)]
#[command(after_help = "\
LinkedIn lets one change the commentary of a post and nothing else: another
title, picture or description of the card would be another post. The plan names
what stays as it is.

  syndicate update content/hello.md   change the post to what it would be now
  syndicate update --all --dry-run    what has changed since it was sent
With `policy: {on_change: update}` every `build` does so for posts whose own
text has changed.")]
pub(super) struct Options {
    /// Posts (file or address) or payloads (hash)
    #[arg(
        value_name = "HASH|PATH",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    names: Vec<String>,
    /// Every post that is out
    #[arg(long)]
    all: bool,
    /// Say what would be changed, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

pub(super) async fn run(global: &GlobalOptions, options: &Options) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let before = session.recorded().await?;
    let pipeline = session.load_and_scan().await?;
    let LoadedPipeline { stages, scanned } = &pipeline;
    let selection = Selection::new(&options.names, scanned, stages)?.changes_only();
    if options.dry_run {
        let plan = session.plan(&pipeline, &selection).await?;
        print_plan(global.json, &plan, true)?;
        return Ok(ExitStatus::of_run(&plan, &[]).or_unknown_payload(&selection, &plan));
    }
    session.check_ledger_kept(stages).await?;
    let signals = Signals::listen()?;
    let delivery = DeliveryRun {
        selection: &selection,
        before: &before,
        same_site: false,
        lock_timeout: Duration::from_secs(options.lock_timeout),
        wait: Duration::ZERO,
        stop: signals.stop().clone(),
    };
    let plan = deliver(global, &session, &pipeline, delivery, &signals).await?;
    Ok(ExitStatus::of_run(&plan, &[]).or_unknown_payload(&selection, &plan))
}
