//! Converts events to and from lines of JSON. Written by hand, because serde cannot combine a fixed
//! order of keys, the preservation of unknown fields and kinds, and messages that name the field.

use std::sync::Arc;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use syndicate_api::{Receipt, Repeat, mask};

use super::claim::Claim;
use super::pipeline_names::PipelineNames;
use super::typed_line::{self, LastAttempt};
use super::{Attempt, Event, EventKind, Settlement};

/// The format version of written lines.
const VERSION: u64 = 1;

/// The reason why a line is not a valid event.
#[derive(Debug)]
pub(super) enum LineError {
    /// Not valid JSON, like every truncated line.
    Broken(String),
    /// Valid JSON, but not an event of this version.
    Wrong(String),
}

/// Parses a line.
pub(super) fn parse(line: &[u8]) -> Result<Event, LineError> {
    parse_after(line, &mut LastAttempt::default())
}

/// Parses a line. Its attempt is shared with the line before if it is the same one.
pub(super) fn parse_after(line: &[u8], last: &mut LastAttempt) -> Result<Event, LineError> {
    match typed_line::parse(line, last) {
        Some(event) => Ok(event),
        None => parse_fields(line),
    }
}

/// Parses a line that may have its fields in any order, and fields and kinds of later versions.
pub(super) fn parse_fields(line: &[u8]) -> Result<Event, LineError> {
    let fields: Map<String, Value> = serde_json::from_slice(line).map_err(|error| {
        let column = error.column();
        if error.is_data() {
            return LineError::Wrong("not a JSON object".to_owned());
        }
        LineError::Broken(format!("invalid JSON at column {column}"))
    })?;
    read(fields).map_err(LineError::Wrong)
}

/// Returns `event` as a line, with a line feed.
pub(crate) fn line(event: &Event) -> String {
    let mut line = serde_json::to_string(event).expect("an event holds text and JSON values alone");
    line.push('\n');
    line
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("v", &VERSION)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("at", &self.at)?;
        map.serialize_entry("kind", self.kind.name())?;
        if let Some(attempt) = self.kind.attempt() {
            map.serialize_entry("sink", &attempt.sink)?;
            map.serialize_entry("item", &attempt.item)?;
            map.serialize_entry("keys", &attempt.keys)?;
            map.serialize_entry("attempt", &attempt.id)?;
            map.serialize_entry("hash", &attempt.hash)?;
            serialize_if_some(&mut map, "digests", attempt.digests.as_ref())?;
            serialize_if_some(&mut map, "type", attempt.sink_type.as_ref())?;
            serialize_if_some(&mut map, "account", attempt.account.as_ref())?;
            serialize_if_some(&mut map, "evidence", attempt.evidence.as_ref())?;
        }
        match &self.kind {
            EventKind::Retracted { .. } | EventKind::Other(_) => {}
            EventKind::Updated { remote, .. } => {
                serialize_if_some(&mut map, "remote", remote.as_ref())?
            }
            EventKind::FollowedUp { step, skipped, .. } => {
                map.serialize_entry("step", step)?;
                serialize_if_some(&mut map, "skipped", skipped.then_some(&true))?;
            }
            EventKind::Created { pipeline_names } => serialize_names(&mut map, pipeline_names)?,
            EventKind::Known {
                pipeline_names,
                backfill,
            } => {
                serialize_names(&mut map, pipeline_names)?;
                if !backfill.is_empty() {
                    map.serialize_entry("backfill", backfill)?;
                }
            }
            EventKind::Closed { to } => map.serialize_entry("to", to)?,
            EventKind::Probed { claim, .. } => serialize_claim(&mut map, claim)?,
            EventKind::Moved {
                item,
                keys,
                from,
                evidence,
            } => {
                map.serialize_entry("item", item)?;
                map.serialize_entry("keys", keys)?;
                serialize_if_some(&mut map, "from", from.as_ref())?;
                serialize_if_some(&mut map, "evidence", evidence.as_ref())?;
            }
            EventKind::Adopted {
                item,
                keys,
                sink,
                evidence,
            } => {
                serialize_if_some(&mut map, "sink", sink.as_ref())?;
                map.serialize_entry("item", item)?;
                map.serialize_entry("keys", keys)?;
                serialize_if_some(&mut map, "evidence", evidence.as_ref())?;
            }
            EventKind::Approved {
                item,
                keys,
                sink,
                hash,
            } => {
                map.serialize_entry("sink", sink)?;
                map.serialize_entry("item", item)?;
                map.serialize_entry("keys", keys)?;
                map.serialize_entry("hash", hash)?;
            }
            EventKind::Intent {
                slots,
                claim,
                repeat,
                follow_ups,
                ..
            } => {
                map.serialize_entry("slots", slots)?;
                serialize_claim(&mut map, claim)?;
                serialize_if_some(&mut map, "repeat", repeat.as_ref())?;
                serialize_if_some(&mut map, "follow_ups", names(follow_ups).as_ref())?;
            }
            EventKind::Sent {
                remote, follow_ups, ..
            } => {
                map.serialize_entry("remote", remote)?;
                serialize_if_some(&mut map, "follow_ups", names(follow_ups).as_ref())?;
            }
            EventKind::Failed { code, message, .. } | EventKind::Unknown { code, message, .. } => {
                map.serialize_entry("code", code)?;
                // The platform's message may contain a token.
                map.serialize_entry("message", &mask(message))?;
                if let EventKind::Failed {
                    until, existing, ..
                } = &self.kind
                {
                    serialize_if_some(&mut map, "until", until.as_ref())?;
                    serialize_if_some(&mut map, "existing", existing.as_ref())?;
                }
            }
            EventKind::Settled { settlement, .. } => match settlement {
                Settlement::NotSent => map.serialize_entry("as", "not_sent")?,
                Settlement::Sent { remote } => {
                    map.serialize_entry("as", "sent")?;
                    if let Some(remote) = remote {
                        map.serialize_entry("remote", remote)?;
                    }
                }
            },
        }
        for (name, value) in &self.rest {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

fn serialize_if_some<M: SerializeMap>(
    map: &mut M,
    name: &'static str,
    value: Option<&impl Serialize>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, value),
        None => Ok(()),
    }
}

