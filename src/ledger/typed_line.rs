//! Builds the event of a line in the form that this program writes, without an intermediate map.
//!
//! [`TypedLine`] splits such a line. Every other line, also a damaged one, is left to the general parser, which alone
//! produces errors.

use std::sync::Arc;

use jiff::Timestamp;
use packed_events::{
    AttemptFields, Cursor, Kind, LastText, NO_SLOTS, Subject, TypedLine, simple_receipt,
};
use serde::de::DeserializeOwned;
use serde_json::Map;
use syndicate_api::{ItemEvidence, Receipt, Repeat};

use super::claim::Claim;
use super::{Attempt, Digests, Event, EventKind, PipelineNames, Settlement};

/// The attempt of the last parsed line. Most lines repeat the attempt of the line before, which is shared.
#[derive(Debug, Default)]
pub(super) struct LastAttempt {
    text: LastText,
    attempt: Arc<Attempt>,
}

/// The item of an event that has no attempt.
#[derive(Debug, Default)]
pub(super) struct ItemFields {
    pub(super) sink: Option<String>,
    pub(super) item: String,
    pub(super) keys: Vec<String>,
}

/// Parses `line`. Returns `None` if the general parser must decide.
pub(super) fn parse(line: &[u8], last: &mut LastAttempt) -> Option<Event> {
    let line = TypedLine::parse(line, &mut last.text)?;
    if line.kind.has_attempt() && !line.is_same_attempt {
        let Some(attempt) = attempt(&line.subject, &line.attempt) else {
            last.text = LastText::default();
            return None;
        };
        last.attempt = Arc::new(attempt);
    }
    event(&line, &last.attempt)
}

/// Returns the event of `line`, whose attempt is `attempt` if it has one.
pub(super) fn event(line: &TypedLine<'_>, attempt: &Arc<Attempt>) -> Option<Event> {
    Some(Event {
        id: line.id.to_owned(),
        at: Timestamp::from_millisecond(line.at).ok()?,
        kind: kind(line.kind, item(&line.subject), attempt, line.rest)?,
        rest: Map::new(),
    })
}

/// Returns `true` if the fields of `line` that are values of their own are valid, except those of its attempt.
pub(super) fn is_valid(line: &TypedLine<'_>) -> bool {
    let is_simple = match line.kind {
        Kind::Intent => line.rest == NO_SLOTS,
        Kind::Sent => simple_receipt(line.rest).is_some(),
        _ => false,
    };
    // The values of the attempt do not matter here.
    is_simple || kind(line.kind, ItemFields::default(), &Arc::default(), line.rest).is_some()
}

/// Returns `true` if the fields of an attempt that are values of their own are valid.
pub(super) fn is_valid_attempt(fields: &AttemptFields<'_>) -> bool {
    digests(fields.digests).is_some() && evidence(fields.evidence).is_some()
}

/// Returns the attempt with these fields.
pub(super) fn attempt(subject: &Subject<'_>, fields: &AttemptFields<'_>) -> Option<Attempt> {
    let ItemFields { sink, item, keys } = item(subject);
    Some(Attempt {
        id: fields.id.to_owned(),
        item,
        keys,
        sink: sink?,
        hash: fields.hash.to_owned(),
        digests: digests(fields.digests)?,
        sink_type: fields.sink_type.map(str::to_owned),
        account: fields.account.map(str::to_owned),
        evidence: evidence(fields.evidence)?,
    })
}

/// Parses digests, which may be missing.
pub(super) fn digests(json: Option<&str>) -> Option<Option<Digests>> {
    json.map(serde_json::from_str).transpose().ok()
}

/// Parses evidence, which may be missing.
pub(super) fn evidence(json: Option<&str>) -> Option<Option<ItemEvidence>> {
    json.map(serde_json::from_str).transpose().ok()
}

/// Parses the evidence at the start of `rest`, the fields of an event that has no attempt.
pub(super) fn evidence_in(kind: Kind, rest: &str) -> Option<ItemEvidence> {
    match self::kind(kind, ItemFields::default(), &Arc::default(), rest)? {
        EventKind::Adopted { evidence, .. } | EventKind::Moved { evidence, .. } => evidence,
        _ => None,
    }
}

fn item(subject: &Subject<'_>) -> ItemFields {
    let keys = subject.keys().iter();
    ItemFields {
        sink: subject.sink.map(str::to_owned),
        item: subject.item.unwrap_or_default().to_owned(),
        keys: keys.map(|key| (*key).to_owned()).collect(),
    }
}

