//! Attempts, each stored once for all its events.

use std::borrow::Cow;

use crate::fields::{read_text, take, text_bytes, write_text};
use crate::line::AttemptFields;
use crate::numbers::{read_number, read_optional, write_number, write_optional};
use crate::subject::{self, SubjectParts};
use crate::texts::Texts;

/// The parts of a stored attempt.
#[derive(Clone, Debug)]
pub struct AttemptParts<'p> {
    /// Its id.
    pub id: Cow<'p, str>,
    /// Its sink and its item.
    pub subject: SubjectParts<'p>,
    /// The hash of the payload.
    pub hash: Cow<'p, str>,
    /// The digests, as JSON.
    pub digests: Option<&'p str>,
    /// The number of the type of the sink.
    pub sink_type: Option<u32>,
    /// The number of the digest of the account.
    pub account: Option<u32>,
    /// The evidence, as JSON.
    pub evidence: Option<&'p str>,
}

/// Appends the record of an attempt. `subject` is the record of its sink and item.
pub(crate) fn write(
    fields: &AttemptFields<'_>,
    subject: &[u8],
    texts: &mut Texts,
    out: &mut Vec<u8>,
) {
    write_text(fields.id, out);
    write_number(subject.len() as u64, out);
    out.extend_from_slice(subject);
    write_text(fields.hash, out);
    write_optional(fields.sink_type.map(|text| texts.intern(text)), out);
    write_optional(fields.account.map(|text| texts.intern(text)), out);
    let digests = fields.digests.unwrap_or_default();
    write_number(digests.len() as u64, out);
    out.extend_from_slice(digests.as_bytes());
    out.extend_from_slice(fields.evidence.unwrap_or_default().as_bytes());
}

/// Returns the id in a record, in its stored form.
pub(crate) fn id_bytes(mut record: &[u8]) -> &[u8] {
    text_bytes(&mut record)
}

/// Returns the record of the sink and the item in the record of an attempt.
pub(crate) fn subject_of(mut record: &[u8]) -> &[u8] {
    text_bytes(&mut record);
    let length = read_number(&mut record);
    take(&mut record, length as usize)
}

/// Reads a record.
pub(crate) fn read(mut record: &[u8]) -> AttemptParts<'_> {
    let id = read_text(&mut record);
    let length = read_number(&mut record);
    let mut subject = take(&mut record, length as usize);
    let hash = read_text(&mut record);
    let sink_type = read_optional(&mut record);
    let account = read_optional(&mut record);
    let length = read_number(&mut record);
    let digests = take(&mut record, length as usize);
    AttemptParts {
        id,
        subject: subject::read(&mut subject),
        hash,
        digests: json(digests),
        sink_type,
        account,
        evidence: json(record),
    }
}

/// Returns the number of the digest of the account in a record.
pub(crate) fn account_of(record: &[u8]) -> Option<u32> {
    let mut record = after_hash(record);
    read_optional(&mut record);
    read_optional(&mut record)
}

/// Returns the evidence in a record, as JSON.
pub(crate) fn evidence_of(record: &[u8]) -> Option<&str> {
    let mut record = after_hash(record);
    read_optional(&mut record);
    read_optional(&mut record);
    let length = read_number(&mut record);
    take(&mut record, length as usize);
    json(record)
}

/// Returns the part of a record after the hash.
fn after_hash(mut record: &[u8]) -> &[u8] {
    text_bytes(&mut record);
    let length = read_number(&mut record);
    take(&mut record, length as usize);
    text_bytes(&mut record);
    record
}

fn json(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    Some(text).filter(|text| !text.is_empty())
}