/// Returns `names` unless there are none.
fn names(names: &[String]) -> Option<&[String]> {
    Some(names).filter(|names| !names.is_empty())
}

fn serialize_names<M: SerializeMap>(
    map: &mut M,
    pipeline_names: &PipelineNames,
) -> Result<(), M::Error> {
    let PipelineNames {
        program,
        sites,
        sources,
        sinks,
    } = pipeline_names;
    serialize_if_some(map, "program", program.as_ref())?;
    serialize_if_some(map, "sites", Some(sites).filter(|sites| !sites.is_empty()))?;
    let sources = Some(sources).filter(|sources| !sources.is_empty());
    serialize_if_some(map, "sources", sources)?;
    serialize_if_some(map, "sinks", Some(sinks).filter(|sinks| !sinks.is_empty()))
}

fn serialize_claim<M: SerializeMap>(map: &mut M, claim: &Claim) -> Result<(), M::Error> {
    serialize_if_some(map, "run", claim.run.as_ref())?;
    serialize_if_some(map, "deadline", claim.deadline.as_ref())
}

fn read(fields: Map<String, Value>) -> Result<Event, String> {
    let mut fields = Fields {
        kind: "event".to_owned(),
        map: fields,
    };
    let version: u64 = fields.take("v")?;
    if version != VERSION {
        return Err(format!(
            "this line has version `{version}`, and this `syndicate` reads version `{VERSION}`; update it"
        ));
    }
    let id = fields.take("id")?;
    let at: Timestamp = fields.take("at")?;
    fields.kind = fields.take("kind")?;
    let kind = read_kind(&mut fields)?;
    Ok(Event {
        id,
        at,
        kind,
        rest: fields.map,
    })
}

