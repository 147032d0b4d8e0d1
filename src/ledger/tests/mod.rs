//! Tests of the ledger, by subject. Events are built by hand, so that each test controls their times and
//! attempts.

mod compact;
mod copies;
mod delivery_state;
mod duplicate;
mod file;
mod groups;
mod history;
mod import;
mod lines;
#[cfg(unix)]
mod links;
mod merge;
mod overwritten;
mod pipeline_names;
mod remembered;
mod send_history;
mod store;
mod syndicate_ref;
mod typed_lines;
mod unsettled;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Map;
use syndicate_api::Receipt;

use super::{Attempt, Claim, Event, EventKind, PipelineNames, Settlement};

/// Time to wait for a lock that no test holds. A process started by another test inherits all open files
/// until it calls `exec`.
pub(super) const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// Returns an event at the given second; its id derives from the second and the kind.
pub(super) fn event(second: i64, kind: EventKind) -> Event {
    Event {
        id: format!("{second:04}-{}", kind.name()),
        at: Timestamp::from_second(1_800_000_000 + second).unwrap(),
        kind,
        rest: Map::new(),
    }
}

pub(super) fn created() -> EventKind {
    EventKind::Created {
        pipeline_names: PipelineNames::default(),
    }
}

fn keys(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

/// Returns an attempt to send the item with the keys `known_by` to `sink`.
pub(super) fn attempt(id: &str, known_by: &[&str], sink: &str) -> Attempt {
    Attempt {
        id: id.to_owned(),
        item: known_by[0].to_owned(),
        keys: keys(known_by),
        sink: sink.to_owned(),
        hash: format!("sha256:{id}"),
        ..Attempt::default()
    }
}

fn receipt(id: &str) -> Receipt {
    Receipt::new(id).with_url(format!("https://social.example/{id}"))
}

pub(super) fn adopted(known_by: &[&str], sink: Option<&str>) -> EventKind {
    EventKind::Adopted {
        item: known_by[0].to_owned(),
        keys: keys(known_by),
        sink: sink.map(str::to_owned),
        evidence: None,
    }
}

pub(super) fn intent(attempt: impl Into<Arc<Attempt>>) -> EventKind {
    EventKind::Intent {
        attempt: attempt.into(),
        slots: BTreeMap::from([("author".to_owned(), "urn:li:person:1".into())]),
        claim: Claim::default(),
        repeat: None,
        follow_ups: Vec::new(),
    }
}

pub(super) fn sent(attempt: impl Into<Arc<Attempt>>) -> EventKind {
    let attempt = attempt.into();
    let remote = receipt(&format!("post-{}", attempt.id));
    EventKind::Sent {
        attempt,
        remote,
        follow_ups: Vec::new(),
    }
}

pub(super) fn failed(attempt: impl Into<Arc<Attempt>>) -> EventKind {
    EventKind::Failed {
        attempt: attempt.into(),
        code: "unavailable".to_owned(),
        message: "no route to host".to_owned(),
        until: None,
        existing: None,
    }
}

fn unknown(attempt: impl Into<Arc<Attempt>>) -> EventKind {
    EventKind::Unknown {
        attempt: attempt.into(),
        code: "outcome_unknown".to_owned(),
        message: "the connection broke".to_owned(),
    }
}

pub(super) fn settled(attempt: impl Into<Arc<Attempt>>, settlement: Settlement) -> EventKind {
    EventKind::Settled {
        attempt: attempt.into(),
        settlement,
    }
}

fn retracted(attempt: impl Into<Arc<Attempt>>) -> EventKind {
    EventKind::Retracted {
        attempt: attempt.into(),
    }
}

pub(super) fn probed(attempt: impl Into<Arc<Attempt>>) -> EventKind {
    EventKind::Probed {
        attempt: attempt.into(),
        claim: Claim::default(),
    }
}

fn updated(attempt: impl Into<Arc<Attempt>>) -> EventKind {
    EventKind::Updated {
        attempt: attempt.into(),
        remote: None,
    }
}

fn refused_as_equal(attempt: impl Into<Arc<Attempt>>, existing: Option<&str>) -> EventKind {
    EventKind::Failed {
        attempt: attempt.into(),
        code: "duplicate".to_owned(),
        message: "LinkedIn has an equal post".to_owned(),
        until: None,
        existing: existing.map(receipt),
    }
}

fn moved(known_by: &[&str], from: Option<&[&str]>) -> EventKind {
    EventKind::Moved {
        item: known_by[0].to_owned(),
        keys: keys(known_by),
        from: from.map(keys),
        evidence: None,
    }
}
