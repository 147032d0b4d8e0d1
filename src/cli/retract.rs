//! `syndicate retract`: takes a post that is out back from its platform.

use clap::Args;
use serde_json::{Value, json};
use syndicate_api::{Code, Diagnostic};

use super::output::{lock_ledger, print_json, print_lines};
use super::{Exit, Failure, Global, open_session};
use crate::engine::{Retraction, RetractionError, StageChain, groups_named, retract, retractable};
use crate::session::{LoadedPipeline, Session};
use crate::terminal::escape_value;

/// Options of `retract`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate retract content/hello.md             take it back wherever it is out
  syndicate retract content/hello.md --by-hand   you deleted it yourself: only put that on record
A post that was taken back is never sent again by itself; `build --only` sends it anew.")]
pub(super) struct Options {
    /// The post: its file, address or key
    #[arg(value_name = "ITEM")]
    item: String,
    /// Only from this sink
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// It was deleted on the platform itself; only put that on record
    #[arg(long)]
    by_hand: bool,
    /// Only the post with this identifier or address on the platform, where several are out
    #[arg(long, value_name = "ID|URL")]
    id: Option<String>,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

/// Returns whether `retraction` is of the post that `--id` names, which may be written as an address. An
/// identifier as it is on record counts also where its sink is gone.
async fn is_named(
    session: &Session,
    stages: &StageChain,
    retraction: &Retraction,
    name: &str,
) -> Result<bool, Failure> {
    let id = retraction.receipt.as_ref().map(|receipt| &receipt.id);
    if id.is_some_and(|id| id == name) {
        return Ok(true);
    }
    let located = session.locate(Some(stages), &retraction.attempt.sink, name);
    let located = located.await?;
    Ok(id == Some(&located.id))
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let session = open_session(global, false)?;
    let LoadedPipeline { stages, scanned } = session.load_and_scan().await?;
    let mut ledger = lock_ledger(&session, options.lock_timeout).await?;
    let groups = groups_named(&options.item, ledger.book(), Some((&scanned, &stages)));
    let mut out = retractable(ledger.book(), &groups, options.sink.as_deref());
    if let Some(name) = &options.id {
        let mut named = Vec::new();
        for retraction in out {
            if is_named(&session, &stages, &retraction, name).await? {
                named.push(retraction);
            }
        }
        out = named;
    }
    if out.is_empty() {
        return Err(nothing_out(options));
    }
    let mut exit = Exit::Fine;
    let mut reported = Vec::new();
    for retraction in &out {
        let (by_hand, ids) = (options.by_hand, session.ids());
        let (ledger, cx) = (ledger.as_mut(), session.cx());
        let problem = match retract(retraction, by_hand, &stages, ledger, cx, ids).await {
            Ok(()) => None,
            Err(RetractionError::Ledger(error)) => return Err(error.into()),
            Err(error) => Some(problem(error)),
        };
        if problem.is_some() {
            exit = Exit::Partly;
        }
        reported.push(report(global, retraction, problem)?);
    }
    if global.json {
        print_json(&json!({"v": 1, "retracted": reported}))?;
    }
    Ok(exit)
}

fn nothing_out(options: &Options) -> Failure {
    let under = options.id.as_ref().map(|id| format!(" as `{id}`"));
    let message = format!(
        "nothing of `{}` is out{}",
        options.item,
        under.unwrap_or_default()
    );
    Failure::hinted(message, "`syndicate status` lists what is")
}

fn problem(error: RetractionError) -> Diagnostic {
    match error {
        RetractionError::Refused(error) => Diagnostic::from(error),
        error => Diagnostic::new(Code::Unsupported, error.to_string())
            .with_hint("delete it on the platform, then `--by-hand`"),
    }
}

fn report(
    global: &Global,
    retraction: &Retraction,
    problem: Option<Diagnostic>,
) -> anyhow::Result<Value> {
    let Retraction { attempt, receipt } = retraction;
    if !global.json {
        let what = format!(
            "{} → {}",
            escape_value(&attempt.item),
            escape_value(&attempt.sink)
        );
        print_lines(&match &problem {
            None => format!("retracted {what}"),
            Some(problem) => format!(
                "failed {what} [{}]\n        {}",
                problem.code,
                escape_value(&problem.to_line())
            ),
        })?;
    }
    Ok(json!({
        "item": attempt.item,
        "sink": attempt.sink,
        "receipt": receipt,
        "done": problem.is_none(),
        "error": problem.as_ref().map(Diagnostic::to_line),
        "diagnostic": problem,
    }))
}
