//! One event of the ledger: what happened to which delivery, and when. Events are only ever added;
//! a later one may decide what an earlier one means, but none takes another back.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use syndicate_api::{ItemEvidence, Receipt};
use uuid::{NoContext, Uuid};

use super::claim::{Claim, RepeatRule};
use super::pipeline_names::PipelineNames;

/// Something that happened. As a line of JSON it is `{"v":1,"id":…,"at":…,"kind":…, …}`, always in
/// the same order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    /// What tells it from every other event of every ledger.
    pub id: String,
    /// When it happened, to the millisecond.
    pub at: Timestamp,
    /// What happened.
    pub kind: EventKind,
    /// Fields that this version does not know, kept as they were read.
    pub rest: Map<String, Value>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) enum EventKind {
    /// The ledger was begun.
    Created {
        /// What it was begun for; empty in ledgers of 0.1.0.
        pipeline_names: PipelineNames,
    },
    /// The pipeline has changed, with the consent of a person where that was asked for.
    Known {
        /// The sites, sources and sinks that are known from now on.
        pipeline_names: PipelineNames,
        /// The sinks that earlier `adopted` events without a sink no longer cover.
        backfill: Vec<String>,
    },
    /// The ledger was moved to another store, and this one takes no more events.
    Closed {
        /// The store that it was moved to.
        to: String,
    },
    /// The item was there before, and is not to be sent by itself.
    Adopted {
        /// The item, for people.
        item: String,
        /// What it is known by.
        keys: Vec<String>,
        /// The sink that it is adopted for; `None` means every sink, also future ones.
        sink: Option<String>,
        /// What can show later that another item is this one.
        evidence: Option<ItemEvidence>,
    },
    /// The creating request is about to leave.
    Intent {
        /// The attempt that begins.
        attempt: Attempt,
        /// What the payload's slots were filled with.
        slots: BTreeMap<String, String>,
        /// Which run makes the attempt, and until when.
        claim: Claim,
        /// Whether its creating request may be repeated; lines of 0.1.0 do not say.
        repeat: Option<RepeatRule>,
    },
    /// The platform created the post.
    Sent {
        /// The attempt that ended.
        attempt: Attempt,
        /// The post, as the platform names it.
        remote: Receipt,
    },
    /// Surely nothing was created.
    Failed {
        /// The attempt that ended.
        attempt: Attempt,
        /// The stable code of the reason.
        code: String,
        /// The reason, for people.
        message: String,
        /// Before which the platform takes nothing more, where it said so.
        until: Option<Timestamp>,
        /// The post that the platform names as one equal to this.
        existing: Option<Receipt>,
    },
    /// The post may or may not have been created.
    Unknown {
        /// The attempt in question.
        attempt: Attempt,
        /// The stable code of the reason.
        code: String,
        /// The reason, for people.
        message: String,
    },
    /// The creating request of an unknown attempt is about to leave once more, for the sake of the
    /// platform's answer.
    Probed {
        /// The attempt in question.
        attempt: Attempt,
        /// Which run repeats it, and until when.
        claim: Claim,
    },
    /// The post was changed in place. The attempt is the one that created it, with the hash and the
    /// digests of what the post says now.
    Updated {
        /// The attempt that had created it.
        attempt: Attempt,
    },
    /// An item on record has other keys now.
    Moved {
        /// The item, for people.
        item: String,
        /// What the item is known by now.
        keys: Vec<String>,
        /// The keys of the record that it is, where its own do not lead there. `None` in lines of
        /// 0.1.0, in which every key joined, also a path.
        from: Option<Vec<String>>,
        /// What can show later that another item is this one.
        evidence: Option<ItemEvidence>,
    },
    /// Somebody looked at a payload and wants it to go out as it is.
    Approved {
        /// The item, for people.
        item: String,
        /// What it is known by.
        keys: Vec<String>,
        /// The sink that the payload is for.
        sink: String,
        /// The payload's hash. Any other payload needs another approval.
        hash: String,
    },
    /// Somebody looked, and decided what an unknown attempt came to.
    Settled {
        /// The attempt in question.
        attempt: Attempt,
        /// What it came to.
        settlement: Settlement,
    },
    /// The post of an attempt was taken back from the platform.
    Retracted {
        /// The attempt that had created it.
        attempt: Attempt,
    },
    /// Something that a later version wrote. It changes no state; all its fields are in
    /// [`Event::rest`].
    Other(String),
}

