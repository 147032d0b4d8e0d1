//! `syndicate adopt`: a post that is out already, by hand or by a run whose record was lost, joins the
//! ledger.

use clap::Args;
use serde_json::json;
use syndicate_api::suggest;

use super::output::{lock_ledger, print_json, print_result};
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::{SameError, Selection, SinkStage, StageChain, adopt, find_groups};
use crate::ledger::{Ids, LedgerState};

/// Options of `adopt`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate adopt content/hello.md urn:li:share:7…
  syndicate adopt content/hello.md \\
      https://www.linkedin.com/feed/update/urn:li:share:7…/
The post counts as sent from then on: it is not sent again, and `status`,
`update` and `retract` know it. Copy its address from the platform.")]
pub(super) struct Options {
    /// The post: its file, address or key
    #[arg(value_name = "POST")]
    item: String,
    /// Its identifier or address on the platform
    #[arg(value_name = "ID|URL")]
    address: String,
    /// The sink whose platform has it; needed where there are several
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
}

pub(super) async fn run(global: &GlobalOptions, options: &Options) -> Result<ExitStatus, CliError> {
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
    // As if nothing were on record, since what is on record keeps it from being encoded.
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
            receipt.id
        ))?;
    }
    Ok(ExitStatus::Fine)
}

/// Returns the sink `name`, or the only one.
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
        error => CliError::hinted(
            error.to_string(),
            "`syndicate status` shows what is on record",
        ),
    }
}
