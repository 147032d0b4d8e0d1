//! An event of the ledger: something that happened to a delivery at some time.
//!
//! The ledger is append-only. A later event can change the effect of an earlier one, but never
//! removes it.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use syndicate_api::{ItemEvidence, Receipt, Repeat, Slots};
use uuid::{NoContext, Uuid};

use super::claim::Claim;
use super::pipeline_names::PipelineNames;

/// One event. As a line of JSON it is `{"v":1,"id":…,"at":…,"kind":…, …}`, with keys in a fixed
/// order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    /// An id that is unique among all events of all ledgers.
    pub id: String,
    /// The time, to the millisecond.
    pub at: Timestamp,
    /// The kind of the event, with its data.
    pub kind: EventKind,
    /// Fields unknown to this version, written back unchanged.
    pub rest: Map<String, Value>,
}

/// The kinds of events.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) enum EventKind {
    /// The ledger was created.
    Created {
        /// The names of the pipeline at that time; empty in ledgers of 0.1.0.
        pipeline_names: PipelineNames,
    },
    /// The pipeline changed; the user confirmed the change if that was necessary.
    Known {
        /// The sites, sources and sinks that are known from this event on.
        pipeline_names: PipelineNames,
        /// The sinks that earlier `adopted` events without a sink no longer cover.
        backfill: Vec<String>,
    },
    /// The ledger was moved to another store; this one accepts no more events.
    Closed {
        /// The store that it was moved to.
        to: String,
    },
    /// The item existed before the ledger, and is not sent automatically.
    Adopted {
        /// The item's id, for display.
        item: String,
        /// The item's identity keys.
        keys: Vec<String>,
        /// The sink that it is adopted for; `None` means every sink, also future ones.
        sink: Option<String>,
        /// Evidence used later to recognize the item if it is renamed.
        evidence: Option<ItemEvidence>,
    },
    /// The creating request is about to be sent.
    Intent {
        /// The new attempt.
        attempt: Arc<Attempt>,
        /// The values that fill the payload's slots.
        slots: Slots,
        /// The run that makes the attempt, with its deadline.
        claim: Claim,
        /// The rule for repeating the creating request; missing in lines of 0.1.0.
        repeat: Option<Repeat>,
        /// The names of the steps that follow the creating request, for an attempt whose answer is lost.
        follow_ups: Vec<String>,
    },
    /// The platform created the post.
    Sent {
        /// The successful attempt.
        attempt: Arc<Attempt>,
        /// The platform's receipt.
        remote: Receipt,
        /// The names of the steps that follow.
        follow_ups: Vec<String>,
    },
    /// The attempt certainly created nothing.
    Failed {
        /// The failed attempt.
        attempt: Arc<Attempt>,
        /// The stable code of the reason.
        code: String,
        /// The reason, for display.
        message: String,
        /// The time before which the platform accepts no further post, if it gave one.
        until: Option<Timestamp>,
        /// The equal post that the platform named in its refusal.
        existing: Option<Receipt>,
    },
    /// The post may or may not have been created.
    Unknown {
        /// The open attempt.
        attempt: Arc<Attempt>,
        /// The stable code of the reason.
        code: String,
        /// The reason, for display.
        message: String,
    },
    /// The creating request of an unknown attempt is about to be repeated, because the platform's answer
    /// shows whether the post exists.
    Probed {
        /// The open attempt.
        attempt: Arc<Attempt>,
        /// The run that repeats the request, with its deadline.
        claim: Claim,
    },
    /// A step after the creating request succeeded, or a user decided that it is not sent again.
    FollowedUp {
        /// The attempt that created the post.
        attempt: Arc<Attempt>,
        /// The name of the step.
        step: String,
        /// `true` if a user gave the step up.
        skipped: bool,
    },
    /// The post was updated. The attempt is the one that created it, with the hash and the digests of
    /// the new text.
    Updated {
        /// The attempt that created the post.
        attempt: Arc<Attempt>,
        /// The new receipt; `None` if the platform returned none, and in lines of older versions.
        remote: Option<Receipt>,
    },
    /// A recorded item has new keys.
    Moved {
        /// The item's id, for display.
        item: String,
        /// The item's current keys.
        keys: Vec<String>,
        /// The keys of the earlier record, if the current keys do not lead to it. `None` in lines of 0.1.0,
        /// where every shared key joined two records, also a path.
        from: Option<Vec<String>>,
        /// Evidence used later to recognize the item if it is renamed.
        evidence: Option<ItemEvidence>,
    },
    /// The user approved a payload.
    Approved {
        /// The item's id, for display.
        item: String,
        /// The item's identity keys.
        keys: Vec<String>,
        /// The sink of the payload.
        sink: String,
        /// The payload's hash. Any other payload needs another approval.
        hash: String,
    },
    /// The user settled an unknown attempt.
    Settled {
        /// The settled attempt.
        attempt: Arc<Attempt>,
        /// The outcome given by the user.
        settlement: Settlement,
    },
    /// The post of an attempt was retracted.
    Retracted {
        /// The attempt that created the post.
        attempt: Arc<Attempt>,
    },
    /// An event of a kind that only a later version defines. It changes no state; all its fields are in
    /// [`Event::rest`].
    Other(String),
}

