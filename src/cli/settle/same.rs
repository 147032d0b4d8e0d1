//! `settle --same-as` and `settle --renamed`: records that a post is one that the ledger already
//! has.

use serde_json::{Value, json};

use crate::cli::failure::CliError;
use crate::cli::output::{eprint_status, print_json, print_result};
use crate::engine::{
    HINT_OF_OTHER, SameError, SamePost, Selection, renamed, same_as, unknown_record,
};
use crate::ledger;
use crate::session::{LoadedPipeline, Session};

/// Records that the first of `names` is the recorded post with the second name. Without names,
/// records every renamed post that has exactly one candidate.
pub(super) async fn record(
    is_json: bool,
    session: &Session,
    LoadedPipeline { stages, scanned }: &LoadedPipeline,
    names: Option<(&str, &str)>,
    ledger: &mut dyn ledger::LedgerSession,
) -> Result<(), CliError> {
    let (cx, ids) = (session.cx(), session.ids());
    let same = match names {
        Some((item, old)) => {
            let item = Selection::item_of(item, scanned, stages)?;
            let done = same_as(&item, old, ledger, cx, ids).await;
            done.map_err(|error| failure(error, ledger.ledger_state()))?;
            vec![SamePost {
                item: item.label().to_owned(),
                old: old.to_owned(),
            }]
        }
        None => renamed((stages, scanned), ledger, cx, ids).await?,
    };
    Ok(report(is_json, &same)?)
}

fn report(is_json: bool, same: &[SamePost]) -> anyhow::Result<()> {
    if is_json {
        let list = same
            .iter()
            .map(|same| json!({"item": same.item, "same_as": same.old}));
        let list: Vec<Value> = list.collect();
        return print_json(&json!({"v": 1, "settled": list}));
    }
    for same in same {
        print_result(&format!("settled: {} is {}", same.item, same.old))?;
    }
    if same.is_empty() {
        eprint_status("nothing to record: no post has exactly one candidate")?;
    }
    Ok(())
}

fn failure(error: SameError, ledger_state: &ledger::LedgerState) -> CliError {
    let hint = match &error {
        SameError::NotOnRecord(old) => {
            let near = unknown_record(old, None, ledger_state).hint;
            return CliError::hinted(error.to_string(), near.unwrap_or_default());
        }
        SameError::Ledger(_) => return CliError::Other(anyhow::Error::new(error)),
        SameError::Ambiguous(_) => "name the recorded post by its URL",
        SameError::OfOther { .. } => HINT_OF_OTHER,
        SameError::Already(_) | SameError::Sent { .. } => "nothing needs to be done",
    };
    CliError::hinted(error.to_string(), hint)
}
