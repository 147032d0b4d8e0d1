//! Formats the history of a post as JSON.

use jiff::Timestamp;
use serde_json::{Value, json};
use syndicate_api::Receipt;

use super::state::{RunStatus, describe};
use crate::ledger::{DeliveryState, History};

/// Returns the history of a post as a JSON object.
pub(super) fn history_json(history: &History<'_>, runs: &RunStatus) -> Value {
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

fn hash(state: &DeliveryState) -> Option<&str> {
    match state {
        DeliveryState::Sent { attempt, .. }
        | DeliveryState::Unknown { attempt, .. }
        | DeliveryState::Duplicate { attempt, .. }
        | DeliveryState::Failed { attempt, .. }
        | DeliveryState::Retracted { attempt, .. } => Some(&attempt.hash),
        DeliveryState::New | DeliveryState::Adopted { .. } => None,
    }
}

fn receipt(state: &DeliveryState) -> Option<&Receipt> {
    match state {
        DeliveryState::Sent { receipt, .. } => receipt.as_ref(),
        DeliveryState::Duplicate { existing, .. } => existing.as_ref(),
        _ => None,
    }
}

fn updated(state: &DeliveryState) -> Option<Timestamp> {
    match state {
        DeliveryState::Sent { updated, .. } => *updated,
        _ => None,
    }
}

fn message(state: &DeliveryState) -> Option<&str> {
    match state {
        DeliveryState::Unknown { message, .. }
        | DeliveryState::Duplicate { message, .. }
        | DeliveryState::Failed { message, .. } => Some(message),
        _ => None,
    }
}