/// One attempt to make one delivery. Every event of an attempt repeats all its fields, so that each
/// line is complete and survives any merge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attempt {
    /// An id that is unique among all attempts.
    pub id: String,
    /// The item's id, for display.
    pub item: String,
    /// The item's identity keys.
    pub keys: Vec<String>,
    /// The name of the sink in pipeline.yaml.
    pub sink: String,
    /// The payload's hash.
    pub hash: String,
    /// Digests that show whether the post has changed since; missing in lines of older versions.
    pub digests: Option<Digests>,
    /// The type of the sink.
    pub sink_type: Option<String>,
    /// The digest of the account that creates the post.
    pub account: Option<String>,
    /// Evidence used later to recognize the item if it is renamed.
    pub evidence: Option<ItemEvidence>,
}

/// Digests of the parts of a post. Equal digests mean that the part has not changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    /// Everything the item contributed, so that a change of the item can be distinguished from a change
    /// of the template.
    pub item: String,
    /// The part that the platform can update.
    pub editable: String,
    /// The part that cannot change after the post was sent.
    pub fixed: String,
}

/// The outcome of an unknown attempt, as given by the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Settlement {
    /// The post exists.
    Sent {
        /// The post's receipt, if the user named the post.
        remote: Option<Receipt>,
    },
    /// The post does not exist, and may be sent.
    NotSent,
}

/// Generates ids for events and attempts. Implemented for every `Fn(Timestamp) -> String`.
pub(crate) trait Ids: Send + Sync {
    /// Returns a new unique id for something that happens at `at`.
    fn next(&self, at: Timestamp) -> String;
}

/// Generates UUIDs of version 7 (RFC 9562), which are unique and sort by time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RandomIds;

impl Ids for RandomIds {
    fn next(&self, at: Timestamp) -> String {
        let seconds = u64::try_from(at.as_second()).unwrap_or(0);
        let nanoseconds = u32::try_from(at.subsec_nanosecond()).unwrap_or(0);
        Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanoseconds)).to_string()
    }
}

impl<F: Fn(Timestamp) -> String + Send + Sync> Ids for F {
    fn next(&self, at: Timestamp) -> String {
        self(at)
    }
}

