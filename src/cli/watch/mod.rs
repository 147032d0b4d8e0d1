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
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::env::Signals;

/// Options of `watch`.
#[derive(Args, Debug)]
#[command(after_help = "\
It sends what `build` would, once a post has rested for `policy.grace` (30s
unless you say otherwise): since it became sendable or its payload changed, and
since its last save. Enter holds back what counts down until it is saved again.
`max_per_run` holds for any 24 hours. Ctrl-C ends it between two posts, a
second one at once.

  syndicate watch --sandbox    rehearse: post to a LinkedIn on this machine
  syndicate watch --json       an event a line, for programs")]
pub(super) struct Options {
    /// Send to a local LinkedIn sandbox, without account, secret or ledger
    #[arg(long)]
    sandbox: bool,
    /// Check the files every 2 seconds instead of using system notifications
    #[arg(long)]
    poll: bool,
    /// Wait at most this many seconds for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

pub(super) async fn run(global: &GlobalOptions, options: &Options) -> Result<ExitStatus, CliError> {
    let mut session = open_session(global, options.sandbox)?;
    let url = match options.sandbox {
        true => Some(session.start_sandbox().await?.url.clone()),
        false => None,
    };
    let mut reporter = Reporter::new(global.json, options.sandbox);
    let timeout = Duration::from_secs(options.lock_timeout);
    let watch = session.watch(options.poll, timeout, &mut reporter).await?;
    let signals = Signals::listen()?;
    reporter.watching(&watch.roots(), url.as_deref())?;
    let mut pressed = enter_key();
    let running = watch.run(signals.stop(), &mut pressed, &mut reporter);
    let exit = match signals.unless_repeated(running).await {
        Ok(ended) => ended.map(|()| ExitStatus::Fine)?,
        // A delivery in progress keeps its intent in the ledger, and the next run reports it.
        Err(interrupted) => CliError::from(interrupted).exit(),
    };
    reporter.stopped()?;
    session.close().await?;
    Ok(exit)
}
