//! `syndicate watch`: sends each post some time after it was saved, and runs until stopped.

mod enter;
mod lines;
mod plan_changes;
mod reporter;
mod status_line;
mod waiting_line;

use std::time::Duration;

use clap::Args;

use self::enter::enter_key;
use self::reporter::Reporter;
use super::duration::parse_duration;
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::env::Signals;

/// Options of `watch`.
#[derive(Args, Debug)]
#[command(after_help = "\
Sends what `build` would, but each post only after `policy.grace` (30s by
default) has passed since it became sendable, its payload changed or it was
saved. Enter holds back pending posts until they are saved again. `max_per_run`
applies to any 24 hours. Ctrl-C stops after the current post; a second Ctrl-C
stops at once.

  syndicate watch --sandbox    send to a local LinkedIn sandbox
  syndicate watch --json       print one JSON event per line")]
pub(super) struct WatchOptions {
    /// Send to a local LinkedIn sandbox, without account, secret or ledger
    #[arg(long)]
    sandbox: bool,
    /// Check the files every 2 seconds instead of using system notifications
    #[arg(long)]
    poll: bool,
    /// Wait at most this long for another run, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    lock_timeout: Duration,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &WatchOptions,
) -> Result<ExitStatus, CliError> {
    let mut session = open_session(global, options.sandbox)?;
    let url = match options.sandbox {
        true => Some(session.start_sandbox().await?.url.clone()),
        false => None,
    };
    let mut reporter = Reporter::new(global.json, options.sandbox);
    let timeout = options.lock_timeout;
    let watch = session.watch(options.poll, timeout, &mut reporter).await?;
    let signals = Signals::listen()?;
    session.stop_plugins_with(signals.stop());
    reporter.watching(&watch.roots(), url.as_deref())?;
    let mut pressed = enter_key();
    let running = watch.run(signals.stop(), &mut pressed, &mut reporter);
    let exit = match signals.run_until_repeated(running).await {
        Ok(ended) => ended.map(|()| ExitStatus::Success)?,
        // A delivery in progress keeps its intent in the ledger, and the next run reports it.
        Err(interrupted) => CliError::from(interrupted).exit(),
    };
    reporter.stopped()?;
    session.close().await?;
    Ok(exit)
}
