//! The record of the last requests to the API, for the page that shows them. It holds what a
//! person needs to see why something failed and nothing that is secret: no header, no query, no
//! body.

use jiff::Timestamp;

/// What the record is to say about an answer; handlers attach it to their response.
#[derive(Clone, Debug)]
pub(crate) struct JournalNote(pub(crate) String);

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct JournalEntry {
    pub(crate) time: Timestamp,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) note: String,
}