impl Event {
    /// Creates an event of this kind at the time `at`.
    #[must_use]
    pub(crate) fn new(ids: &dyn Ids, at: Timestamp, kind: EventKind) -> Self {
        // Digits below the millisecond would only make the lines longer.
        let at = Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at);
        Self {
            id: ids.next(at),
            at,
            kind,
            rest: Map::new(),
        }
    }

    /// Returns the keys of the event's item. Also reads those of an unknown kind of event, so that an
    /// alias recorded by a later version still identifies the item.
    #[must_use]
    pub(crate) fn keys(&self) -> Vec<&str> {
        match &self.kind {
            EventKind::Created { .. } | EventKind::Known { .. } | EventKind::Closed { .. } => {
                Vec::new()
            }
            EventKind::Adopted { keys, .. }
            | EventKind::Approved { keys, .. }
            | EventKind::Moved { keys, .. } => keys.iter().map(String::as_str).collect(),
            EventKind::Other(_) => match self.rest.get("keys") {
                Some(Value::Array(keys)) => keys.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            },
            kind => kind
                .attempt()
                .map(|attempt| attempt.keys.iter().map(String::as_str).collect())
                .unwrap_or_default(),
        }
    }

    /// Returns the evidence that the event recorded about its item.
    #[must_use]
    pub(crate) fn evidence(&self) -> Option<&ItemEvidence> {
        match &self.kind {
            EventKind::Adopted { evidence, .. } | EventKind::Moved { evidence, .. } => {
                evidence.as_ref()
            }
            kind => kind.attempt()?.evidence.as_ref(),
        }
    }

    /// Returns the event's sink, or `None` if it concerns no sink or every sink.
    #[must_use]
    pub(crate) fn sink(&self) -> Option<&str> {
        match &self.kind {
            EventKind::Adopted { sink, .. } => sink.as_deref(),
            EventKind::Approved { sink, .. } => Some(sink),
            EventKind::Other(_) => self.rest.get("sink").and_then(Value::as_str),
            kind => kind.attempt().map(|attempt| attempt.sink.as_str()),
        }
    }

    /// Returns the item's id, for display.
    #[must_use]
    pub(crate) fn item(&self) -> Option<&str> {
        match &self.kind {
            EventKind::Adopted { item, .. }
            | EventKind::Approved { item, .. }
            | EventKind::Moved { item, .. } => Some(item),
            EventKind::Other(_) => self.rest.get("item").and_then(Value::as_str),
            kind => kind.attempt().map(|attempt| attempt.item.as_str()),
        }
    }
}

impl EventKind {
    /// Returns the name of the kind, as written in the ledger.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Created { .. } => "created",
            Self::Known { .. } => "known",
            Self::Closed { .. } => "closed",
            Self::Adopted { .. } => "adopted",
            Self::Intent { .. } => "intent",
            Self::Sent { .. } => "sent",
            Self::Failed { .. } => "failed",
            Self::Unknown { .. } => "unknown",
            Self::Probed { .. } => "probed",
            Self::FollowedUp { .. } => "followed_up",
            Self::Updated { .. } => "updated",
            Self::Moved { .. } => "moved",
            Self::Approved { .. } => "approved",
            Self::Settled { .. } => "settled",
            Self::Retracted { .. } => "retracted",
            Self::Other(name) => name,
        }
    }

    /// Returns the claim of the run that is about to send a creating request.
    #[must_use]
    pub(crate) fn claim(&self) -> Option<&Claim> {
        match self {
            Self::Intent { claim, .. } | Self::Probed { claim, .. } => Some(claim),
            _ => None,
        }
    }

    /// Returns the run that is about to send a creating request.
    #[must_use]
    pub(crate) fn run(&self) -> Option<&str> {
        self.claim()?.run.as_deref()
    }

    /// Returns `true` if the event records something that has already happened, and must not be lost.
    #[must_use]
    pub(crate) fn is_outcome(&self) -> bool {
        matches!(
            self,
            Self::Sent { .. }
                | Self::Failed { .. }
                | Self::Unknown { .. }
                | Self::FollowedUp { .. }
                | Self::Updated { .. }
                | Self::Settled { .. }
                | Self::Retracted { .. }
        )
    }

    /// Returns the event's attempt.
    #[must_use]
    pub(crate) fn attempt(&self) -> Option<&Arc<Attempt>> {
        match self {
            Self::Intent { attempt, .. }
            | Self::Sent { attempt, .. }
            | Self::Failed { attempt, .. }
            | Self::Unknown { attempt, .. }
            | Self::Probed { attempt, .. }
            | Self::Settled { attempt, .. }
            | Self::FollowedUp { attempt, .. }
            | Self::Updated { attempt, .. }
            | Self::Retracted { attempt } => Some(attempt),
            Self::Created { .. }
            | Self::Known { .. }
            | Self::Closed { .. }
            | Self::Adopted { .. }
            | Self::Approved { .. }
            | Self::Moved { .. }
            | Self::Other(_) => None,
        }
    }
}
