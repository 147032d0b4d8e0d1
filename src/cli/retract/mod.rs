//! `syndicate retract`: deletes a sent post from its platform.

mod report;
mod select;

use std::time::Duration;

use clap::Args;
use serde_json::json;

use self::report::{problem, report};
use self::select::{PostNames, select};

use super::duration::parse_duration;
use super::output::{CiReport, FormatOptions, lock_ledger, print_json};
use super::sink_name::check_sink_name;
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::{RetractionError, retract};

/// Options of `retract`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate retract content/hello.md
      delete it from every platform
  syndicate retract content/hello.md --by-hand
      record that you deleted it yourself
A retracted post is not sent again automatically; use `build --only` to send
it again.")]
pub(super) struct RetractOptions {
    /// The post, by its file, URL or key, or by its identifier or URL on the platform
    #[arg(value_name = "ITEM")]
    item: String,
    /// Retract from this sink only
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// Record that you deleted the post on the platform yourself
    #[arg(long)]
    by_hand: bool,
    /// Retract only the post with this identifier or URL on the platform
    #[arg(long, value_name = "ID|URL")]
    id: Option<String>,
    #[command(flatten)]
    pub(super) format: FormatOptions,
    /// Wait at most this long for another run, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    lock_timeout: Duration,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &RetractOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let pipeline = session.load_and_scan().await?;
    let mut ledger = lock_ledger(&session, options.lock_timeout).await?;
    let ledger_state = ledger.ledger_state();
    check_sink_name(options.sink.as_deref(), &session, ledger_state)?;
    let names = PostNames {
        item: &options.item,
        sink: options.sink.as_deref(),
        id: options.id.as_deref(),
    };
    let out = select(&session, &pipeline, names, ledger_state).await?;
    let mut exit = ExitStatus::Success;
    let mut reported = Vec::new();
    let mut failed = Vec::new();
    for retraction in &out {
        let (by_hand, ids) = (options.by_hand, session.ids());
        let (ledger, cx) = (ledger.as_mut(), session.cx());
        let problem = match retract(retraction, by_hand, &pipeline.stages, ledger, cx, ids).await {
            Ok(()) => None,
            Err(RetractionError::Ledger(error)) => return Err(error.into()),
            Err(error) => Some(problem(error)),
        };
        if let Some(problem) = &problem {
            exit = ExitStatus::Partial;
            let attempt = &retraction.attempt;
            failed.push((attempt.item.clone(), attempt.sink.as_str(), problem.clone()));
        }
        reported.push(report(global.json, retraction, problem)?);
    }
    if global.json {
        print_json(&json!({"v": 1, "retracted": reported}))?;
    }
    let format = options.format.format;
    let report = CiReport::new(format, "retract", &session.cx().env, session.file());
    report.show_deliveries(&failed, 0)?;
    Ok(exit)
}
