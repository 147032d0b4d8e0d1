//! `syndicate update`: updates sent posts to their current text, if the platform allows it. It
//! makes the plan of a build, restricted to changes.

use std::time::Duration;

use clap::Args;

use super::duration::parse_duration;
use super::output::{FormatOptions, PlanReporter};
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::Selection;
use crate::env::Signals;
use crate::session::{DeliveryRun, LoadedPipeline};

/// Options of `update`.
#[derive(Args, Debug)]
#[command(after_help = "\
LinkedIn can only update the commentary of a post; the title, image and
description of its card are fixed. The plan lists the parts that stay unchanged.

  syndicate update content/hello.md   update one post
  syndicate update --all --dry-run    show all changes since sending
With `policy: {on_change: update}` every `build` updates posts whose own text
has changed.")]
pub(super) struct UpdateOptions {
    /// Posts (file or URL) or payloads (hash) to update
    #[arg(
        value_name = "HASH|PATH",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    names: Vec<String>,
    /// Update every sent post
    #[arg(long)]
    all: bool,
    /// Overwrite changes that were made on the platform
    #[arg(long)]
    force: bool,
    /// Show what would be updated, without sending it
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) format: FormatOptions,
    /// Wait at most this long for another run, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    lock_timeout: Duration,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &UpdateOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let before = session.ledger_state().await?;
    let pipeline = session.load_and_scan().await?;
    let LoadedPipeline { stages, scanned } = &pipeline;
    let selection = Selection::new(&options.names, scanned, stages)?
        .changes_only()
        .overwriting(options.force);
    let reporter = PlanReporter::new("update", global, options.format, &session);
    if options.dry_run {
        let plan = session.plan_dry_run(&pipeline, &selection).await?;
        reporter.print_plan(&plan, true)?;
        reporter.show(&pipeline, &plan)?;
        return Ok(ExitStatus::of_run(&plan, &[]).or_unknown_payload(&selection, &plan));
    }
    session.check_ledger_persistence(stages).await?;
    let signals = Signals::listen()?;
    let delivery = DeliveryRun {
        selection: &selection,
        before: &before,
        same_site: false,
        lock_timeout: options.lock_timeout,
        wait: Duration::ZERO,
        stop: signals.stop().clone(),
    };
    let plan = reporter.deliver(&pipeline, delivery, &signals).await?;
    Ok(ExitStatus::of_run(&plan, &[]).or_unknown_payload(&selection, &plan))
}