/// Parses `rest`, the fields of an event of this kind after those of its item or attempt.
pub(super) fn kind(
    kind: Kind,
    of: ItemFields,
    attempt: &Arc<Attempt>,
    rest: &str,
) -> Option<EventKind> {
    let mut cursor = Cursor::new(rest);
    let cursor = &mut cursor;
    let ItemFields { sink, item, keys } = of;
    let attempt = Arc::clone(attempt);
    let kind = match kind {
        Kind::Intent => EventKind::Intent {
            attempt,
            slots: match cursor.has(NO_SLOTS) {
                true => Default::default(),
                false => optional(cursor, r#","slots":"#)?.unwrap_or_default(),
            },
            claim: claim(cursor)?,
            repeat: optional::<Repeat>(cursor, r#","repeat":"#)?,
            follow_ups: optional(cursor, r#","follow_ups":"#)?.unwrap_or_default(),
        },
        Kind::Sent => EventKind::Sent {
            attempt,
            remote: receipt(cursor, r#","remote":"#)??,
            follow_ups: optional(cursor, r#","follow_ups":"#)?.unwrap_or_default(),
        },
        Kind::Adopted => EventKind::Adopted {
            sink,
            item,
            keys,
            evidence: optional(cursor, r#","evidence":"#)?,
        },
        Kind::Moved => EventKind::Moved {
            item,
            keys,
            from: optional(cursor, r#","from":"#)?,
            evidence: optional(cursor, r#","evidence":"#)?,
        },
        Kind::Approved => EventKind::Approved {
            sink: sink.unwrap_or_default(),
            item,
            keys,
            hash: cursor.required_text(r#","hash":""#)?.to_owned(),
        },
        Kind::Failed => EventKind::Failed {
            attempt,
            code: cursor.required_text(r#","code":""#)?.to_owned(),
            message: cursor.required_text(r#","message":""#)?.to_owned(),
            until: optional(cursor, r#","until":"#)?,
            existing: receipt(cursor, r#","existing":"#)?,
        },
        Kind::Unknown => EventKind::Unknown {
            attempt,
            code: cursor.required_text(r#","code":""#)?.to_owned(),
            message: cursor.required_text(r#","message":""#)?.to_owned(),
        },
        Kind::Probed => EventKind::Probed {
            attempt,
            claim: claim(cursor)?,
        },
        Kind::FollowedUp => EventKind::FollowedUp {
            attempt,
            step: cursor.required_text(r#","step":""#)?.to_owned(),
            skipped: optional(cursor, r#","skipped":"#)?.unwrap_or_default(),
        },
        Kind::Updated => EventKind::Updated {
            attempt,
            remote: receipt(cursor, r#","remote":"#)?,
        },
        Kind::Settled => EventKind::Settled {
            attempt,
            settlement: match cursor.required_text(r#","as":""#)? {
                "not_sent" => Settlement::NotSent,
                "sent" => Settlement::Sent {
                    remote: receipt(cursor, r#","remote":"#)?,
                },
                _ => return None,
            },
        },
        Kind::Retracted => EventKind::Retracted { attempt },
        Kind::Created => EventKind::Created {
            pipeline_names: pipeline_names(cursor)?,
        },
        Kind::Known => EventKind::Known {
            pipeline_names: pipeline_names(cursor)?,
            backfill: optional(cursor, r#","backfill":"#)?.unwrap_or_default(),
        },
        Kind::Closed | Kind::Other => return None,
    };
    cursor.rest().is_empty().then_some(kind)
}

fn claim(cursor: &mut Cursor<'_>) -> Option<Claim> {
    Some(Claim {
        run: cursor.optional_text(r#","run":""#)?.map(str::to_owned),
        deadline: optional(cursor, r#","deadline":"#)?,
    })
}

fn pipeline_names(cursor: &mut Cursor<'_>) -> Option<PipelineNames> {
    let program = cursor.optional_text(r#","program":""#)?;
    Some(PipelineNames {
        program: program.map(str::to_owned),
        sites: optional(cursor, r#","sites":"#)?.unwrap_or_default(),
        sources: optional(cursor, r#","sources":"#)?.unwrap_or_default(),
        sinks: optional(cursor, r#","sinks":"#)?.unwrap_or_default(),
    })
}

/// Parses the receipt in the field `name`, if there is one.
fn receipt(cursor: &mut Cursor<'_>, name: &str) -> Option<Option<Receipt>> {
    let simple = cursor.rest().strip_prefix(name).and_then(|rest| {
        let mut simple = Cursor::new(rest);
        let id = simple.required_text(r#"{"id":""#)?;
        let url = simple.optional_text(r#","url":""#)?;
        simple.skip("}")?;
        let receipt = Receipt {
            url: url.map(str::to_owned),
            ..Receipt::new(id)
        };
        Some((receipt, simple))
    });
    if let Some((receipt, rest)) = simple {
        *cursor = Cursor::new(rest.rest());
        return Some(Some(receipt));
    }
    optional(cursor, name)
}

/// Parses the value of the field `name` with serde, if there is one.
fn optional<T: DeserializeOwned>(cursor: &mut Cursor<'_>, name: &str) -> Option<Option<T>> {
    let value = cursor.optional_value(name)?;
    value.map(serde_json::from_str).transpose().ok()
}
