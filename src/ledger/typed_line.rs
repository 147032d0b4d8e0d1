//! Parses a line in the form that this program writes, without an intermediate map.
//!
//! The fields of such a line are compact and in a fixed order, and its strings have no escapes. Every other
//! line, also a damaged one, is left to the general parser, which alone produces errors.

use std::sync::Arc;

use jiff::Timestamp;
use memchr::memchr2;
use serde::de::DeserializeOwned;
use serde_json::Map;
use syndicate_api::{ItemEvidence, Receipt, Repeat};

use super::claim::Claim;
use super::{Attempt, Digests, Event, EventKind, PipelineNames, Settlement};

/// Maximum depth of a nested value, far below the limit of the general parser.
const MAX_DEPTH: usize = 16;

const SECONDS_PER_DAY: i64 = 86_400;

/// The optional fields of an attempt, in the order in which they are written.
const OPTIONAL: [&str; 4] = [
    r#","digests":"#,
    r#","type":"#,
    r#","account":"#,
    r#","evidence":"#,
];

/// The attempt of the last parsed line. Most lines repeat the attempt of the line before, which is shared.
#[derive(Debug, Default)]
pub(super) struct LastAttempt {
    text: String,
    attempt: Arc<Attempt>,
}

/// Parses `line`. Returns `None` if the general parser must decide.
pub(super) fn parse(line: &[u8], last: &mut LastAttempt) -> Option<Event> {
    let text = std::str::from_utf8(line).ok()?;
    if text
        .bytes()
        .fold(false, |found, byte| found | (byte < b' '))
    {
        return None;
    }
    let mut cursor = Cursor { rest: text };
    cursor.skip(r#"{"v":1,"id":""#)?;
    let id = cursor.text()?.to_owned();
    cursor.skip(r#","at":""#)?;
    let at = timestamp(cursor.text()?)?;
    cursor.skip(r#","kind":""#)?;
    let kind = cursor.text()?;
    let kind = cursor.kind(kind, last)?;
    (cursor.rest == "}").then(|| Event {
        id,
        at,
        kind,
        rest: Map::new(),
    })
}

/// The part of a line that is not parsed yet.
struct Cursor<'l> {
    rest: &'l str,
}

impl<'l> Cursor<'l> {
    fn kind(&mut self, name: &str, last: &mut LastAttempt) -> Option<EventKind> {
        Some(match name {
            "intent" => EventKind::Intent {
                attempt: self.attempt(last)?,
                slots: match self.has(r#","slots":{}"#) {
                    true => Default::default(),
                    false => self.optional(r#","slots":"#)?.unwrap_or_default(),
                },
                claim: self.claim()?,
                repeat: self.optional::<Repeat>(r#","repeat":"#)?,
                follow_ups: self
                    .optional_texts(r#","follow_ups":"#)?
                    .unwrap_or_default(),
            },
            "sent" => EventKind::Sent {
                attempt: self.attempt(last)?,
                remote: self.receipt(r#","remote":"#)??,
                follow_ups: self
                    .optional_texts(r#","follow_ups":"#)?
                    .unwrap_or_default(),
            },
            "adopted" => EventKind::Adopted {
                sink: self.optional_text(r#","sink":""#)?.map(str::to_owned),
                item: self.required_text(r#","item":""#)?.to_owned(),
                keys: self.optional_texts(r#","keys":"#)??,
                evidence: self.optional(r#","evidence":"#)?,
            },
            "moved" => EventKind::Moved {
                item: self.required_text(r#","item":""#)?.to_owned(),
                keys: self.optional_texts(r#","keys":"#)??,
                from: self.optional_texts(r#","from":"#)?,
                evidence: self.optional(r#","evidence":"#)?,
            },
            "approved" => EventKind::Approved {
                sink: self.required_text(r#","sink":""#)?.to_owned(),
                item: self.required_text(r#","item":""#)?.to_owned(),
                keys: self.optional_texts(r#","keys":"#)??,
                hash: self.required_text(r#","hash":""#)?.to_owned(),
            },
            "failed" => EventKind::Failed {
                attempt: self.attempt(last)?,
                code: self.required_text(r#","code":""#)?.to_owned(),
                message: self.required_text(r#","message":""#)?.to_owned(),
                until: self.optional(r#","until":"#)?,
                existing: self.receipt(r#","existing":"#)?,
            },
            "unknown" => EventKind::Unknown {
                attempt: self.attempt(last)?,
                code: self.required_text(r#","code":""#)?.to_owned(),
                message: self.required_text(r#","message":""#)?.to_owned(),
            },
            "probed" => EventKind::Probed {
                attempt: self.attempt(last)?,
                claim: self.claim()?,
            },
            "followed_up" => EventKind::FollowedUp {
                attempt: self.attempt(last)?,
                step: self.required_text(r#","step":""#)?.to_owned(),
                skipped: self.optional(r#","skipped":"#)?.unwrap_or_default(),
            },
            "updated" => EventKind::Updated {
                attempt: self.attempt(last)?,
                remote: self.receipt(r#","remote":"#)?,
            },
            "settled" => EventKind::Settled {
                attempt: self.attempt(last)?,
                settlement: match self.required_text(r#","as":""#)? {
                    "not_sent" => Settlement::NotSent,
                    "sent" => Settlement::Sent {
                        remote: self.receipt(r#","remote":"#)?,
                    },
                    _ => return None,
                },
            },
            "retracted" => EventKind::Retracted {
                attempt: self.attempt(last)?,
            },
            "created" => EventKind::Created {
                pipeline_names: self.pipeline_names()?,
            },
            "known" => EventKind::Known {
                pipeline_names: self.pipeline_names()?,
                backfill: self.optional_texts(r#","backfill":"#)?.unwrap_or_default(),
            },
            _ => return None,
        })
    }

    fn attempt(&mut self, last: &mut LastAttempt) -> Option<Arc<Attempt>> {
        if let Some(rest) = self.rest.strip_prefix(last.text.as_str())
            && !last.text.is_empty()
            && !OPTIONAL.iter().any(|name| rest.starts_with(name))
        {
            self.rest = rest;
            return Some(Arc::clone(&last.attempt));
        }
        let start = self.rest;
        let sink = self.required_text(r#","sink":""#)?.to_owned();
        let item = self.required_text(r#","item":""#)?.to_owned();
        let keys = self.optional_texts(r#","keys":"#)??;
        let attempt = Arc::new(Attempt {
            id: self.required_text(r#","attempt":""#)?.to_owned(),
            item,
            keys,
            sink,
            hash: self.required_text(r#","hash":""#)?.to_owned(),
            digests: self.optional::<Digests>(r#","digests":"#)?,
            sink_type: self.optional_text(r#","type":""#)?.map(str::to_owned),
            account: self.optional_text(r#","account":""#)?.map(str::to_owned),
            evidence: self.optional::<ItemEvidence>(r#","evidence":"#)?,
        });
        last.text.clear();
        last.text.push_str(&start[..start.len() - self.rest.len()]);
        last.attempt = Arc::clone(&attempt);
        Some(attempt)
    }

    fn claim(&mut self) -> Option<Claim> {
        Some(Claim {
            run: self.optional_text(r#","run":""#)?.map(str::to_owned),
            deadline: self.optional(r#","deadline":"#)?,
        })
    }

    fn pipeline_names(&mut self) -> Option<PipelineNames> {
        Some(PipelineNames {
            program: self.optional_text(r#","program":""#)?.map(str::to_owned),
            sites: self.optional_texts(r#","sites":"#)?.unwrap_or_default(),
            sources: self.optional(r#","sources":"#)?.unwrap_or_default(),
            sinks: self.optional(r#","sinks":"#)?.unwrap_or_default(),
        })
    }

    /// Parses the receipt in the field `name`, if there is one.
    fn receipt(&mut self, name: &str) -> Option<Option<Receipt>> {
        let start = self.rest;
        if self.has(name) && self.has(r#"{"id":""#) {
            let receipt = Receipt::new(self.text()?);
            match self.optional_text(r#","url":""#)? {
                _ if !self.rest.starts_with('}') => {}
                url => {
                    self.skip("}")?;
                    return Some(Some(Receipt {
                        url: url.map(str::to_owned),
                        ..receipt
                    }));
                }
            }
        }
        self.rest = start;
        self.optional(name)
    }

    /// Skips `text`, which must follow.
    fn skip(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    /// Skips `text` if it follows.
    fn has(&mut self, text: &str) -> bool {
        self.skip(text).is_some()
    }

    /// Returns the string whose opening quotation mark was skipped.
    fn text(&mut self) -> Option<&'l str> {
        let end = memchr2(b'"', b'\\', self.rest.as_bytes())?;
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest.strip_prefix('"')?;
        Some(text)
    }

    fn required_text(&mut self, name: &str) -> Option<&'l str> {
        self.skip(name)?;
        self.text()
    }

    fn optional_text(&mut self, name: &str) -> Option<Option<&'l str>> {
        match self.has(name) {
            true => self.text().map(Some),
            false => Some(None),
        }
    }

    /// Parses the array of strings in the field `name`, if there is one.
    fn optional_texts(&mut self, name: &str) -> Option<Option<Vec<String>>> {
        if !self.has(name) {
            return Some(None);
        }
        self.skip("[")?;
        if self.has("]") {
            return Some(Some(Vec::new()));
        }
        let mut texts = Vec::with_capacity(2);
        loop {
            self.skip("\"")?;
            texts.push(self.text()?.to_owned());
            if self.has("]") {
                return Some(Some(texts));
            }
            self.skip(",")?;
        }
    }

    /// Parses the value of the field `name` with serde, if there is one.
    fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Option<Option<T>> {
        if !self.has(name) {
            return Some(None);
        }
        let (value, rest) = self.rest.split_at(self.value_end()?);
        self.rest = rest;
        serde_json::from_str(value).ok().map(Some)
    }

    /// Returns the length of the value that follows.
    fn value_end(&self) -> Option<usize> {
        let bytes = self.rest.as_bytes();
        let mut depth = 0_usize;
        let mut at = 0;
        loop {
            match bytes.get(at)? {
                b'"' => {
                    at += 1;
                    loop {
                        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
                        match bytes[at] {
                            b'"' => break,
                            _ => at += 2,
                        }
                    }
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                b'{' | b'[' if depth < MAX_DEPTH => depth += 1,
                b'{' | b'[' => return None,
                b'}' | b']' if depth == 0 => return Some(at),
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                b',' if depth == 0 => return Some(at),
                _ => {}
            }
            at += 1;
        }
    }
}

/// Parses a time in the form `2026-05-01T10:00:00Z`, with or without three digits of milliseconds. Returns
/// `None` for every other form.
fn timestamp(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let number = |range: std::ops::Range<usize>| {
        bytes[range].iter().try_fold(0_i64, |number, byte| {
            byte.is_ascii_digit()
                .then(|| number * 10 + i64::from(byte - b'0'))
        })
    };
    let milliseconds = match bytes.len() {
        20 => 0,
        24 if bytes[19] == b'.' => number(20..23)?,
        _ => return None,
    };
    let marks = [bytes[4], bytes[7], bytes[10], bytes[13], bytes[16]];
    if marks != *b"--T::" || bytes.last() != Some(&b'Z') {
        return None;
    }
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    // Later days exist in some months only.
    if !(1..=12).contains(&month) || !(1..=28).contains(&day) && !is_date(year, month, day) {
        return None;
    }
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = days(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
    Timestamp::from_millisecond(seconds * 1000 + milliseconds).ok()
}

fn is_date(year: i64, month: i64, day: i64) -> bool {
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    match parts {
        (Ok(year), Ok(month), Ok(day)) => jiff::civil::Date::new(year, month, day).is_ok(),
        _ => false,
    }
}

/// Returns the number of days from 1970-01-01 to a date of the Gregorian calendar, counted in years that
/// begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = match month {
        1 | 2 => (year - 1, month + 9),
        _ => (year, month - 3),
    };
    let of_years = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    of_years + (153 * month + 2) / 5 + day - 1 - 719_468
}