fn read_kind(fields: &mut Fields) -> Result<EventKind, String> {
    Ok(match fields.kind.as_str() {
        "created" => EventKind::Created {
            pipeline_names: fields.pipeline_names()?,
        },
        "known" => EventKind::Known {
            pipeline_names: fields.pipeline_names()?,
            backfill: fields.take_if_there("backfill")?.unwrap_or_default(),
        },
        "closed" => EventKind::Closed {
            to: fields.take_if_there("to")?.unwrap_or_default(),
        },
        "adopted" => EventKind::Adopted {
            item: fields.take("item")?,
            keys: fields.take("keys")?,
            sink: fields.take_if_there("sink")?,
            evidence: fields.take_if_there("evidence")?,
        },
        "approved" => EventKind::Approved {
            item: fields.take("item")?,
            keys: fields.take("keys")?,
            sink: fields.take("sink")?,
            hash: fields.take("hash")?,
        },
        "intent" => EventKind::Intent {
            attempt: fields.attempt()?,
            slots: fields.take_if_there("slots")?.unwrap_or_default(),
            claim: fields.claim()?,
            repeat: fields.repeat(),
            follow_ups: fields.take_if_there("follow_ups")?.unwrap_or_default(),
        },
        "sent" => EventKind::Sent {
            attempt: fields.attempt()?,
            remote: fields.receipt("remote")?.ok_or("`sent` has no `remote`")?,
            follow_ups: fields.take_if_there("follow_ups")?.unwrap_or_default(),
        },
        "failed" => EventKind::Failed {
            attempt: fields.attempt()?,
            code: fields.take("code")?,
            message: fields.take("message")?,
            until: fields.take_if_there("until")?,
            existing: fields.receipt("existing")?,
        },
        "unknown" => EventKind::Unknown {
            attempt: fields.attempt()?,
            code: fields.take("code")?,
            message: fields.take("message")?,
        },
        "probed" => EventKind::Probed {
            attempt: fields.attempt()?,
            claim: fields.claim()?,
        },
        "updated" => EventKind::Updated {
            attempt: fields.attempt()?,
            remote: fields.receipt("remote")?,
        },
        "followed_up" => EventKind::FollowedUp {
            attempt: fields.attempt()?,
            step: fields.take("step")?,
            skipped: fields.take_if_there("skipped")?.unwrap_or_default(),
        },
        "moved" => EventKind::Moved {
            item: fields.take("item")?,
            keys: fields.take("keys")?,
            from: fields.take_if_there("from")?,
            evidence: fields.take_if_there("evidence")?,
        },
        "settled" => EventKind::Settled {
            attempt: fields.attempt()?,
            settlement: fields.settlement()?,
        },
        "retracted" => EventKind::Retracted {
            attempt: fields.attempt()?,
        },
        other => EventKind::Other(other.to_owned()),
    })
}

/// The fields of a line that have not been read yet. Those left at the end are unknown.
struct Fields {
    kind: String,
    map: Map<String, Value>,
}

impl Fields {
    fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, String> {
        self.take_if_there(name)?
            .ok_or_else(|| format!("`{}` has no `{name}`", self.kind))
    }

    fn take_if_there<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, String> {
        self.map
            .remove(name)
            .map(|value| {
                serde_json::from_value(value)
                    .map_err(|error| format!("`{name}` of `{}`: {error}", self.kind))
            })
            .transpose()
    }

    fn attempt(&mut self) -> Result<Arc<Attempt>, String> {
        let attempt = Attempt {
            id: self.take("attempt")?,
            item: self.take("item")?,
            keys: self.take("keys")?,
            sink: self.take("sink")?,
            hash: self.take("hash")?,
            digests: self.take_if_there("digests")?,
            sink_type: self.take_if_there("type")?,
            account: self.take_if_there("account")?,
            evidence: self.take_if_there("evidence")?,
        };
        Ok(Arc::new(attempt))
    }

    fn pipeline_names(&mut self) -> Result<PipelineNames, String> {
        Ok(PipelineNames {
            program: self.take_if_there("program")?,
            sites: self.take_if_there("sites")?.unwrap_or_default(),
            sources: self.take_if_there("sources")?.unwrap_or_default(),
            sinks: self.take_if_there("sinks")?.unwrap_or_default(),
        })
    }

    fn claim(&mut self) -> Result<Claim, String> {
        Ok(Claim {
            run: self.take_if_there("run")?,
            deadline: self.take_if_there("deadline")?,
        })
    }

    /// Returns the rule for repeating the request. A rule in a form that this version does not know permits nothing.
    fn repeat(&mut self) -> Option<Repeat> {
        let value = self.map.remove("repeat")?;
        Some(serde_json::from_value(value).unwrap_or(Repeat::Never))
    }

    fn receipt(&mut self, name: &str) -> Result<Option<Receipt>, String> {
        self.take_if_there(name)
    }

    fn settlement(&mut self) -> Result<Settlement, String> {
        match self.take::<String>("as")?.as_str() {
            "sent" => Ok(Settlement::Sent {
                remote: self.receipt("remote")?,
            }),
            "not_sent" => Ok(Settlement::NotSent),
            other => Err(format!(
                "`as` of `settled` is `sent` or `not_sent`, not `{other}`"
            )),
        }
    }
}
