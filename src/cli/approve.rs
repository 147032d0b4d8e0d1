//! `syndicate approve`: approves payloads for sending, exactly as previewed.

use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::duration::parse_duration;
use super::output::{eprint_status, lock_ledger, print_json, print_lines};
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::{Action, Plan, PlanEntry, Selection, approve, unknown_payload};
use crate::terminal::escape_value;

/// Options of `approve`.
#[derive(Args, Debug)]
#[command(after_help = "\
With `policy: {approve: true}` only approved payloads are sent. An approval is
for one payload: any later change of text or image invalidates it.

  syndicate preview
      show the payloads
  syndicate approve sha256:4be1…
      approve exactly that payload
  syndicate approve content/hello.md
      approve the post as it is now, for every sink
  syndicate approve --all
      approve everything that the next build would send")]
pub(super) struct ApproveOptions {
    /// Posts (file or URL) or payloads (hash) to approve
    #[arg(
        value_name = "HASH|PATH",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    names: Vec<String>,
    /// Approve everything that would be sent
    #[arg(long)]
    all: bool,
    /// Wait at most this long for another run, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    lock_timeout: Duration,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &ApproveOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let pipeline = session.load_and_scan().await?;
    let selection = Selection::new(&options.names, &pipeline.scanned, &pipeline.stages)?;
    let mut ledger = lock_ledger(&session, options.lock_timeout).await?;
    let plan = session
        .plan_from(&pipeline, &selection, ledger.ledger_state())
        .await;
    if let Some(hash) = selection.missing(&plan.entries).first() {
        let all = Selection::default();
        let all = session
            .plan_from(&pipeline, &all, ledger.ledger_state())
            .await;
        return Err(unknown_payload(hash, &all.entries).into());
    }
    let approved = approve(ledger.as_mut(), &plan, session.cx(), session.ids()).await?;
    if approved.is_empty() && !options.all {
        return Err(not_approved(&plan));
    }
    let hash = |entry: &PlanEntry| entry.composed.as_deref().map(|c| c.hash.clone());
    if global.json {
        let list: Vec<_> = approved
            .iter()
            .map(|entry| json!({"item": entry.item.id(), "sink": entry.sink, "hash": hash(entry)}))
            .collect();
        print_json(&json!({"v": 1, "approved": list}))?;
    } else {
        for entry in &approved {
            let hash = hash(entry).unwrap_or_default();
            print_lines(&format!(
                "approved {} → {}\n         {hash}",
                escape_value(entry.item.label()),
                escape_value(&entry.sink)
            ))?;
        }
        eprint_status(&format!("{} approved", approved.len()))?;
    }
    Ok(ExitStatus::Success)
}

/// Returns the error of a run that approved nothing, with the reason for each delivery of `plan`.
fn not_approved(plan: &Plan) -> CliError {
    let reason = |entry: &PlanEntry| {
        let delivery = format!("{} → {}", entry.item.label(), entry.sink);
        match (entry.action, &entry.problem) {
            (Action::Skip, Some(problem)) => format!("{delivery}: [{}] {problem}", entry.code),
            (Action::Skip, None) => format!("{delivery}: [{}] {}", entry.code, entry.reason),
            _ => format!("{delivery}: already approved"),
        }
    };
    let mut reasons = plan.entries.iter().map(reason);
    let first = reasons.next().map(|first| format!(": {first}"));
    let more = match reasons.count() {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    CliError::hinted(
        format!("nothing was approved{}{more}", first.unwrap_or_default()),
        "run `syndicate preview --all` to see each payload and the reason",
    )
}
