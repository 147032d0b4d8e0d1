//! The history of a post, for programs.

use jiff::Timestamp;
use serde_json::{Value, json};
use syndicate_api::Receipt;

use super::state::{Runs, describe};
use crate::ledger::{History, State};

/// Returns the history of a post.
pub(super) fn history_json(history: &History<'_>, runs: &Runs) -> Value {
    let deliveries: Vec<Value> = history
        .deliveries
        .iter()
        .map(|delivery| {
            let (word, at, _) = describe(&delivery.state);
            let until = runs.claimed_until(&delivery.state);
            let word = match word {
                "known" => "adopted",
                _ if until.is_some() => "claimed",
                word => word,
            };
            json!({
                "sink": delivery.sink,
                "state": word,
                "until": until,
                "at": at,
                "hash": hash(&delivery.state),
                "receipt": receipt(&delivery.state),
                "updated": updated(&delivery.state),
                "message": message(&delivery.state),
                "events": delivery.events,
            })
        })
        .collect();
    json!({"item": history.item, "keys": history.keys, "deliveries": deliveries})
}

fn hash(state: &State) -> Option<&str> {
    match state {
        State::Sent { attempt, .. }
        | State::Unknown { attempt, .. }
        | State::Duplicate { attempt, .. }
        | State::Failed { attempt, .. }
        | State::Retracted { attempt, .. } => Some(&attempt.hash),
        State::New | State::Adopted { .. } => None,
    }
}

fn receipt(state: &State) -> Option<&Receipt> {
    match state {
        State::Sent { receipt, .. } => receipt.as_ref(),
        State::Duplicate { existing, .. } => existing.as_ref(),
        _ => None,
    }
}

fn updated(state: &State) -> Option<Timestamp> {
    match state {
        State::Sent { updated, .. } => *updated,
        _ => None,
    }
}

fn message(state: &State) -> Option<&str> {
    match state {
        State::Unknown { message, .. }
        | State::Duplicate { message, .. }
        | State::Failed { message, .. } => Some(message),
        _ => None,
    }
}
