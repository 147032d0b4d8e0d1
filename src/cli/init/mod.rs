//! `syndicate init`: writes a pipeline for the site in this folder, a template and the ledger.

mod ci;
mod report;

use clap::Args;

use self::ci::CiArguments;
use self::report::{report, report_started_over};
use super::{CliError, ExitStatus, GlobalOptions, open_new_session};
use crate::session::LedgerPlace;

/// Options of `init`.
#[derive(Args, Debug)]
#[command(after_help = "\
Writes pipeline.yaml, _syndicate/linkedin.handlebars (a template) and
syndicate.ledger.jsonl. Existing files are not changed. Commit all three. If
the site's generator would publish them, as Jekyll does, they are excluded in
its config.")]
pub(super) struct InitOptions {
    /// Start a new ledger; keep the old one as `*.jsonl.old1`, or in the ref's history
    #[arg(long, conflicts_with = "ci")]
    fresh: bool,
    #[command(flatten)]
    ci: CiArguments,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &InitOptions,
) -> Result<ExitStatus, CliError> {
    let mut session = open_new_session(global)?;
    if let Some(host) = options.ci.host() {
        ci::run(global, &options.ci, host, &mut session).await?;
    } else if options.fresh && session.file().exists() {
        let started = session.replace_ledger().await?;
        report_started_over(global.json, &started)?;
    } else {
        let initialized = session.init(LedgerPlace::File).await?;
        report(global.json, Some(&initialized), None)?;
    }
    Ok(ExitStatus::Success)
}