/// One try to make one delivery. Every event about it repeats it whole, so that each line can be
/// understood by itself and survives any merge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attempt {
    /// What tells it from every other attempt.
    pub id: String,
    /// The item, for people.
    pub item: String,
    /// What the item is known by.
    pub keys: Vec<String>,
    /// The name of the sink in pipeline.yaml.
    pub sink: String,
    /// The payload's hash.
    pub hash: String,
    /// What tells whether the post has changed since; lines of older versions have none.
    pub digests: Option<Digests>,
    /// The type of the sink.
    pub sink_type: Option<String>,
    /// The digest of the account that the post is created under.
    pub account: Option<String>,
    /// What can show later that another item is this one.
    pub evidence: Option<ItemEvidence>,
}

/// What a post said, in short. Of two posts with an equal digest, that part is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    /// All that the item brought to the post, so that a change of the item is told from one of the
    /// template.
    pub item: String,
    /// What the platform lets one change in place.
    pub editable: String,
    /// What stays as it was sent.
    pub fixed: String,
}

/// What an unknown attempt came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Settlement {
    /// The post is there.
    Sent {
        /// The post, where somebody named it.
        remote: Option<Receipt>,
    },
    /// The post is not there, and may be sent.
    NotSent,
}

/// Where identifiers of events and attempts come from. Any `Fn(Timestamp) -> String` will do.
pub(crate) trait Ids: Send + Sync {
    /// An identifier that was never given before, for something that happens at `at`.
    fn next(&self, at: Timestamp) -> String;
}

/// Identifiers that sort by time and are unique everywhere: UUIDs of version 7 (RFC 9562).
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
    /// An event of this kind that happens at `at`.
    #[must_use]
    pub(crate) fn new(ids: &dyn Ids, at: Timestamp, kind: EventKind) -> Self {
        // Digits below the millisecond would only make the lines harder to read.
        let at = Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at);
        Self {
            id: ids.next(at),
            at,
            kind,
            rest: Map::new(),
        }
    }

    /// What the item it is about is known by. An event of an unknown kind tells it too, so that an
    /// alias which only a later version recorded still makes the item known.
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

    /// Returns what the item was when this happened, as far as it was recorded.
    #[must_use]
    pub(crate) fn evidence(&self) -> Option<&ItemEvidence> {
        match &self.kind {
            EventKind::Adopted { evidence, .. } | EventKind::Moved { evidence, .. } => {
                evidence.as_ref()
            }
            kind => kind.attempt()?.evidence.as_ref(),
        }
    }

    /// The sink it is about; `None` where it is about none or about all.
    #[must_use]
    pub(crate) fn sink(&self) -> Option<&str> {
        match &self.kind {
            EventKind::Adopted { sink, .. } => sink.as_deref(),
            EventKind::Approved { sink, .. } => Some(sink),
            EventKind::Other(_) => self.rest.get("sink").and_then(Value::as_str),
            kind => kind.attempt().map(|attempt| attempt.sink.as_str()),
        }
    }

    /// The item it is about, for people.
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
    /// The name of the kind, as it stands in the ledger.
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
            Self::Updated { .. } => "updated",
            Self::Moved { .. } => "moved",
            Self::Approved { .. } => "approved",
            Self::Settled { .. } => "settled",
            Self::Retracted { .. } => "retracted",
            Self::Other(name) => name,
        }
    }

    /// Returns the run that is about to send a creating request.
    #[must_use]
    pub(crate) fn run(&self) -> Option<&str> {
        match self {
            Self::Intent { claim, .. } | Self::Probed { claim, .. } => claim.run.as_deref(),
            _ => None,
        }
    }

    /// Returns whether it records what has happened already, and so must not be lost.
    #[must_use]
    pub(crate) fn is_outcome(&self) -> bool {
        matches!(
            self,
            Self::Sent { .. }
                | Self::Failed { .. }
                | Self::Unknown { .. }
                | Self::Updated { .. }
                | Self::Settled { .. }
                | Self::Retracted { .. }
        )
    }

    /// The attempt it is about.
    #[must_use]
    pub(crate) fn attempt(&self) -> Option<&Attempt> {
        match self {
            Self::Intent { attempt, .. }
            | Self::Sent { attempt, .. }
            | Self::Failed { attempt, .. }
            | Self::Unknown { attempt, .. }
            | Self::Probed { attempt, .. }
            | Self::Settled { attempt, .. }
            | Self::Updated { attempt }
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
