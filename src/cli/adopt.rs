//! `syndicate adopt`: records a post that was published by hand, or by a run whose ledger was lost.

use std::time::Duration;

use clap::Args;
use serde_json::json;
use syndicate_api::suggest;

use super::duration::parse_duration;
use super::output::{lock_ledger, print_json, print_result};
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::{
    HINT_OF_OTHER, SameError, Selection, SinkStage, StageChain, adopt, find_groups,
};
use crate::ledger::{Ids, LedgerState};

/// Options of `adopt`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate adopt content/hello.md urn:li:share:7…
  syndicate adopt content/hello.md \\
      https://www.linkedin.com/feed/update/urn:li:share:7…/
The post then counts as sent: it is not sent again, and `status`, `update` and
`retract` accept it. Copy its URL from the platform.")]
pub(super) struct AdoptOptions {
    /// The post, by its file, URL or key
    #[arg(value_name = "POST")]
    item: String,
    /// The post's identifier or URL on the platform
    #[arg(value_name = "ID|URL")]
    address: String,
    /// The sink that published it; required if there is more than one
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// Wait at most this long for another run, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    lock_timeout: Duration,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &AdoptOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let pipeline = session.load_and_scan().await?;
    let (stages, scanned) = (&pipeline.stages, &pipeline.scanned);
    let item = Selection::item_of(&options.item, scanned, stages)?;
    let stage = sink(stages, options.sink.as_deref())?;
    let located = session.locate(Some(stages), &stage.name, &options.address);
    let receipt = located.await?;
    let mut ledger = lock_ledger(&session, options.lock_timeout).await?;
    let groups = find_groups(
        &options.item,
        ledger.ledger_state(),
        Some((scanned, stages)),
    );
    let selection = Selection::of_keys(&item.keys, scanned);
    // An empty state, because a recorded delivery would not be encoded again.
    let empty = LedgerState::default();
    let plan = session.plan_from(&pipeline, &selection, &empty).await;
    let of = (&*item, groups.as_slice(), stage);
    let env = (session.cx(), session.ids() as &dyn Ids);
    let done = adopt(of, receipt.clone(), &plan, ledger.as_mut(), env).await;
    done.map_err(failure)?;
    if global.json {
        let value = json!({"v": 1, "item": item.id(), "sink": stage.name, "receipt": receipt});
        print_json(&value)?;
    } else {
        print_result(&format!(
            "adopted {} → {} as {}",
            item.label(),
            stage.name,
            receipt.label()
        ))?;
    }
    Ok(ExitStatus::Success)
}

/// Returns the sink `name`, or the only sink if no name is given.
fn sink<'s>(stages: &'s StageChain, name: Option<&str>) -> Result<&'s SinkStage, CliError> {
    let hinted = |message: String, hint: String| Err(CliError::usage(message, hint));
    let names = stages.sink_names();
    match (name, stages.sinks.as_slice()) {
        (Some(name), sinks) => match sinks.iter().find(|sink| sink.name == name) {
            Some(sink) => Ok(sink),
            None => {
                let hint = suggest(name, &names).unwrap_or_default();
                hinted(format!("pipeline.yaml has no sink `{name}`"), hint)
            }
        },
        (None, [sink]) => Ok(sink),
        (None, _) => hinted(
            format!("pipeline.yaml has {} sinks", names.len()),
            format!("name one with `--sink`: `{}`", names.join("`, `")),
        ),
    }
}

fn failure(error: SameError) -> CliError {
    match error {
        SameError::Ledger(error) => error.into(),
        error @ SameError::OfOther { .. } => CliError::hinted(error.to_string(), HINT_OF_OTHER),
        error => CliError::hinted(
            error.to_string(),
            "run `syndicate status` to list recorded posts",
        ),
    }
}
